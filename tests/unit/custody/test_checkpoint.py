from __future__ import annotations

import hashlib
import json

import pytest

from evidencedesk.custody.checkpoint import LINE_LIMIT, Checkpoint, SoundMark, Why, read_checkpoint
from evidencedesk.custody.journal import JournalHead

HASH = "ab" * 32
CHECKPOINT = Checkpoint(
    case="c-00000001",
    head=JournalHead(7, HASH),
    why=Why.RECORDING,
    utc="2026-11-23T14:00:00.123456Z",
    offset_minutes=480,
    device="cd" * 32,
    sounds=(SoundMark("r-00000001", 12, "ef" * 32, 480_000),),
)


def test_a_checkpoint_is_read_back_from_its_exact_bytes() -> None:
    assert read_checkpoint(CHECKPOINT.content()) == CHECKPOINT


def test_its_name_is_the_hash_of_what_is_signed_and_stamped() -> None:
    assert CHECKPOINT.id == hashlib.sha256(CHECKPOINT.content()).hexdigest()


def test_its_bytes_are_canonical() -> None:
    text = json.dumps(json.loads(CHECKPOINT.content()), sort_keys=True, separators=(",", ":"))
    assert CHECKPOINT.content() == text.encode()


def _changed(**fields: object) -> bytes:
    value = {**json.loads(CHECKPOINT.content()), **fields}
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        CHECKPOINT.content() + b"\n",
        b" " + CHECKPOINT.content(),
        _changed(v=2),
        _changed(why="because"),
        _changed(utc="yesterday"),
        _changed(offset_minutes=True),
        _changed(head={"seq": 7, "hash": "short"}),
        _changed(head={"seq": "7", "hash": HASH}),
        _changed(head=None),
        _changed(device="me"),
        _changed(device=7),
        _changed(sounds=None),
        _changed(sounds=[{"recording": "r-1"}]),
        _changed(sounds=[{"recording": "r-1", "line": 1.5, "hash": HASH, "samples": 1}]),
        _changed(extra=1),
        b"{" + b" " * LINE_LIMIT + b"}",
    ],
)
def test_whatever_else_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_checkpoint(content)
