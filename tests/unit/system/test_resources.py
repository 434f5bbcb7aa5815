from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.system import resources
from evidencedesk.system.resources import resource


@pytest.mark.parametrize("name", ["packs", "locale", "demo/visit.flac"])
def test_what_ships_is_found_in_a_checkout(name: str) -> None:
    assert resource(*name.split("/")).exists()


def test_what_is_inside_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "packs").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resource("packs") == tmp_path / "packs"
    assert resource("demo", "visit.flac").parent.name == "demo"


@pytest.mark.parametrize("name", ["..", "packs/../../x", "/etc/passwd", "..\\x", "packs\\..\\x"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not inside"):
        resource(name)


def test_a_missing_name_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-thing"):
        resource("no-such-thing")
