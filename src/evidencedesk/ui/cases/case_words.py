"""How cases, dates, lengths and sizes are said."""

from __future__ import annotations

from datetime import datetime

from evidencedesk.domain.case import Case, CaseFile, CaseSummary
from evidencedesk.domain.errors import Known
from evidencedesk.domain.moment import Moment
from evidencedesk.ui.kit.banner import Banner
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Words

SEPARATOR = " · "


def names_line(words: Words, case: Case) -> str:
    """The title with creditor and contract, as far as they say something new."""
    parts = [case.title]
    if case.creditor and case.creditor != case.title:
        parts.append(case.creditor)
    if case.contract:
        parts.append(words.text("Contract {contract}", contract=case.contract))
    return SEPARATOR.join(parts)


def counts_line(words: Words, case_file: CaseFile) -> str:
    """Return 4 encounters, 3 recordings with 41 minutes, 12 attachments, and since when."""
    recorded_ms = sum(recording.duration_ms or 0 for recording in case_file.recordings)
    parts = _counts(
        words,
        len(case_file.encounters),
        len(case_file.recordings),
        recorded_ms,
        len(case_file.imported),
        len(case_file.attachments),
    )
    parts.append(words.text("since {date}", date=f"{case_file.case.opened.local:%Y-%m-%d}"))
    return SEPARATOR.join(parts)


def summary_line(words: Words, summary: CaseSummary) -> str:
    """Return the same for one line of the list."""
    parts = [summary.case.creditor] if summary.case.creditor not in ("", summary.case.title) else []
    if summary.case.contract:
        parts.append(words.text("Contract {contract}", contract=summary.case.contract))
    parts += _counts(
        words,
        summary.encounters,
        summary.recordings,
        summary.recorded_ms,
        summary.imported,
        summary.attachments,
    )
    return SEPARATOR.join(parts)


def _counts(
    words: Words, encounters: int, recordings: int, recorded_ms: int, imported: int, attachments: int
) -> list[str]:
    if not encounters:
        parts = [words.text("No encounter yet")]
    else:
        parts = [words.plural("{n} encounter", "{n} encounters", encounters)]
    if recordings:
        length = length_text(words, recorded_ms)
        parts.append(
            words.plural("{n} recording, {length}", "{n} recordings, {length}", recordings, length=length)
        )
    if imported:
        parts.append(words.plural("{n} imported recording", "{n} imported recordings", imported))
    if attachments:
        parts.append(words.plural("{n} attachment", "{n} attachments", attachments))
    return parts


def length_text(words: Words, milliseconds: int) -> str:
    """Return 41 min, or 35 s below a minute."""
    seconds = milliseconds // 1000
    if seconds < 60:
        return words.text("{n} s", n=seconds)
    return words.text("{n} min", n=(seconds + 30) // 60)


def day_and_time(words: Words, local: datetime) -> str:
    """Return the date and minute, as dates are written in the language."""
    return words.text(
        "{year}-{month:02}-{day:02} {clock}",
        year=local.year,
        month=local.month,
        day=local.day,
        clock=f"{local:%H:%M}",
    )


def moment_text(words: Words, moment: Moment) -> str:
    """Return a moment as it was where it happened."""
    return day_and_time(words, moment.local)


def short_hash(sha256: str) -> str:
    """Return both ends of a hash: enough to compare by eye."""
    return f"{sha256[:4]}…{sha256[-4:]}" if sha256 else "—"


def show_problem(banner: Banner, words: Words, problem: Known | None) -> None:
    """Say in the page what went wrong, or put the banner away."""
    banner.setVisible(problem is not None)
    if problem is not None:
        said = describe(words, problem)
        banner.set_texts(said.what, " ".join(part for part in (said.safe, said.next) if part))
        banner.set_actions([], words.text("Dismiss"))
