"""A pack with a mistake is refused, and the refusal says where the mistake is."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.domain.errors import Code, Unreadable
from evidencedesk.domain.rules import CheckKind, Phase, Status
from evidencedesk.guidance.loader import PACK_BYTES, load_pack, load_packs

GOOD = """
id = "uk-example"
version = "2.1"
jurisdiction = "GB"
status = "law"
dated = 2014-04-01
reviewed = 2026-11-23
in_force = 2014-04-01
title = { zh = "例子", en = "Example" }
about = { zh = "关于", en = "About" }
applies_to = { zh = "债务催收公司", en = "Debt collection firms" }
keep_private = { zh = "密码", en = "Passwords" }

[[documents]]
id = "book"
text = { zh = "手册", en = "Handbook" }

[[groups]]
id = "hours"
title = { zh = "时间", en = "Hours" }

[[markers]]
id = "threat"
key = "F1"
text = { zh = "威胁", en = "Threat" }
item = "not-late"

[[hotlines]]
number = "999"
text = { zh = "警察", en = "Police" }
danger = true
confidence = "verified"

[[items]]
id = "not-late"
phases = ["door", "conversation"]
who = "collector_must_not"
group = "hours"
order = 1
text = { zh = "不太晚", en = "Not late" }
hint = { zh = "提示", en = "Hint" }
sources = [{ document = "book", place = { zh = "第 1 条", en = "art. 1" }, confidence = "reported" }]
check = { kind = "automatic", rule = "contact-hours", parameters = { closed_from = "22:00" } }
"""
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


# What is changed in the good pack, the item it is named by, and the reason given.
MISTAKES = {
    "a key is missing": ('version = "2.1"\n', "", "", "missing: version"),
    "an item's key is missing": ('group = "hours"\n', "", "not-late", "missing: items[1].group"),
    "an item has no id": ('[[items]]\nid = "not-late"\n', "[[items]]\n", "items[1]", "missing: items[1].id"),
    "a language is missing": ('zh = "不太晚", ', "", "not-late", "missing: items[1].text.zh"),
    "a text is empty": ('"Not late"', '"  "', "not-late", "empty: items[1].text.en"),
    "a text has line breaks": ('"Not late"', '"Not\\nlate"', "not-late", "not-one-line: items[1].text.en"),
    "a hint is half": ('hint = { zh = "提示", en', "hint = { en", "not-late", "missing: items[1].hint.zh"),
    "a phase is unknown": ('"door"', '"window"', "not-late", "unknown-value: items[1].phases=window"),
    "a phase stands twice": ('"door"', '"conversation"', "not-late", "duplicate: items[1].phases"),
    "any is not alone": ('"door"', '"any"', "not-late", "any-stands-alone: items[1].phases"),
    "phases are empty": ('["door", "conversation"]', "[]", "not-late", "empty: items[1].phases"),
    "phases are no list": ('["door", "conversation"]', '"door"', "not-late", "wrong-type: items[1].phases"),
    "a duty is unknown": (
        '"collector_must_not"',
        '"neighbour"',
        "not-late",
        "unknown-value: items[1].who=neighbour",
    ),
    "a group is unknown": (
        'group = "hours"',
        'group = "manner"',
        "not-late",
        "unknown-value: items[1].group=manner",
    ),
    "an order is zero": ("order = 1", "order = 0", "not-late", "out-of-range: items[1].order"),
    "an order is text": ("order = 1", 'order = "1"', "not-late", "wrong-type: items[1].order"),
    "an order is true": ("order = 1", "order = true", "not-late", "wrong-type: items[1].order"),
    "a check is unknown": ('"automatic"', '"magic"', "not-late", "unknown-value: items[1].check.kind=magic"),
    "a rule is unknown": (
        '"contact-hours"',
        '"moon-phase"',
        "not-late",
        "unknown-rule: items[1].check.rule=moon-phase",
    ),
    "a rule is of another kind": (
        '"automatic"',
        '"suggest"',
        "not-late",
        "unknown-rule: items[1].check.rule=contact-hours",
    ),
    "automatic has no rule": (
        'rule = "contact-hours", ',
        "",
        "not-late",
        "missing: items[1].check.rule",
    ),
    "automatic has no parameters": (
        ', parameters = { closed_from = "22:00" }',
        "",
        "not-late",
        "missing: items[1].check.parameters.closed_from|closed_until",
    ),
    "parameters are no table": (
        '{ closed_from = "22:00" }',
        '"22:00"',
        "not-late",
        "wrong-type: items[1].check.parameters",
    ),
    "a parameter is unknown": (
        "{ closed_from",
        '{ colour = "red", closed_from',
        "not-late",
        "unknown-key: items[1].check.parameters.colour",
    ),
    "an hour is impossible": (
        '"22:00"',
        '"24:00"',
        "not-late",
        "bad-value: items[1].check.parameters.closed_from=24:00",
    ),
    "a tick has a rule": ('"automatic"', '"tick"', "not-late", "tick-needs-no-rule: items[1].check"),
    "a suggestion lacks what it needs": (
        '"automatic", rule = "contact-hours", parameters = { closed_from = "22:00" }',
        '"suggest", rule = "sender-prefix"',
        "not-late",
        "missing: items[1].check.parameters.prefix",
    ),
    "a source is unverified": (
        '"reported"',
        '"unverified"',
        "not-late",
        "unknown-value: items[1].sources[1].confidence=unverified",
    ),
    "a document is unknown": (
        'document = "book"',
        'document = "film"',
        "not-late",
        "unknown-value: items[1].sources[1].document=film",
    ),
    "sources are empty": (
        '[{ document = "book", place = { zh = "第 1 条", en = "art. 1" }, confidence = "reported" }]',
        "[]",
        "not-late",
        "empty: items[1].sources",
    ),
    "sources are no list": (
        '[{ document = "book", place = { zh = "第 1 条", en = "art. 1" }, confidence = "reported" }]',
        '"book"',
        "not-late",
        "wrong-type: items[1].sources",
    ),
    "an item's key is unknown": (
        "order = 1",
        "order = 1\nodrer = 2",
        "not-late",
        "unknown-key: items[1].odrer",
    ),
    "a text's key is unknown": (
        '"Not late"',
        '"Not late", fr = "Pas"',
        "not-late",
        "unknown-key: items[1].text.fr",
    ),
    "a key is unknown": ('id = "uk-example"', 'id = "uk-example"\ncolour = "red"', "", "unknown-key: colour"),
    "a date is text": ("dated = 2014-04-01", 'dated = "2014-04-01"', "", "bad-date: dated"),
    "a date has a time": ("dated = 2014-04-01", "dated = 2014-04-01T00:00:00", "", "bad-date: dated"),
    "a pack id is odd": ('"uk-example"', '"../x"', "", "bad-value: id=../x"),
    "a version is odd": ('"2.1"', '"newest"', "", "bad-value: version=newest"),
    "a country is odd": ('"GB"', '"Britain"', "", "bad-value: jurisdiction=Britain"),
    "a status is unknown": ('"law"', '"rumour"', "", "unknown-value: status=rumour"),
    "a title is text": ('{ zh = "例子", en = "Example" }', '"Example"', "", "wrong-type: title"),
    "a title is a number": ('zh = "例子"', "zh = 7", "", "wrong-type: title.zh"),
    "a marker names no item": (
        'item = "not-late"',
        'item = "gone"',
        "",
        "unknown-value: markers[1].item=gone",
    ),
    "a marker's key is odd": ('"F1"', '"Q"', "", "bad-value: markers[1].key=Q"),
    "a number is odd": ('"999"', '"nine"', "", "bad-value: hotlines[1].number=nine"),
    "danger is text": ("danger = true", 'danger = "yes"', "", "wrong-type: hotlines[1].danger"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_refused_and_named(tmp_path: Path, mistake: str) -> None:
    old, new, item, reason = MISTAKES[mistake]
    assert old in GOOD
    with pytest.raises(Unreadable) as caught:
        load_pack(write(tmp_path, GOOD.replace(old, new, 1)))
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
