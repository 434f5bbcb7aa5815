"""The part of transcript.docx that a machine wrote: apart from the form, and marked as what it is."""

from __future__ import annotations

from collections.abc import Sequence

from evidencedesk.domain.heard_lines import HeardLine, heard_lines, sounds_of, transcripts_that_count
from evidencedesk.domain.moment import clock_text
from evidencedesk.export.papers.telling import Telling
from evidencedesk.export.papers.word_file import Line, WordCell, WordFile
from evidencedesk.wording.labels import label

_WIDTHS_CM = (2.9, 3.0, 11.5)


def machine_draft(file: WordFile, telling: Telling, talk: str) -> None:
    """What was written down of one encounter or imported sound; nothing where nothing was.

    It stands behind the declaration that people sign, which is about their own words.
    """
    t = telling.t
    lines = heard_lines(telling.case_file, talk)
    if not lines:
        return
    file.heading(t("Machine draft, to be compared with the recording"), new_page=True)
    file.paragraph(
        t(
            "A program wrote this down. It is no evidence and not part of the transcript above: it helps to "
            "find a place. Sentences that the user corrected are marked as such."
        ),
        "bad",
    )
    for made in _made_with(telling, talk):
        file.paragraph(made, "quiet")
    rows: list[Sequence[WordCell]] = [_row(telling, line) for line in lines]
    file.table((t("Time"), t("Side"), t("Words")), _WIDTHS_CM, rows)


def _row(telling: Telling, line: HeardLine) -> Sequence[WordCell]:
    t, sentence = telling.t, line.sentence
    side = t("Imported") if line.leg is None else label(telling.words, line.leg)
    words = [Line(sentence.text, "plain" if sentence.corrected else "note")]
    who = [Line(side)]
    if sentence.corrected:
        who.append(Line(t("corrected by the user"), "quiet"))
        words += [Line(t("The machine wrote: {text}", text=sentence.earlier[0]), "quiet")]
    else:
        who.append(Line(t("machine draft"), "quiet"))
    return [Line(clock_text(line.talk_ms))], who, words


def _made_with(telling: Telling, talk: str) -> list[str]:
    latest = transcripts_that_count(telling.case_file)
    own = [latest[one.id] for one in sounds_of(telling.case_file, talk) if one.id in latest]
    made = dict.fromkeys((one.program, one.model, one.model_sha256) for one in own)
    return [
        telling.t(
            "{program}, model {name}, SHA-256 over its files {hash}", program=program, name=name, hash=sha
        )
        for program, name, sha in made
    ]
