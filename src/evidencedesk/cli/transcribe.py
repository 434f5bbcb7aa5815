"""``transcribe``: have recordings written down; ``transcript``: show what was written."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.case import CaseFile
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.heard_lines import HeardLine, heard_lines, transcripts_that_count
from evidencedesk.domain.moment import clock_text
from evidencedesk.wording.labels import label
from evidencedesk.wording.language import Words, mark
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.speech_model import speech_model
from evidencedesk.workflows.transcribe_recording import (
    LANGUAGES,
    Drafted,
    can_be_written_down,
    transcribe_recording,
)

_DRAFT = mark("A machine's draft, not evidence.")


def transcribe_command(words: Words) -> click.Command:
    """``transcribe CASE --model DIR [--recording ID] [--language zh|en|auto]``."""
    t = words.text
    params: list[click.Parameter] = [
        case_argument(),
        click.Option(
            ["--model"],
            required=True,
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            help=t("The folder of a Whisper model in the CTranslate2 format. Nothing is fetched."),
        ),
        click.Option(
            ["--recording", "recordings"],
            multiple=True,
            metavar="ID",
            help=t("Write only this recording down; else all that have no transcript yet."),
        ),
        click.Option(
            ["--spoken"],
            type=click.Choice(LANGUAGES),
            default="auto",
            help=t("The language that is spoken."),
        ),
    ]
    help_text = t("Write down what was said, as a machine's draft: a help for finding things, no evidence.")
    return command(words, "transcribe", _transcribe, help_text, params)


def transcript_command(words: Words) -> click.Command:
    """``transcript CASE``."""
    help_text = words.text("Show what a machine wrote down, with your corrections.")
    return command(words, "transcript", _transcript, help_text, [case_argument()])


def _transcribe(session: Session, case: str, model: Path, recordings: tuple[str, ...], spoken: str) -> int:
    words, failed = session.words, 0
    with Interrupts() as interrupts, open_library(session) as desk:
        case_file = desk.store.case_file(desk.store.find_case(case).id)
        if not speech_model(model).multilingual and spoken != "en":
            session.output.message(
                words.text("This model knows English only. What is said in Chinese it can't write down.")
            )
        wanted = recordings or _not_yet(case_file)
        if not wanted:
            session.output.message(words.text("Everything is written down already."))
        for name in wanted:
            try:
                drafted = _one(session, desk, case_file, name, model, spoken, interrupts)
            except Known as error:
                # The others are still wanted, unless the same would happen to them.
                if error.code not in (Code.SOUND_FILE_UNREADABLE, Code.NO_SOUND_YET) or len(wanted) == 1:
                    raise
                session.output.error(error)
                failed += 1
                continue
            _tell(session, drafted)
    return 1 if failed else 0


def _one(
    session: Session,
    desk: Desk,
    case_file: CaseFile,
    name: str,
    model: Path,
    spoken: str,
    interrupts: Interrupts,
) -> Drafted:
    def show(heard_ms: int, whole_ms: int) -> None:
        session.output.event("progress", recording=name, heard_ms=heard_ms, whole_ms=whole_ms)
        facts = {"id": name, "heard": clock_text(heard_ms), "whole": clock_text(whole_ms)}
        session.output.progress(session.words.text("Writing {id} down: {heard} of {whole}", **facts))

    drafted = transcribe_recording(
        desk, case_file.case.id, name, model, spoken, progress=show, cancelled=lambda: interrupts.asked
    )
    session.output.end_progress()
    return drafted


def _tell(session: Session, drafted: Drafted) -> None:
    made, words = drafted.transcript, session.words
    session.output.event(
        "transcript",
        transcript=made.id,
        recording=made.recording,
        model=made.model,
        model_sha256=made.model_sha256,
        program=made.program,
        language=made.language,
        sentences=len(made.sentences),
        left_out=drafted.left_out,
    )
    count = words.plural("{n} sentence", "{n} sentences", len(made.sentences))
    session.output.result(f"{made.recording}  {made.id}  {count}")
    if drafted.left_out:
        session.output.message(
            words.plural("{n} doubtful one left out", "{n} doubtful ones left out", drafted.left_out)
        )
    session.output.message(words.text(_DRAFT))


def _not_yet(case_file: CaseFile) -> tuple[str, ...]:
    known = transcripts_that_count(case_file)
    sounds = (*(one.id for one in case_file.recordings), *(one.id for one in case_file.imported))
    return tuple(name for name in sounds if name not in known and can_be_written_down(case_file, name))


def _transcript(session: Session, case: str) -> int:
    with open_library(session) as desk:
        case_file = desk.store.case_file(desk.store.find_case(case).id)
    lines = heard_lines(case_file)
    talk = ""
    for line in lines:
        session.output.event(
            "sentence",
            transcript=line.transcript,
            number=line.number,
            recording=line.recording,
            talk=line.talk,
            talk_ms=line.talk_ms,
            leg=None if line.leg is None else line.leg.value,
            **asdict(line.sentence),
        )
        if line.talk != talk:
            talk = line.talk
            session.output.result(talk)
        session.output.result(_line(session.words, line))
    session.output.message(
        session.words.text(_DRAFT)
        if lines
        else session.words.text("Nothing of this case was written down yet.")
    )
    return 0


def _line(words: Words, line: HeardLine) -> str:
    side = words.text("Imported") if line.leg is None else label(words, line.leg)
    text = f"{clock_text(line.talk_ms)}  {side}  {line.sentence.text}"
    if line.sentence.corrected:
        text += " " + words.text("(corrected)")
    return text
