"""A case as a library holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes.case_folders import BuiltCase, build_case


@pytest.fixture
def built(tmp_path: Path) -> BuiltCase:
    return build_case(tmp_path / "library" / "c-00000001")
