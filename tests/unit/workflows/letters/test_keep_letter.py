"""A letter is kept with its step; templates and the user's data stay in the library."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evidencedesk.domain.case import AttachmentKind, Case, Progress, Step
from evidencedesk.domain.errors import Code, Known
from evidencedesk.domain.letter import LetterKind, MadeLetter, Sender
from evidencedesk.workflows.desk import Desk
from evidencedesk.workflows.letters.desk_of_letters import (
    changing_file,
    copy_template,
    forget_sender,
    own_template,
    put_out,
    read_changed,
    remember_sender,
    remembered_sender,
    sender_file,
    set_template_aside,
)
from evidencedesk.workflows.letters.keep_letter import keep_letter, mark_sent, save_copy
from evidencedesk.workflows.letters.make_letter import draft_letter, make_letter
from fakes.word_templates import template, words_in

KIND = LetterKind.REGULATOR


def letter(desk: Desk, case: Case, kind: LetterKind = KIND) -> MadeLetter:
    return make_letter(desk, case.id, draft_letter(desk, case.id, kind, "zh").form)


def own(desk: Desk, *paragraphs: str) -> Path:
    path = copy_template(desk, KIND, "zh")
    path.write_bytes(template(*paragraphs))
    return path


def test_a_kept_letter_is_the_file_that_was_shown_with_a_planned_step(desk: Desk, case: Case) -> None:
    made = letter(desk, case)

    kept = keep_letter(desk, case.id, made)

    file = desk.store.case_file(case.id)
    step = file.follow_ups[0]
    path = desk.case_folder(case.id) / "attachments" / kept.id / kept.stored_name
    assert path.read_bytes() == made.content
    assert file.attachments == (kept,)
    assert (kept.kind, kept.follow_up) == (AttachmentKind.LETTER, step.id)
    assert kept.template.startswith("delivered:zh/regulator.docx sha256:")
    assert (step.details.step, step.details.progress) == (Step.COMPLAINT, Progress.PLANNED)
    assert step.details.whom == made.form.addressee


def test_a_letter_goes_to_the_step_that_is_named(desk: Desk, case: Case) -> None:
    first = keep_letter(desk, case.id, letter(desk, case))

    second = keep_letter(desk, case.id, letter(desk, case), first.follow_up)

    assert second.follow_up == first.follow_up
    assert len(desk.store.case_file(case.id).follow_ups) == 1


def test_a_step_that_is_not_there_is_refused_and_nothing_is_kept(desk: Desk, case: Case) -> None:
    with pytest.raises(Known) as caught:
        keep_letter(desk, case.id, letter(desk, case), "f-99999999")

    assert caught.value.code is Code.UNKNOWN_ITEM
    assert desk.store.case_file(case.id).attachments == ()


def test_a_letter_that_went_out_is_done_with_its_receipt(desk: Desk, case: Case) -> None:
    kept = keep_letter(desk, case.id, letter(desk, case))
    assert kept.follow_up is not None

    mark_sent(desk, case.id, kept.follow_up, "2026-11-26T02:00:00.000000Z", 480, "EMS 123")

    details = desk.store.case_file(case.id).follow_ups[0].details
    assert (details.progress, details.receipt) == (Progress.DONE, "EMS 123")
    assert details.done_utc == "2026-11-26T02:00:00.000000Z"


def test_the_users_data_are_in_the_library_only_if_wanted_and_never_in_the_journal(
    desk: Desk, case: Case
) -> None:
    assert not sender_file(desk).exists()
    remember_sender(desk, Sender("李四", "某路 1 号", "138 1111 2222", "110105194912310021"))

    form = draft_letter(desk, case.id, KIND, "zh").form
    keep_letter(desk, case.id, make_letter(desk, case.id, form))

    assert form.sender.name == "李四"
    assert sender_file(desk) == desk.library / "letters" / "sender.json"
    journal = "\n".join(json.dumps(e.data, ensure_ascii=False) for e in desk.store.events(case.id))
    assert "李四" not in journal
    assert "110105194912310021" not in journal
    forget_sender(desk)
    assert remembered_sender(desk) == Sender()


@pytest.mark.parametrize("content", ["", "[]", "{", '{"name": 5}'])
def test_a_file_of_data_that_is_damaged_counts_as_none(desk: Desk, content: str) -> None:
    remember_sender(desk, Sender("李四"))
    sender_file(desk).write_text(content, encoding="utf-8")

    assert remembered_sender(desk).address == ""


def test_an_own_template_is_used_and_named(desk: Desk, case: Case) -> None:
    own(desk, "我的信：{{ creditor }}")

    made = letter(desk, case)

    assert made.own
    assert "我的信：某某消费金融" in words_in(made.content)
    assert made.template.startswith("own:zh/regulator.docx sha256:")
    assert made.missing == ()


def test_changing_a_template_twice_keeps_the_changes(desk: Desk) -> None:
    path = own(desk, "mine")

    assert copy_template(desk, KIND, "zh") == path
    assert path.read_bytes() == template("mine") or "mine" in words_in(path.read_bytes())


def test_a_broken_own_template_says_what_and_the_delivered_one_still_works(desk: Desk, case: Case) -> None:
    own(desk, "{{ creditr }}")
    form = draft_letter(desk, case.id, KIND, "zh").form

    with pytest.raises(Known) as caught:
        make_letter(desk, case.id, form)

    assert caught.value.code is Code.TEMPLATE_FIELD
    assert caught.value.facts["item"] == "creditr"
    assert not make_letter(desk, case.id, form, delivered=True).own


def test_an_own_template_laid_aside_stays_beside(desk: Desk, case: Case) -> None:
    own(desk, "mine")

    aside = set_template_aside(desk, KIND, "zh")

    assert aside is not None
    assert aside.is_file()
    assert not own_template(desk, KIND, "zh").exists()
    assert not letter(desk, case).own


def test_a_letter_changed_elsewhere_is_read_back(desk: Desk, case: Case) -> None:
    made = letter(desk, case)
    path = changing_file(desk, case.id, made.form)
    assert put_out(desk, path, made.content) == path
    path.write_bytes(template("changed in Word"))

    assert "changed in Word" in words_in(read_changed(path))
    path.unlink()
    with pytest.raises(Known) as caught:
        read_changed(path)
    assert caught.value.code is Code.LETTER_NOT_WORD


def test_a_copy_never_replaces_another_file(desk: Desk, case: Case, tmp_path: Path) -> None:
    made = replace(letter(desk, case), name="信.docx")

    first, second = save_copy(made.name, made.content, tmp_path), save_copy(made.name, b"2", tmp_path)

    assert (first.name, second.name) == ("信.docx", "信 (2).docx")
    assert first.read_bytes() == made.content
