"""Turns notes, ticks, gaps and warnings into the lines of a timeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evidencedesk.domain.case import CaseFile, Gap, Note, RecordingWarning, Stamp, Tick, Verdict
from evidencedesk.domain.moment import Moment, clock_text
from evidencedesk.domain.pack_lookup import PackLookup
from evidencedesk.domain.redaction import MadeCopy
from evidencedesk.domain.rules import RulePack
from evidencedesk.domain.standing import standing_ticks
from evidencedesk.export.start_here_labels import trouble_text, verdict_pill
from evidencedesk.export.start_here_view import Pill, RowView
from evidencedesk.wording.language import Words
from evidencedesk.wording.packs import other_version_text
from evidencedesk.wording.stamps import WHAT_IT_IS_WORTH, stamp_text


class Rows:
    """Makes timeline rows in one language."""

    def __init__(self, words: Words, packs: Sequence[RulePack]) -> None:
        self._words = words
        self._packs = PackLookup(packs)

    def timeline(
        self, case_file: CaseFile, encounter: str | None, copies: Sequence[MadeCopy] = ()
    ) -> tuple[RowView, ...]:
        """Return every row of an encounter, or of none, in the order things happened."""
        recordings = {r.id for r in case_file.recordings if r.encounter == encounter}
        current = current_ticks(case_file.ticks)
        rows = [self._note(note) for note in case_file.notes if note.encounter == encounter]
        rows += [
            self._tick(tick, is_current=tick.id in current)
            for tick in case_file.ticks
            if tick.encounter == encounter
        ]
        rows += [self._gap(gap) for gap in case_file.gaps if gap.recording in recordings]
        rows += [self._warning(one) for one in case_file.warnings if one.recording in recordings]
        if encounter is None:
            rows += [self._stamp(stamp) for stamp in case_file.stamps]
        rows += [self._copy(copy) for copy in copies]
        return tuple(sorted(rows, key=lambda row: row.key))

    def _note(self, note: Note) -> RowView:
        t = self._words.text
        pills = []
        if note.marker:
            marker = self._packs.marker(note.marker)
            pills.append(
                Pill(marker.text.in_language(self._words.language) if marker else note.marker, "bad")
            )
        if note.corrected:
            pills.append(Pill(t("Corrected"), "warn"))
        details = [t("Before the correction: {text}", text=text) for text in note.earlier]
        if note.corrected and not note.earlier:
            details.append(t("The wording before the correction stands in data/journal.jsonl."))
        return self._row(
            note.moment,
            note.recording,
            note.at_ms,
            text=note.text,
            details=details,
            source=t("Note by the user"),
            pills=pills,
            look="bad" if note.marker else "note",
        )

    def _tick(self, tick: Tick, *, is_current: bool) -> RowView:
        t = self._words.text
        language = self._words.language
        found = self._packs.find(tick)
        item = found.item if found else None
        pills = [verdict_pill(self._words, tick.verdict, found.pack.status if found else None)]
        if tick.withdrawn:
            pills.insert(0, Pill(t("Withdrawn"), "n"))
        elif not is_current:
            pills.insert(0, Pill(t("Replaced by a later mark"), "n"))
        sources = (
            " · ".join(
                f"{source.document.in_language(language)} {source.place.in_language(language)}"
                for source in item.sources[:1]
            )
            if item
            else f"{tick.pack} {tick.pack_version}"
        )
        details = [item.hint.in_language(language)] if item and item.hint else []
        if item and (other := other_version_text(self._words, found, tick.pack_version)):
            details.append(other)
        kinds = {Verdict.BREACHED: "bad", Verdict.KEPT: "kept", Verdict.NOT_SEEN: "quiet"}
        return self._row(
            tick.moment,
            tick.recording,
            tick.at_ms,
            text=item.text.in_language(language) if item else tick.item,
            details=details,
            source=sources,
            by=t("judged by the clock") if tick.automatic else t("marked by the user"),
            pills=pills,
            look=kinds[tick.verdict],
            void=tick.withdrawn or not is_current,
        )

    def _gap(self, gap: Gap) -> RowView:
        t = self._words.text
        return self._row(
            gap.moment,
            gap.recording,
            gap.at_ms,
            text=t("{seconds} seconds were not recorded", seconds=f"{gap.length_ms / 1000:g}"),
            details=[trouble_text(self._words, gap.cause)],
            source=t("Noted by the program"),
            pills=[Pill(t("Gap"), "warn")],
            look="warn",
        )

    def _warning(self, warning: RecordingWarning) -> RowView:
        t = self._words.text
        return self._row(
            warning.moment,
            warning.recording,
            warning.at_ms,
            text=trouble_text(self._words, warning.code),
            details=[],
            source=t("Noted by the program"),
            pills=[Pill(t("Warning"), "warn")],
            look="warn",
        )

    def _stamp(self, stamp: Stamp) -> RowView:
        t = self._words.text
        return self._row(
            stamp.moment,
            None,
            None,
            text=stamp_text(self._words, stamp),
            details=[t(WHAT_IT_IS_WORTH)],
            source=t("Noted by the program"),
            pills=[Pill(t("Outside time stamp"), "n")],
            look="quiet",
        )

    def _copy(self, copy: MadeCopy) -> RowView:
        t = self._words.text
        left_out = t(
            "Left out: notes {notes}, persons {persons}, files {files}; muted stretches {muted}.",
            notes=copy.notes,
            persons=copy.collectors,
            files=copy.files,
            muted=copy.muted,
        )
        details = [left_out]
        if copy.contacts:
            details.append(t("Contacts and steps taken that were left out: {n}", n=copy.contacts))
        return self._row(
            copy.moment,
            None,
            None,
            text=t("A redacted copy for showing around was made: {folder}", folder=copy.folder),
            details=details,
            source=t("Noted by the program"),
            pills=[Pill(t("Redacted copy"), "n")],
            look="quiet",
        )

    @staticmethod
    def _row(
        moment: Moment,
        recording: str | None,
        at_ms: int | None,
        *,
        text: str,
        details: Iterable[str],
        source: str,
        by: str = "",
        pills: Iterable[Pill],
        look: str,
        void: bool = False,
    ) -> RowView:
        return RowView(
            key=(moment.utc, at_ms or 0),
            day=f"{moment.local:%Y-%m-%d}",
            time=f"{moment.local:%H:%M:%S}",
            recording=recording or "",
            at_ms=at_ms,
            position="" if at_ms is None else clock_text(at_ms),
            text=text,
            details=tuple(details),
            source=source,
            by=by,
            pills=tuple(pills),
            look=look,
            void=void,
        )


def current_ticks(ticks: Iterable[Tick]) -> frozenset[str]:
    """Return the marks that stand, by id."""
    return frozenset(tick.id for tick in standing_ticks(ticks))
