"""A case being told in one language: what several papers and sections ask for."""

from __future__ import annotations

from functools import cached_property

from evidencedesk.domain.case import Encounter, Recording, RecordingState
from evidencedesk.domain.moment import Moment, local_text
from evidencedesk.export.papers.material import PaperMaterial
from evidencedesk.export.start_here_players import player_title, time_text
from evidencedesk.export.start_here_rows import Rows
from evidencedesk.export.start_here_view import RowView
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words


class Telling:
    """Material with the words to tell it in."""

    def __init__(self, material: PaperMaterial, words: Words) -> None:
        self.material = material
        self.words = words
        self.t = words.text
        self.case_file = material.case_file
        self._rows: dict[str | None, tuple[RowView, ...]] = {}

    def rows(self, encounter: str | None) -> tuple[RowView, ...]:
        """The timeline of an encounter, or of none."""
        if encounter not in self._rows:
            rows = Rows(self.words, self.material.packs)
            self._rows[encounter] = rows.timeline(self.case_file, encounter)
        return self._rows[encounter]

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each recording is called: its number, and side and part where there are several."""
        titles = {}
        for number, recording in enumerate(self.case_file.recordings, start=1):
            together = self.recordings(recording.encounter)
            titles[recording.id] = player_title(self.words, recording, number, together)
        return titles

    @cached_property
    def encounter_titles(self) -> dict[str, str]:
        """What each encounter is called: its day and kind."""
        return {
            one.id: f"{one.opened.local:%Y-%m-%d} {label(self.words, one.mode)}"
            for one in self.case_file.encounters
        }

    def recordings(self, encounter: str | None) -> list[Recording]:
        """The recordings of one encounter."""
        return [one for one in self.case_file.recordings if one.encounter == encounter]

    @cached_property
    def saved(self) -> list[Recording]:
        """Recordings of which something is in the case folder."""
        return [
            one
            for one in self.case_file.recordings
            if one.samples or (one.state is RecordingState.RUNNING and one.id in self.material.files)
        ]

    def period(self, encounter: Encounter) -> str:
        """When an encounter began and ended."""
        end = encounter.closed
        return time_text(encounter.opened) + (f" – {clock(end)}" if end and end != encounter.opened else "")

    def sealed_by(self) -> str:
        """What stands at the foot of every page about the signature."""
        if self.material.fingerprint:
            return self.t(
                "Device certificate (SHA-256): {fingerprint}", fingerprint=self.material.fingerprint
            )
        return self.t("Not signed")

    def warnings_for_every_page(self) -> tuple[tuple[str, str], ...]:
        """What nobody may overlook on any page, with its look: bad or warn."""
        t = self.t
        bands = []
        if self.material.simulated:
            bands.append(("bad", t("SIMULATED: this case has sound played from a file. It is not evidence.")))
        if self.case_file.imported:
            bands.append(
                ("warn", t("Has recordings made elsewhere (imported): their origin is not known here."))
            )
        return tuple(bands)


def clock(moment: Moment) -> str:
    """Day and second without the offset from UTC."""
    return f"{moment.local:%Y-%m-%d %H:%M:%S}"


def utc_text(utc: str) -> str:
    """A moment in UTC, to the second."""
    return local_text(utc, 0).split(" (")[0] + " UTC"
