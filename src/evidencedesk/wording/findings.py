"""What a verification found and how much it covered, in words a clerk understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidencedesk.domain.finding import Checked, Finding, Layer, Report
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words, mark, mark_plural
from evidencedesk.wording.stamps import trouble_text

_SENTENCES: Mapping[str, str] = {
    # Files
    "file-changed": mark("“{subject}” is not the file that was handed over: its content has changed."),
    "file-missing": mark("“{subject}” is listed but not in the folder."),
    "file-extra": mark("“{subject}” was put into the folder later: no list names it."),
    "file-not-covered": mark("“{subject}” is missing from one of the lists that must name every file."),
    "name-unsafe": mark(
        "“{subject}” is a name that leads out of the folder or is not safe; it was not opened."
    ),
    "name-twins": mark("“{subject}” has the same name as another file on Windows or macOS."),
    "not-regular": mark(
        "“{subject}” is a link or something else that is not a plain file; it was not opened."
    ),
    "bag-declaration": mark("“{subject}” does not say in the prescribed way that this is a BagIt folder."),
    "bag-info": mark("“{subject}” has a line that is not in the prescribed form."),
    "manifest-missing": mark("The list of files and hashes “{subject}” is missing."),
    "manifest-weak": mark("“{subject}” uses a kind of hash that no longer proves anything."),
    "manifest-line": mark("“{subject}” has a line that is not in the prescribed form."),
    "manifest-too-large": mark("“{subject}” is too large to be a list of files; it was not read."),
    "tag-changed": mark(
        "“{subject}” (not part of the evidence itself) has changed since it was handed over."
    ),
    "fetch-present": mark(
        "“{subject}” asks to download files. A case folder must be complete; nothing was fetched."
    ),
    "payload-oxum": mark("The number or the size of all files is not what the folder says about itself."),
    "beside-the-folder": mark(
        "“{subject}” lies in the ZIP beside the case folder. It is not part of it and was not checked."
    ),
    "too-many": mark("There are so many findings of one kind that not all are listed ({subject})."),
    # Journal
    "journal-missing": mark("The journal “{subject}” is missing."),
    "journal-line": mark("{subject}: this entry of the journal can't be read as one."),
    "journal-order": mark("{subject}: this entry of the journal does not follow the one before it."),
    "journal-chain": mark(
        "{subject}: an entry was changed, taken out or put in here: the chain of hashes breaks."
    ),
    "journal-head": mark("The journal does not end where the folder says it ends."),
    "journal-too-large": mark("“{subject}” is too large to be a journal; it was not read to its end."),
    # Recordings
    "recording-missing": mark("The sound of recording {subject} is missing."),
    "recording-changed": mark("The sound of recording {subject} is not what the journal says it was."),
    "pulse-missing": mark("The pulse journal of recording {subject} is missing."),
    "pulse-chain": mark("The pulse journal of recording {subject} was changed: its chain of hashes breaks."),
    "pulse-line": mark("The pulse journal of recording {subject} has a line that can't be read."),
    "pulse-disagrees": mark("The sound of recording {subject} and its pulse journal do not agree."),
    "recording-not-decoded": mark("The sound of recording {subject} can't be played to its end."),
    "sound-not-decoded": mark(
        "The sounds were compared by their bytes only: this installation has no decoder to listen with."
    ),
    "recording-recovered": mark(
        "Recording {subject} was interrupted and recovered. The file as it was found is kept beside the "
        "repaired one."
    ),
    "recording-gap": mark("Recording {subject} has a gap: a time that was not recorded."),
    "recording-unsealed": mark("Recording {subject} was never finished: nothing seals its end."),
    # The library's own database
    "database-damaged": mark("The database says of itself that it is damaged: {subject}."),
    "guards-missing": mark("A guard against changes is missing in the database: {subject}."),
    # Facts
    "facts-missing": mark("“{subject}” is missing, so the facts can't be compared with the journal."),
    "facts-unreadable": mark("“{subject}” can't be read as the facts of a case."),
    "facts-disagree": mark("The facts say something else than the journal: {subject}."),
    # Signature
    "not-signed": mark(
        "The folder is not signed. Whoever held it could have made it anew as a whole, with all its lists."
    ),
    "signature-missing": mark(
        "By the journal, by other parts of the folder or by the reader there must be a signature, but "
        "“{subject}” is missing."
    ),
    "only-checkpoints-signed": mark(
        "Checkpoints in this folder are signed, but the folder itself is not: what came after the last of "
        "them, and all that is neither journal entry nor sound, anybody could have written. Ask whoever "
        "handed it over for a signed one."
    ),
    "signature-invalid": mark(
        "The signature “{subject}” does not hold: something was changed after it was signed."
    ),
    "signature-other-key": mark("“{subject}” was made with another key than the folder says."),
    "signature-not-trusted": mark("The folder is signed, but not with a key that you know."),
    "signed-by-unknown": mark(
        "The folder is signed, with a key this check knows nothing about. Compare the fingerprint of its "
        "certificate with the one printed on the paper you were given."
    ),
    "signed-by-known": mark("The folder is signed with a key that you know."),
    "checkpoint-invalid": mark(
        "The checkpoint “{subject}” or its signature was changed, renamed or taken out."
    ),
    "checkpoint-disagrees": mark(
        "The checkpoint “{subject}” saw something else: what it was made of was changed, or made anew, since."
    ),
    "checkpoint-unsigned": mark(
        "Some checkpoints were made while the key was not open; they are not signed."
    ),
    "journal-cut": mark(
        "The end of the journal of case {subject} is missing in the database: a checkpoint saw more."
    ),
    "journal-made-anew": mark("The journal of case {subject} is not the one a checkpoint saw."),
    # A copy for showing around
    "redacted": mark(
        "This is a REDACTED COPY: parts were left out or muted on purpose. It is no original. Whether it "
        "agrees with its original can only be seen with the whole case folder beside it."
    ),
    "redacted-left-out": mark("Something was left out of this copy ({subject})."),
    "redacted-muted": mark("Recording {subject} is muted in part."),
    "redaction-unreadable": mark("“{subject}” can't be read as the statement of a redacted copy."),
    "redaction-unnamed": mark("“{subject}” is not named in the statement of this redacted copy."),
    "redaction-not-silent": mark("“{subject}” is not silent where its statement says that it is muted."),
    # Time and origin
    "stamp-invalid": mark("The time stamp “{subject}” proves nothing."),
    "stamp-revoked": mark(
        "The time stamp “{subject}” was made with a certificate that its issuer had called back."
    ),
    "stamp-missing": mark(
        "The journal tells of a time stamp by “{subject}” over a checkpoint, but it is not in the folder."
    ),
    "stamps-contradict": mark(
        "The outside time stamps over no. {subject} of the journal can't both be right: one had seen it "
        "before the other, which it was written after, was made."
    ),
    "authority-invalid": mark(
        "“{subject}” is not what it must be there: a certificate, root certificate or revocation list of a "
        "time-stamping authority."
    ),
    "folder-time-proven": mark(
        "This folder, as it was signed, existed at the latest when an outside authority stamped it."
    ),
    "time-proven": mark("No. {subject} of the journal existed at the latest when it was stamped."),
    "time-between": mark("No. {subject} of the journal was written between two outside time stamps."),
    "time-after": mark("No. {subject} of the journal was written after an outside time stamp."),
    "time-claimed": mark(
        "Time stamps name a time, but their root certificate “{subject}” came only with this folder: whoever "
        "made the folder could have made it. They count once you have that root from the authority itself "
        "(--trust-time)."
    ),
    "revocation-unknown": mark(
        "No list in the folder shows whether a certificate of the authority “{subject}” was called back."
    ),
    "clock-off": mark(
        "The computer's clock was wrong at entry {subject} of the journal, by an outside time stamp."
    ),
    "self-attested": mark(
        "All times come from the computer that recorded. No outside time stamp confirms when this folder was "
        "made, and whoever held it could have made it anew as a whole."
    ),
    "simulated": mark(
        "Recording {subject} is SIMULATED: it was played from a file, or its errors were asked for. "
        "It is no recording of a real encounter."
    ),
    "made-elsewhere": mark(
        "“{subject}” was imported, not recorded here: its times and its origin rest on whoever handed it in."
    ),
}

# What a remark found is nothing to hold against an expectation.
_FOUND_ELSE = mark("Found: {found}.")
_FOUND: Mapping[str, str] = {
    "stamp-revoked": mark("Certificate, and since when: {found}."),
    "folder-time-proven": mark("Not later than {found}."),
    "time-proven": mark("Not later than {found}."),
    "time-between": mark("Between {found}."),
    "time-after": mark("Later than {found}."),
    "time-claimed": mark("Time they name, and fingerprint of the root: {found}."),
    "revocation-unknown": mark("Certificate: {found}."),
    "clock-off": mark("By at least {found}."),
    "recording-recovered": mark("At most this much is missing at its end: {found}."),
    "recording-gap": mark("Length and cause: {found}."),
    "simulated": mark("Source: {found}."),
    "signed-by-unknown": mark("Fingerprint (SHA-256): {found}."),
    "signed-by-known": mark("Fingerprint (SHA-256): {found}."),
    "checkpoint-unsigned": mark("How many: {found}."),
    "only-checkpoints-signed": mark("The last of them reaches to no. {found} of the journal."),
    "made-elsewhere": mark("SHA-256: {found}."),
}

_CHECKED: Mapping[str, tuple[str, str]] = {
    "files": mark_plural("{n} file", "{n} files"),
    "events": mark_plural("{n} journal entry", "{n} journal entries"),
    "recordings": mark_plural("{n} recording", "{n} recordings"),
    "pulses": mark_plural("{n} pulse (about one a second)", "{n} pulses (about one a second)"),
    "facts": mark_plural("{n} fact", "{n} facts"),
    "bytes": mark_plural("{n} byte", "{n} bytes"),
    "stamps": mark_plural("{n} outside time stamp that holds", "{n} outside time stamps that hold"),
    "signatures": mark_plural("{n} signature that holds", "{n} signatures that hold"),
}

_TITLES: Mapping[Layer, str] = {
    Layer.FILES: mark("Files: is everything there, unchanged, and nothing added?"),
    Layer.JOURNAL: mark("Journal: is the chain of entries unbroken?"),
    Layer.RECORDINGS: mark("Recordings: is the sound what was recorded?"),
    Layer.FACTS: mark("Facts: do they say what the journal says?"),
    Layer.SIGNATURE: mark("Signature: with which key was it signed?"),
    Layer.TIME: mark("Time: who vouches for it?"),
    Layer.ORIGIN: mark("Origin: is it a real recording?"),
}


def describe_finding(words: Words, finding: Finding) -> str:
    """One or two sentences: what is not as expected, and what was expected and found."""
    msgid = _SENTENCES.get(finding.code)
    if msgid is None:
        # A finding must never be lost because its sentence is.
        sentence = f"{finding.code}: {finding.subject}"
    else:
        sentence = words.text(msgid, subject=finding.subject or "…")
    found = trouble_text(words, finding.found) if finding.code == "stamp-invalid" else finding.found
    facts = {"expected": finding.expected, "found": found}
    if finding.expected and finding.found:
        comparison = words.text("Expected: {expected}. Found: {found}.", **facts)
    elif finding.expected:
        comparison = words.text("Expected: {expected}.", **facts)
    elif finding.found:
        comparison = words.text(_FOUND.get(finding.code, _FOUND_ELSE), **facts)
    else:
        return sentence
    return words.text("{sentence} {comparison}", sentence=sentence, comparison=comparison)


def verdict(words: Words, report: Report) -> str:
    """The sum in one sentence, which claims no more than the signature carries."""
    faults = len(report.faults)
    codes = {finding.code for finding in report.findings}
    if faults:
        return words.plural(
            "NOT INTACT: {n} thing is not as it was when the folder was made.",
            "NOT INTACT: {n} things are not as they were when the folder was made.",
            faults,
        )
    if report.redacted:
        return words.text("REDACTED COPY: no change was found in it. It is not the original.")
    if "signed-by-known" in codes:
        return words.text("INTACT: no change was found since the folder was signed with a key that you know.")
    if "signed-by-unknown" in codes:
        return words.text(
            "INTACT as signed: no change was found since. Whose key signed it, only the fingerprint tells: "
            "compare it with the one on the paper you were given."
        )
    return words.text(
        "NOT SIGNED: what the folder says fits together, but nothing shows that it was not changed. Whoever "
        "held it could have made it anew as a whole."
    )


def describe_checked(words: Words, checked: Checked) -> str:
    """How much was covered: “7 files”."""
    forms = _CHECKED.get(checked.code)
    if forms is None:
        return f"{checked.count} {checked.code}"
    return words.plural(*forms, checked.count)


def layer_title(words: Words, layer: Layer) -> str:
    """What a layer is about, as a question."""
    return words.text(_TITLES[layer])


def layer_name(words: Words, layer: Layer) -> str:
    """A layer in one word."""
    return label(words, layer)


def finding_codes() -> frozenset[str]:
    """All codes that have a sentence; the custody tests hold theirs against it."""
    return frozenset(_SENTENCES)


def page_findings(words: Words) -> dict[str, dict[str, Any]]:
    """All of the above for VERIFY.html, whose script fills the names in braces itself."""
    return {
        "findings": {code: words.unfilled(msgid) for code, msgid in _SENTENCES.items()},
        "found": {code: words.unfilled(msgid) for code, msgid in ({"": _FOUND_ELSE} | dict(_FOUND)).items()},
        "checked": {code: words.unfilled_plural(*forms) for code, forms in _CHECKED.items()},
        "titles": {layer.value: layer_title(words, layer) for layer in Layer},
        "layers": {layer.value: layer_name(words, layer) for layer in Layer},
    }
