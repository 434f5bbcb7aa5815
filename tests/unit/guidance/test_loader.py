"""A pack with a mistake is refused, and the refusal says where the mistake is."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.rules import Begins, CheckKind, Confidence, Helper, Phase, Status, Topic, Unit
from evidencedesk.guidance.loader import PACK_BYTES, load_pack, load_packs
from samples.pack_mistakes import GOOD, MISTAKES, WHOLE

TWIN = GOOD[GOOD.index("[[items]]") :]


def write(folder: Path, content: str | bytes, name: str = "example.toml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_good_pack_is_read_whole(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, GOOD))
    (item,) = pack.items
    assert (pack.id, pack.version, pack.jurisdiction, pack.status) == (
        "uk-example",
        "2.1",
        "GB",
        Status.LAW,
    )
    assert (str(pack.dated), str(pack.in_force), str(pack.reviewed)) == (
        "2014-04-01",
        "2014-04-01",
        "2026-11-23",
    )
    assert pack.applies_to is not None
    assert item.phases == (Phase.DOOR, Phase.CONVERSATION)
    assert item.check.kind is CheckKind.AUTOMATIC
    assert item.check.parameter("closed_from") == "22:00"
    assert item.sources[0].document.en == "Handbook"
    assert item.say is None
    assert pack.hotlines[0].danger
    assert pack.markers[0].item == "not-late"


def test_a_pack_with_everything_is_read_whole(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path, WHOLE))
    assert str(pack.review_by) == "2027-11-23"
    assert [(marker.id, marker.item, marker.own) for marker in pack.markers] == [
        ("threat", "not-late", False),
        ("showed-mine", "", True),
    ]
    assert pack.item("papers-match").check.helpers == (
        Helper("names-match"),
        Helper("identity-order", (("marker", "showed-mine"),)),
        Helper("evidence-first", (("item", "not-late"),)),
    )
    assert pack.item("papers-match").check.kind is CheckKind.TICK
    (caution,), (deadline,), (sender,) = pack.cautions, pack.deadlines, pack.senders
    assert (caution.topic, caution.items) == (Topic.NEGOTIATING, ("not-late",))
    assert (deadline.begins, deadline.length, deadline.unit, deadline.numbers) == (
        Begins.COMPLAINT,
        7,
        Unit.WORKING_DAYS,
        ("12315",),
    )
    assert deadline.sources[0].place.en == "art. 4"
    assert (sender.prefix, sender.confidence) == ("1068", Confidence.VERIFIED)
    assert pack.consent is not None
    assert pack.consent.places == ("US-CA", "US-WA")
    assert pack.consent.otherwise.en == "No list says so"


def test_a_pack_needs_no_markers_hotlines_or_private_things(tmp_path: Path) -> None:
    begin, end = GOOD.index("[[markers]]"), GOOD.index("[[items]]")
    bare = (GOOD[:begin] + GOOD[end:]).replace('keep_private = { zh = "密码", en = "Passwords" }\n', "")
    pack = load_pack(write(tmp_path, bare))
    assert (pack.markers, pack.hotlines, pack.keep_private, pack.consent) == ((), (), None, None)


def test_an_array_that_is_there_says_something(tmp_path: Path) -> None:
    begin, end = GOOD.index("[[markers]]"), GOOD.index("[[hotlines]]")
    empty = GOOD[:begin].replace("[[documents]]", "markers = []\n[[documents]]", 1) + GOOD[end:]
    with pytest.raises(Unreadable) as caught:
        load_pack(write(tmp_path, empty))
    assert caught.value.facts["reason"] == "empty: markers"


@pytest.mark.parametrize("rule", ["evidence-linked", "notice-before-visit", "receipt-per-payment"])
@pytest.mark.parametrize("kind", ["automatic", "suggest"])
def test_what_earlier_packs_only_suggested_is_read_both_ways(tmp_path: Path, rule: str, kind: str) -> None:
    check = '"automatic", rule = "contact-hours", parameters = { closed_from = "22:00" }'
    pack = load_pack(write(tmp_path, GOOD.replace(check, f'"{kind}", rule = "{rule}"')))
    assert (pack.items[0].check.kind.value, pack.items[0].check.rule) == (kind, rule)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_and_named(tmp_path: Path, mistake: str) -> None:
    old, new, item, reason = MISTAKES[mistake]
    assert old in WHOLE
    with pytest.raises(Unreadable) as caught:
        load_pack(write(tmp_path, WHOLE.replace(old, new, 1)))
    assert caught.value.code is Code.PACK_INVALID
    assert caught.value.facts == {"file": "example.toml", "item": item, "reason": reason}


@pytest.mark.parametrize(
    ("more", "item", "reason"),
    [
        (TWIN, "not-late", "duplicate: items.id=not-late"),
        (TWIN.replace("not-late", "other"), "other", "duplicate: items.order=1"),
        ('[[groups]]\nid = "hours"\ntitle = { zh = "时", en = "H" }', "", "duplicate: groups.id=hours"),
        ('[[documents]]\nid = "book"\ntext = { zh = "书", en = "B" }', "", "duplicate: documents[2].id=book"),
        (
            '[[markers]]\nid = "other"\nkey = "F1"\ntext = { zh = "别", en = "O" }',
            "",
            "duplicate: markers.key=F1",
        ),
        (
            '[[markers]]\nid = "threat"\nkey = "F2"\ntext = { zh = "别", en = "O" }',
            "",
            "duplicate: markers.id=threat",
        ),
        (
            (
                '[[hotlines]]\nnumber = "999"\ntext = { zh = "别", en = "O" }\n'
                'danger = false\nconfidence = "reported"'
            ),
            "",
            "duplicate: hotlines.number=999",
        ),
        (
            '[[senders]]\nprefix = "106"\ntext = { zh = "通", en = "S" }\nconfidence = "verified"\n' * 2,
            "",
            "duplicate: senders.prefix=106",
        ),
        (
            (
                '[[cautions]]\nid = "care"\ntopic = "recording"\ntext = { zh = "小心", en = "Care" }\n'
                'sources = [{ document = "book", place = { zh = "1", en = "1" }, confidence = "verified" }]\n'
            )
            * 2,
            "",
            "duplicate: cautions.id=care",
        ),
        (
            (
                '[[deadlines]]\nid = "clock"\ntext = { zh = "时", en = "T" }\nbegins = "breach"\nlength = 3\n'
                'unit = "years"\n'
                'sources = [{ document = "book", place = { zh = "1", en = "1" }, confidence = "verified" }]\n'
            )
            * 2,
            "",
            "duplicate: deadlines.id=clock",
        ),
    ],
)
def test_twins_are_refused(tmp_path: Path, more: str, item: str, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load_pack(write(tmp_path, f"{GOOD}\n{more}"))
    assert (caught.value.facts["item"], caught.value.facts["reason"]) == (item, reason)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (GOOD.encode("gb18030"), "not-utf-8"),
        (GOOD.encode() + b"= = =", "not-toml"),
        (b'id = "a"\nid = "b"', "not-toml"),
        (b"x = " + b"[" * 100_000, "not-toml"),
        (b"#" * (PACK_BYTES + 1), "too-large"),
        (b"", "missing: documents"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load_pack(write(tmp_path, content))
    assert str(caught.value.facts["reason"]).startswith(reason)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        load_pack(tmp_path / "gone.toml")
    assert str(caught.value.facts["reason"]).startswith("unreadable")


def test_packs_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("uk-example", "second"), "b.toml")
    write(tmp_path, GOOD.replace("uk-example", "first"), "a.toml")
    write(tmp_path, "not a pack", "readme.txt")
    assert [pack.id for pack in load_packs(tmp_path)] == ["first", "second"]


def test_two_packs_with_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.toml")
    write(tmp_path, GOOD, "b.toml")
    with pytest.raises(Unreadable) as caught:
        load_packs(tmp_path)
    assert caught.value.facts == {"file": "b.toml", "item": "uk-example", "reason": "duplicate: id"}
