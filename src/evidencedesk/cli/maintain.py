"""Commands for after and before: ``recover`` and ``doctor``."""

from __future__ import annotations

import click

from evidencedesk.cli.commands import command
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.cli.vault_keys import keys_if_any
from evidencedesk.domain.moment import clock_text, local_text
from evidencedesk.system.fonts import has_chinese_font
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Words, mark
from evidencedesk.wording.stamps import trouble_text
from evidencedesk.workflows.recover_recordings import Recovery, recover_all
from evidencedesk.workflows.run_doctor import Check, Health, run_doctor

_CHECKS = {
    "microphone": mark("Microphone"),
    "far-side": mark("Other side of calls"),
    "disk": mark("Disk"),
    "clock": mark("Clock"),
    "network-time": mark("Network time"),
    "time-stamps": mark("Outside time stamps"),
    "lock": mark("Lock of the library"),
    "database": mark("Database"),
    "journal": mark("Journal"),
    "fonts": mark("Fonts"),
    "report-font": mark("Font of the report"),
}
_IN_THE_LIBRARY = frozenset({None, "database", "journal", "time-stamps"})
_NETWORK_TIME = {
    "synchronised": mark("the system says that it keeps the clock right"),
    "unsynchronised": mark("the system says that nothing keeps the clock right; switch network time on"),
    "unknown": mark("the system does not say whether it keeps the clock right"),
}
_WAYS = {
    "passphrase": mark("passphrase"),
    "recovery": mark("recovery code"),
    "keyring": mark("keyring"),
}
_SIGNS = {Health.GOOD: "✓", Health.CARE: "!", Health.BAD: "✗"}


def recover_command(words: Words) -> click.Command:
    """``recover``."""
    return command(
        words, "recover", _recover, words.text("Finish recordings that a crash or power cut left.")
    )


def doctor_command(words: Words) -> click.Command:
    """``doctor [--only NAME]``."""
    only = click.Option(
        ["--only"], type=click.Choice(list(_CHECKS)), help=words.text("Look at this one thing only.")
    )
    help_text = words.text(
        "Look at everything a recording needs, and say what to do. Ends with 1 if not well."
    )
    return command(words, "doctor", _doctor, help_text, [only])


def _recover(session: Session) -> int:
    with open_library(session) as desk:
        recoveries = recover_all(desk)
    if not recoveries:
        session.output.message(session.words.text("Nothing was left unfinished."))
    return max((_tell_recovery(session, recovery) for recovery in recoveries), default=0)


def _tell_recovery(session: Session, recovery: Recovery) -> int:
    t = session.words.text
    facts: dict[str, object] = {"case": recovery.case, "recording": recovery.recording}
    if recovery.failed is not None:
        session.output.message(t("Recording {id} could not be recovered:", id=recovery.recording))
        session.output.error(recovery.failed)
        return recovery.failed.exit_code
    if recovery.sealed is not None:
        session.output.event("finished", **facts, sha256=recovery.sealed.file_sha256)
        session.output.result(t("{id}  was complete; the journal knows it now", id=recovery.recording))
        return 0
    found = recovery.recovered
    if found is None:
        session.output.event("nothing-recorded", **facts)
        session.output.result(t("{id}  ended before any sound reached the disk", id=recovery.recording))
        return 0
    session.output.event(
        "recovered",
        **facts,
        seconds=found.samples / found.rate_hz,
        missing_seconds_at_most=found.missing_ms / 1000,
        cut_bytes=found.cut_bytes,
        file=found.file,
        sha256=found.file_sha256,
        agrees_with_pulses=found.agrees_with_pulses,
    )
    session.output.result(
        t(
            "{id}  recovered: {length}; at most {seconds} s are missing at the end",
            id=recovery.recording,
            length=clock_text(found.samples * 1000 // found.rate_hz),
            seconds=f"{found.missing_ms / 1000:.1f}",
        )
    )
    if found.agrees_with_pulses:
        return 0
    session.output.message(t("What was found is not what the recorder had promised to be saved."))
    return 1


def _doctor(session: Session, only: str | None) -> int:
    keys = keys_if_any(session, session.library) if only in _IN_THE_LIBRARY else None
    checks = run_doctor(session.library, session.clock, has_chinese_font, keys)
    chosen = [check for check in checks if only in (None, check.name)]
    for check in chosen:
        session.output.event(
            "check",
            name=check.name,
            health=check.health.value,
            facts=dict(check.facts),
            code=None if check.problem is None else check.problem.code.value,
        )
        for line in _check_lines(session.words, check):
            session.output.result(line)
    return 1 if any(check.health is Health.BAD for check in chosen) else 0


def _check_lines(words: Words, check: Check) -> list[str]:
    if check.problem is None:
        value, following = _good_news(words, check), []
    else:
        text = describe(words, check.problem)
        value = text.what + (f" ({text.detail})" if text.detail else "")
        following = [f"    {text.next}"]
    line = words.text("{field}: {value}", field=words.text(_CHECKS[check.name]), value=value)
    return [f"{_SIGNS[check.health]} {line}", *following]


def _good_news(words: Words, check: Check) -> str:
    t = words.text
    facts = dict(check.facts)
    match check.name:
        case "microphone":
            return facts.get("devices", "")
        case "far-side":
            if check.health is Health.GOOD:
                return facts["device"]
            return t("can't be recorded on this computer; the call can come from the loudspeaker of a phone")
        case "network-time":
            said = _NETWORK_TIME[facts["state"]]
            return t(said)
        case "time-stamps":
            return _waiting_text(words, facts)
        case "lock":
            return _lock_text(words, facts)
        case "disk":
            return t("room for {hours} hours of sound", hours=facts.get("hours", "0"))
        case "clock":
            now = local_text(facts["utc"], int(facts["offset_minutes"]))
            if check.health is Health.GOOD:
                return t("{now}. Compare it with your phone.", now=now)
            return t("{now}. This can't be right: set the clock before you record.", now=now)
        case "database":
            if "cases" not in facts:
                return t("none yet; it is made with the first case")
            return words.plural("{n} case", "{n} cases", int(facts["cases"]))
        case "report-font":
            if check.health is Health.GOOD:
                return facts["family"]
            return t(
                "no Chinese font: report.pdf would be in English, with numbers for Chinese characters. "
                "Install one, such as fonts-noto-cjk."
            )
        case "journal":
            return t("every chain of entries is unbroken")
        case _:
            if check.health is Health.GOOD:
                return t("Chinese can be shown")
            return t("No Chinese font was found. Install one, such as fonts-noto-cjk.")


def _lock_text(words: Words, facts: dict[str, str]) -> str:
    if facts["state"] == "none":
        return words.text("none; see Settings, Security")
    ways = ", ".join(words.text(_WAYS[way]) for way in facts["opened_by"].split(","))
    if facts["state"] == "sealed":
        return words.text("locked; it opens by {ways}", ways=ways)
    return words.text("not all files are done yet; it opens by {ways}", ways=ways)


def _waiting_text(words: Words, facts: dict[str, str]) -> str:
    if facts["waiting"] == "0":
        return words.text("none waits to be sent")
    said = words.plural("{n} waits to be sent", "{n} wait to be sent", int(facts["waiting"]))
    if "trouble" not in facts:
        return said
    reason = trouble_text(words, facts["trouble"], facts["detail"])
    return words.text(
        "{waiting}; last try with {authority}: {reason}",
        waiting=said,
        authority=facts["authority"],
        reason=reason,
    )
