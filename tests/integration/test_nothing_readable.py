"""Of a locked library nothing can be read from the disk: not what was there before, nor what came after."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from evidencedesk.custody.vault import VaultKeys
from evidencedesk.domain.vault import VaultState
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.export_case import export_case
from evidencedesk.workflows.lock_library import begin_locking, begin_unlocking, finish_conversion
from evidencedesk.workflows.verify_folder import verify
from fakes.used_library import SIGNATURES, found, readable, use

PASSPHRASE = "four words nobody knows"  # noqa: S105


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, with all the places in it where programs leave things."""
    home = tmp_path / "home"
    places = {
        "HOME": "",
        "TMPDIR": "tmp",
        "XDG_RUNTIME_DIR": "run",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
    }
    for variable, place in places.items():
        (home / place).mkdir(mode=0o700, parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(home / place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return home


def test_nothing_can_be_read_after_locking_and_after_working_in_it(home: Path, tmp_path: Path) -> None:
    library = home / "library"
    with open_desk(library, SystemClock()) as desk:
        before = use(desk, tmp_path / "outside-1", "甲子")
    hits = readable([home], before)
    # The control: the same search finds all of it in a plain library.
    missed = [text for text in before.texts if not any(text in hit for hit in hits)]
    assert missed == []
    assert all(any(repr(one) in hit for hit in hits) for one in SIGNATURES)
    assert sum("a piece of a file" in hit for hit in hits) >= len(before.pieces)

    with open_desk(library, SystemClock()) as desk:
        keys, _code = begin_locking(desk, PASSPHRASE)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
    assert readable([home], before) == []

    with open_desk(library, SystemClock(), keys=keys) as desk:
        assert desk.vault is not None
        facts = desk.vault.facts()
        assert facts is not None
        assert facts.state is VaultState.SEALED
        assert found(desk, before.texts[3]).hits
        after = use(desk, tmp_path / "outside-2", "乙丑")
        folder = export_case(desk, before.case, tmp_path / "case", Words("zh", resource("locale")))
    assert readable([home], before + after) == []
    assert verify(folder.path).faults == ()

    _everything_is_there_again(library, keys, [*before.texts[:4], *after.texts[:4]])
    hits = readable([home], before + after)
    # What the second use wrote over is gone in any case.
    assert [text for text in after.texts if not any(text in hit for hit in hits)] == []


def _everything_is_there_again(library: Path, keys: VaultKeys, texts: list[str]) -> None:
    with open_desk(library, SystemClock(), keys=keys) as desk:
        begin_unlocking(desk)
    with open_desk(library, SystemClock(), keys=keys) as desk:
        finish_conversion(desk)
    assert not (library / "vault.json").exists()
    with open_desk(library, SystemClock()) as desk:
        assert desk.store.check() == ()
        for text in texts:
            assert found(desk, text).hits
