"""The evidence list: numbered by group, complete, and a draft where only the party knows."""

from __future__ import annotations

from dataclasses import replace

from evidencedesk.domain.case import CaseFile
from evidencedesk.export.papers.evidence_items import Group, evidence_groups, numbers_by_id
from evidencedesk.export.papers.material import StampFact
from evidencedesk.export.papers.telling import Telling
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from samples.collection_visit import sample_case
from samples.paper_material import empty_case, imported_sound, sample_material


def groups(case_file: CaseFile | None = None, stamps: tuple[StampFact, ...] = ()) -> tuple[Group, ...]:
    material = sample_material(case_file, stamps=stamps)
    return evidence_groups(Telling(material, Words("zh", resource("locale"))))


def test_everything_is_numbered_by_group() -> None:
    case_file = replace(sample_case(), imported=(imported_sound(),))
    assert [[item.number for item in group.items] for group in groups(case_file)] == [
        ["1-1", "1-2"],
        ["2-1"],
        ["3-1", "3-2"],
        ["4-1", "4-2", "4-3"],
    ]


def test_groups_without_anything_take_no_number() -> None:
    assert numbers_by_id(groups()) == {
        "r-00000001": "1-1",
        "r-00000002": "1-2",
        "a-00000001": "2-1",
        "a-00000002": "2-2",
        "report": "3-1",
        "transcript": "3-2",
        "journal": "3-3",
    }


def test_a_recording_has_file_length_hash_and_stamp_in_its_remarks() -> None:
    item = groups()[0].items[0]
    remarks = "\n".join(item.remarks)
    assert "data/recordings/r-00000001/audio.flac" in remarks
    assert "时长：00:00:24" in remarks
    assert f"SHA-256：{sample_case().recordings[0].file_sha256}" in remarks
    assert "时间戳编号：无" in remarks
    assert "模拟录音，不作证据" in remarks


def test_stamps_are_counted() -> None:
    stamp = StampFact("freetsa", "签名", "2026-11-25T01:21:00.000000Z", "已取得")
    waiting = replace(stamp, utc="", state="等待")
    assert "时间戳：1 个，见取证说明第 8 部分" in groups(stamps=(stamp, waiting))[0].items[0].remarks


def test_what_it_proves_is_drafted_from_the_marks_that_stand() -> None:
    proves = "\n".join(groups()[0].items[0].proves)
    assert "2026-11-23 上门" in proves
    assert "某某消费金融有限公司" in proves
    assert "00:00:06" in proves
    assert "00:00:13" not in proves, "this mark was withdrawn"


def test_an_empty_case_has_nothing_to_list() -> None:
    assert groups(empty_case()) == ()
