"""One thing at random is done to a folder, or to its ZIP; the long form is ``make mutations``."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.unpacked import unpacked
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.zip_refusal import Refused
from evidencedesk.export.zip_folder import zip_chunks
from fakes.archives import archive, members_of
from fakes.case_folders import file_names
from fuzz.mutations import KINDS, is_named, mutate

quickly = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def work(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "work")


@quickly
@given(seed=st.integers(0, 2**32))
def test_a_random_change_of_a_folder_is_named(work: Path, seed: int) -> None:
    mutation = mutate(work, seed)
    try:
        assert is_named(verify_folder(work, read_pcm), mutation), mutation
    finally:
        mutation.undo()


def test_every_kind_of_change_occurs_and_is_undone(work: Path) -> None:
    before = {name: (work / name).read_bytes() for name in file_names(work)}
    kinds = set()
    for seed in range(60):
        mutation = mutate(work, seed)
        kinds.add(mutation.kind)
        assert {name: (work / name).read_bytes() for name in file_names(work)} != before
        mutation.undo()
    assert kinds == {kind.__name__ for kind in KINDS}
    assert {name: (work / name).read_bytes() for name in file_names(work)} == before


@pytest.fixture(scope="module", params=["stored", "compressed"])
def packed(request: pytest.FixtureRequest, exported: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if request.param == "stored":
        return b"".join(zip_chunks(exported))
    return archive(members_of(exported, f"{exported.name}/", deflated=True))


@quickly
@given(data=st.data())
def test_a_changed_byte_in_a_zip_is_refused_or_changes_nothing(
    packed: bytes, exported: Path, data: st.DataObject
) -> None:
    """What no reader uses, such as the hour in an entry's header, may change; the content may not."""
    at = data.draw(st.integers(0, len(packed) - 1), label="at")
    mask = data.draw(st.integers(1, 255), label="mask")
    changed = packed[:at] + bytes([packed[at] ^ mask]) + packed[at + 1 :]
    try:
        with unpacked(io.BytesIO(changed)) as content:
            names = file_names(content)
            told = {name: (content / name).read_bytes() for name in names}
    except Refused:
        return
    assert told == {
        f"{exported.name}/{name}": (exported / name).read_bytes() for name in file_names(exported)
    }
