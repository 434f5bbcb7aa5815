"""A pack may come from anywhere: whatever is in it, it is read or refused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.loader import PackMistake, examine
from evidencedesk.guidance.toml_lines import line_of
from samples.pack_mistakes import WHOLE

LINES = WHOLE.splitlines()


def read_or_refused(content: bytes) -> None:
    found = examine(content)
    if isinstance(found, PackMistake):
        line = line_of(content, found.reason, found.where)
        assert line is None or 1 <= line <= content.count(b"\n") + 1
    else:
        assert isinstance(found, RulePack)


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    read_or_refused(content)


@given(st.sets(st.integers(0, len(LINES) - 1), max_size=6))
def test_a_pack_without_some_of_its_lines(gone: set[int]) -> None:
    read_or_refused("\n".join(line for number, line in enumerate(LINES) if number not in gone).encode())


@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 12),
    st.text(alphabet='[]{}"=.,\n#\u202e0aF\x00', max_size=6),
)
def test_a_pack_with_other_characters_somewhere(at: int, length: int, instead: str) -> None:
    read_or_refused((WHOLE[:at] + instead + WHOLE[at + length :]).encode())
