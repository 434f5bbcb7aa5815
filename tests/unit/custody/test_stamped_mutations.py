"""One thing at random is done to the stamped folder; the long form is ``make mutations``."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.verify import verify_folder
from fakes.golden import golden_folder
from fuzz.mutations import ALONE, Mutation, delete, flip, rename, run, swap, truncate

Kind = Callable[[Path, str, random.Random], Mutation]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return golden_folder(tmp_path_factory.mktemp("golden"))


def test_each_of_three_hundred_changes_is_named() -> None:
    done, missed = run("signed and stamped", range(1, 301))
    assert missed == []
    assert done.total() == 300
    assert len(done) == 6, "every kind occurs"


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("kind", [flip, truncate, delete, rename, swap])
def test_a_list_that_nobody_vouches_for_is_not_changed_unseen(folder: Path, name: str, kind: Kind) -> None:
    for seed in range(12):
        mutation = kind(folder, name, random.Random(seed))
        try:
            assert verify_folder(folder, read_pcm).faults, mutation
        finally:
            mutation.undo()


@pytest.mark.parametrize("name", ALONE)
def test_nor_is_any_byte_of_it(folder: Path, name: str) -> None:
    path, content = folder / name, (folder / name).read_bytes()
    unseen = []
    for at in range(0, len(content), 11):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x20]) + content[at + 1 :])
        if not verify_folder(folder, read_pcm).faults:
            unseen.append(at)
    path.write_bytes(content)
    assert unseen == []


def test_both_lists_gone_is_not_unseen(folder: Path, tmp_path: Path) -> None:
    for name in ALONE:
        (folder / name).rename(tmp_path / Path(name).name)
    try:
        assert verify_folder(folder, read_pcm).faults
    finally:
        for name in ALONE:
            (tmp_path / Path(name).name).rename(folder / name)
