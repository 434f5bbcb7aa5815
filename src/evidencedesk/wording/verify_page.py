"""What VERIFY.html says, in one language: its own sentences, and those of ``verify``.

Names in braces stay as they are: the page fills them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidencedesk.domain.finding import Finding, Layer, Report, Weight
from evidencedesk.domain.stamp import Trouble
from evidencedesk.wording.findings import page_findings, verdict
from evidencedesk.wording.language import Words, mark, mark_plural
from evidencedesk.wording.stamps import trouble_text

_PAGE: Mapping[str, str] = {
    # Choosing
    "brand": mark("EvidenceDesk case folder: check it yourself"),
    "title": mark("Check this case folder"),
    "lead": mark(
        "This page checks a case folder in your browser, without any program and without a network. "
        "Nothing leaves this computer."
    ),
    "drop": mark("Drop the whole case folder here"),
    "choose": mark("Choose the folder…"),
    "choose_hint": mark(
        "It is the folder this page lies in. Your browser may ask whether to “upload” its files: they are "
        "only read, here on this computer; this page can't open any connection."
    ),
    "zip": mark("Did you get a .zip file? Unpack it first, then choose the unpacked folder."),
    "stop": mark("Stop"),
    "footer": mark("This page opens no connection, stores nothing and changes nothing in the folder."),
    "no_script": mark("This page needs JavaScript. HOW-TO-CHECK.txt has commands that do without."),
    "no_subtle": mark(
        "This browser gives the page no WebCrypto: signatures and time stamps can't be checked here. "
        "Everything else can. Try another browser for these, or use the commands at the end."
    ),
    "one_folder": mark("Drop exactly one thing: the case folder itself."),
    "is_zip": mark("“{name}” is a zip file. Unpack it first, then drop the unpacked folder."),
    "is_file": mark("“{name}” is a single file. Drop the whole case folder."),
    "not_by_drop": mark("This browser does not let the page read a dropped folder: use the button instead."),
    "no_case_folder": mark(
        "“{name}” is no case folder: it has neither bagit.txt nor a list of files. Choose the folder that "
        "START-HERE.html lies in."
    ),
    "failed": mark("The check could not be finished, so it says nothing about the folder ({reason})."),
    "hashing": mark("{done} of {total} · {name}"),
    # The whole
    "no_fault": mark("No fault found in what this page can check"),
    "no_fault_means": mark(
        "That is not one answer to everything: read below what each layer shows, with which key it was "
        "signed, and who vouches for the time."
    ),
    "no_fault_unsigned": mark("Not signed: no contradiction found"),
    "no_fault_redacted": mark("A redacted copy: no fault found in it"),
    "faults_mean": mark(
        "The folder is not as it was handed over, or its parts contradict each other. Each fault is named "
        "below, with what was expected and what was found."
    ),
    "folder": mark("Folder"),
    "case": mark("Case"),
    "entries": mark("Journal"),
    "head": mark("Last entry"),
    "fault": mark("Fault"),
    "remark": mark("Remark"),
    "expected": mark("Expected"),
    "found": mark("Found"),
    "nothing": mark("nothing"),
    "looked_at": mark("looked at: {what}"),
    # The state of each layer
    "not_checked": mark("not checked"),
    "state_files": mark("unchanged, complete"),
    "state_journal": mark("whole, in order"),
    "state_recordings": mark("as the journal says"),
    "state_recordings_remarks": mark("as the journal says, with remarks"),
    "state_no_recordings": mark("no recording"),
    "state_facts": mark("as the journal says"),
    "state_signed": mark("signed: compare the fingerprint"),
    "state_not_signed": mark("not signed"),
    "state_stamped": mark("stamped; the authority is not checked"),
    "state_self_attested": mark("self-attested"),
    "state_redacted": mark("redacted copy"),
    "state_simulated": mark("simulated"),
    "state_imported": mark("partly imported"),
    "state_recorded": mark("recorded, as the journal says"),
    # What each layer shows
    "about_files": mark(
        "Compares every file with the lists of SHA-256 in the folder. The lists themselves are only as good "
        "as the signature below."
    ),
    "about_journal": mark(
        "Each entry names the SHA-256 of the one before it: nothing can be changed, moved or taken out from "
        "the middle unseen. The last one is noted in other places, so that a cut end shows."
    ),
    "about_recordings": mark(
        "Compares each sound file and the journal it wrote once a second with the case's journal. The sound "
        "itself is not decoded here."
    ),
    "about_facts": mark("Computes all facts of case.json again from the journal, and compares each one."),
    "about_signature": mark(
        "Shows that the folder was signed with one key and has not changed since. Whose key it is, only its "
        "fingerprint on paper can tell."
    ),
    "about_time": mark(
        "Times in the folder are those of the recording computer's clock. A time stamp adds the word of an "
        "outside authority; whether that authority deserves trust is not checked here."
    ),
    "about_origin": mark(
        "Says what was not recorded here, or not for real: simulated recordings and imported files."
    ),
    "fingerprint": mark(
        "Fingerprint of the key that signed (SHA-256 of its certificate). Compare it, digit by digit, with "
        "the one printed on the paper you were given."
    ),
    # Time
    "stamp_time": mark("Time"),
    "stamp_by": mark("Said by"),
    "stamp_proves": mark("What it shows"),
    "proves_folder": mark("The signature over the whole folder was there at this time."),
    "proves_changed": mark(
        "The signature was there at this time. What it covers was changed since, so that this shows nothing "
        "about the folder as it is now."
    ),
    "proves_checkpoint": mark(
        "This checkpoint was there at this time. The journal is faulty, so that this shows nothing about its "
        "entries."
    ),
    "proves_entries": mark("Journal entries 1 to {seq} were there at this time."),
    "proves_after": mark("Entries after number {seq} were written after this time."),
    # Beyond this page
    "beyond": mark("What this page can't check"),
    "beyond_truth": mark(
        "Whether what was noted is true, who is speaking, and what happened before and after."
    ),
    "beyond_anew": mark(
        "Whether this page itself is genuine: a forger can change it too. When it matters, check with a copy "
        "from another source, with EvidenceDesk, or with the commands below."
    ),
    "beyond_links": mark(
        "Links, pipes and empty folders: browsers show a page plain files only. The chain of the authority's "
        "certificates, and their revocation."
    ),
    "commands": mark("Commands for a terminal opened in the case folder:"),
    "how_signature": mark(
        "The signature, and the fingerprint of the certificate that made it: compare it with paper. If the "
        "first command reports a failure, the others show nothing"
    ),
    "how_key": mark("The key of that certificate, for the commands that follow"),
    "how_ssh": mark(
        "The second signature, with ssh-keygen and the key of the certificate whose fingerprint you have "
        "just compared (on Windows in Git Bash)"
    ),
    "how_checkpoint": mark("A checkpoint's signature, with the same key (the others likewise)"),
    "how_stamp": mark("The time stamp {name}, with the authority's certificates from this folder"),
    "how_sound": mark("Can the sound be decoded?"),
    "how_all": mark("Everything, with EvidenceDesk"),
}

_PLURALS: Mapping[str, tuple[str, str]] = {
    "faults": mark_plural("{n} fault found", "{n} faults found"),
    "faults_short": mark_plural("{n} fault", "{n} faults"),
    "reading": mark_plural("Looking through the folder: {n} file", "Looking through the folder: {n} files"),
}

# Findings that only this page knows; all others have the sentences of ``verify``.
_FINDINGS: Mapping[str, str] = {
    "not-checked-here": mark(
        "“{subject}” can't be checked in this browser; the commands at the end of the page can."
    ),
    "stamp-holds": mark(
        "“{subject}” has a time stamp: a signature by the certificate named here, over exactly this file. "
        "Whether that authority can be trusted was not checked."
    ),
}
_FOUND: Mapping[str, str] = {
    "not-checked-here": mark("What the browser lacks: {found}."),
    "stamp-holds": mark("Time and authority: {found}."),
}


# A folder without a fault, in the words of ``verify``: by the finding that decides.
_VERDICTS: Mapping[str, str] = {
    "verdict_signed": "signed-by-unknown",
    "verdict_unsigned": "not-signed",
    "verdict_redacted": "redacted",
}


def _report(code: str) -> Report:
    return Report("", (Finding(Layer.SIGNATURE, code, "", weight=Weight.REMARK),), ())


def page_texts(words: Words) -> dict[str, dict[str, Any]]:
    """Everything the page says in the language of ``words``; plural sentences for one and for many.

    Where ``verify`` has a sentence of its own, it is the page's as well.
    """
    shared = page_findings(words)
    verdicts = {key: verdict(words, _report(code)) for key, code in _VERDICTS.items()}
    own: dict[str, dict[str, Any]] = {
        "page": {key: words.unfilled(msgid) for key, msgid in _PAGE.items()} | verdicts,
        "plural": {key: words.unfilled_plural(*forms) for key, forms in _PLURALS.items()},
        "findings": {code: words.unfilled(msgid) for code, msgid in _FINDINGS.items()},
        "found": {code: words.unfilled(msgid) for code, msgid in _FOUND.items()},
        "troubles": {trouble.value: trouble_text(words, trouble.value) for trouble in Trouble},
    }
    return {kind: own.get(kind, {}) | shared.get(kind, {}) for kind in own.keys() | shared.keys()}
