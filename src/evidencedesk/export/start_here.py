"""Writes START-HERE.html: one page that a stranger opens first, offline, with what they have."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from evidencedesk.domain.case import CaseFile, Contact, Encounter, FollowUp, Progress, RecordingState, Verdict
from evidencedesk.domain.due_date import DueDate
from evidencedesk.domain.heard_lines import transcripts_that_count
from evidencedesk.domain.moment import Moment, clock_text
from evidencedesk.domain.pack_lookup import PackLookup
from evidencedesk.domain.pulse import SoundClock
from evidencedesk.domain.redaction import MadeCopy
from evidencedesk.domain.rules import RulePack
from evidencedesk.export.case_folder import ImportedCopy, Listening
from evidencedesk.export.due_view import due_notice, due_views
from evidencedesk.export.start_here_heard import heard_views
from evidencedesk.export.start_here_players import (
    attachment,
    collector,
    copy_player,
    imported_player,
    paper_links,
    player,
    player_title,
    time_text,
)
from evidencedesk.export.start_here_records import contact_views, step_rows
from evidencedesk.export.start_here_rows import Rows, current_ticks
from evidencedesk.export.start_here_view import EncounterView, Fact, PageView, Pill, PlayerView
from evidencedesk.system.resources import resource
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Language, Words
from evidencedesk.wording.records import encounter_facts

Columns = Sequence[tuple[float, float]]


def start_here_html(
    case_file: CaseFile,
    packs: Sequence[RulePack],
    language: Language,
    waveforms: Mapping[str, Columns],
    sound_paths: Mapping[str, str],
    attachment_paths: Mapping[str, str],
    words: Words,
    exported: Moment,
    listening: Mapping[str, Listening] = {},
    sound_clocks: Mapping[str, SoundClock] = {},
    imported_copies: Mapping[str, ImportedCopy] = {},
    papers: Sequence[str] = (),
    redacted: Sequence[str] = (),
    not_made: Sequence[str] = (),
    copies_made: Sequence[MadeCopy] = (),
    due: Sequence[DueDate] = (),
) -> str:
    """Return the page. The same case and moment give the same page, byte for byte.

    ``waveforms`` holds (min, max) columns and ``sound_paths`` paths relative to the page, both by
    recording; a recording without a path is shown as having nothing to hear. Recordings made elsewhere
    have theirs in ``attachment_paths``. ``papers`` are those that lie in the folder, ``not_made`` tells of
    what it has to do without, ``redacted`` of what was left out of a copy for showing around,
    ``copies_made`` of such copies of this case. ``due`` are the days by which something is due.
    """
    material = _Material(
        case_file,
        packs,
        waveforms,
        sound_paths,
        attachment_paths,
        listening,
        sound_clocks,
        imported_copies,
        papers,
        copies_made,
    )
    page = replace(
        _page(material, words, exported),
        redacted=tuple(redacted),
        not_made=tuple(not_made),
        due=due_views(words, due, exported),
        due_notice=due_notice(words),
    )
    # Reading as text makes newlines one kind, as a browser does before it hashes.
    style = resource("start_here", "page.css").read_text(encoding="utf-8")
    script = resource("start_here", "page.js").read_text(encoding="utf-8")
    template = resource("start_here", "page.html.j2").read_text(encoding="utf-8")
    # Always escaping: a note is text, whatever it contains.
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    html = environment.from_string(template).render(
        page=page,
        language={"zh": "zh-CN"}.get(language, language),
        t=words.text,
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
    )
    return html.lstrip()


@dataclass(frozen=True, slots=True)
class _Material:
    """What the page is made from."""

    case_file: CaseFile
    packs: Sequence[RulePack]
    waveforms: Mapping[str, Columns]
    sound_paths: Mapping[str, str]
    attachment_paths: Mapping[str, str]
    listening: Mapping[str, Listening]
    sound_clocks: Mapping[str, SoundClock]
    imported_copies: Mapping[str, ImportedCopy]
    papers: Sequence[str]
    copies_made: Sequence[MadeCopy]


def _page(material: _Material, words: Words, exported: Moment) -> PageView:
    t = words.text
    case_file, packs = material.case_file, material.packs
    case = case_file.case
    parts = [_encounter(material, encounter, words) for encounter in case_file.encounters]
    loose = _encounter(material, None, words)
    if loose.rows or loose.attachments or loose.players:
        parts.append(loose)
    told = PackLookup(packs).told(case_file.ticks)
    current = current_ticks(case_file.ticks)
    breaches = sum(tick.id in current and tick.verdict is Verdict.BREACHED for tick in case_file.ticks)
    recorded_ms = sum(recording.duration_ms or 0 for recording in case_file.recordings)
    return PageView(
        title=case.title,
        facts=(
            Fact(t("Creditor"), case.creditor or t("not given")),
            Fact(t("Contract"), case.contract or t("not given")),
            *([Fact(t("The platform's own number"), case.hotline)] if case.hotline else []),
            Fact(t("Period"), _case_period(case_file)),
            Fact(t("Case"), case.id, mono=True),
        ),
        counts=(
            Fact(t("Encounters"), str(len(case_file.encounters))),
            Fact(t("Recordings"), str(len(case_file.recordings))),
            Fact(t("Recorded"), clock_text(recorded_ms)),
            Fact(t("Breaches marked"), str(breaches)),
            Fact(t("Notes"), str(len(case_file.notes))),
            Fact(t("Attachments"), str(len(case_file.attachments))),
            *([Fact(t("Imported"), str(len(case_file.imported)))] if case_file.imported else []),
            *([Fact(t("Contacts"), str(_standing(case_file.contacts)))] if case_file.contacts else []),
            *([Fact(t("Steps taken"), str(_taken(case_file.follow_ups)))] if case_file.follow_ups else []),
        ),
        simulated=any(recording.simulated for recording in case_file.recordings),
        recovered=any(recording.state is RecordingState.RECOVERED for recording in case_file.recordings),
        interrupted=bool(case_file.gaps),
        imported=bool(case_file.imported),
        encounters=tuple(parts),
        packs=tuple(
            Fact(
                f"{pack.title.in_language(words.language)} · {pack.id} {pack.version}",
                pack.about.in_language(words.language),
            )
            for pack in told
        ),
        journal_head=case_file.head,
        events=case_file.events,
        exported=time_text(exported),
        papers=paper_links(words, material.papers),
        stamped=bool(case_file.stamps),
        contacts=contact_views(words, case_file, material.attachment_paths),
        steps=step_rows(words, case_file, material.attachment_paths),
        example_sound=next(iter(material.sound_paths.values()), "data/recordings/…/audio.flac"),
    )


def _encounter(material: _Material, encounter: Encounter | None, words: Words) -> EncounterView:
    t = words.text
    case_file = material.case_file
    encounter_id = encounter.id if encounter else None
    rows = Rows(words, material.packs).timeline(
        case_file, encounter_id, () if encounter else material.copies_made
    )
    own = [one for one in case_file.recordings if one.encounter == encounter_id]
    players: list[PlayerView] = [
        player(
            words,
            recording,
            player_title(words, recording, number, own),
            material.waveforms.get(recording.id, ()),
            material.sound_paths.get(recording.id, ""),
            rows,
            material.sound_clocks.get(recording.id),
        )
        for number, recording in enumerate(case_file.recordings, start=1)
        if recording.encounter == encounter_id
    ]
    latest = transcripts_that_count(case_file)
    players = [replace(one, heard=heard_views(words, latest, one.id)) for one in players]
    copy = material.listening.get(encounter_id or "")
    if copy is not None:
        players.insert(0, copy_player(words, copy, material.waveforms.get(copy.encounter, ()), rows))
    players += [
        replace(
            imported_player(
                words,
                sound,
                material.waveforms.get(sound.id, ()),
                material.attachment_paths.get(sound.id, ""),
                material.imported_copies.get(sound.id),
            ),
            heard=heard_views(words, latest, sound.id),
        )
        for sound in case_file.imported
        if sound.encounter == encounter_id
    ]
    current = current_ticks(case_file.ticks)
    breaches = sum(
        tick.encounter == encounter_id and tick.id in current and tick.verdict is Verdict.BREACHED
        for tick in case_file.ticks
    )
    pills = []
    if breaches:
        pills.append(Pill(words.plural("{n} breach marked", "{n} breaches marked", breaches), "bad"))
    return EncounterView(
        id=encounter_id or "loose",
        title=label(words, encounter.mode) if encounter else t("Not part of an encounter"),
        period=_period(encounter.opened, encounter.closed) if encounter else "",
        pills=tuple(pills),
        players=tuple(players),
        rows=rows,
        collectors=tuple(
            collector(words, one, case_file, material.attachment_paths)
            for one in case_file.collectors
            if one.encounter == encounter_id
        ),
        attachments=tuple(
            attachment(words, one, material.attachment_paths, case_file)
            for one in case_file.attachments
            if one.encounter == encounter_id
        ),
        facts=encounter_facts(words, encounter) if encounter else (),
    )


def _standing(records: Sequence[Contact]) -> int:
    return sum(not one.withdrawn for one in records)


def _taken(steps: Sequence[FollowUp]) -> int:
    """Without those that are only planned."""
    return sum(not one.withdrawn and one.details.progress is not Progress.PLANNED for one in steps)


def _case_period(case_file: CaseFile) -> str:
    if not case_file.encounters:
        return time_text(case_file.case.opened)
    last = case_file.encounters[-1]
    return _period(case_file.encounters[0].opened, last.closed or last.opened)


def _period(start: Moment, end: Moment | None) -> str:
    """Write a stretch of time, the second date only where it differs."""
    if end is None or end == start:
        return time_text(start)
    if start.local.date() == end.local.date() and start.offset_minutes == end.offset_minutes:
        date_and_time, zone = time_text(start).split(" (")
        return f"{date_and_time} – {end.local:%H:%M:%S} ({zone}"
    return f"{time_text(start)} – {time_text(end)}"


def _csp_hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
