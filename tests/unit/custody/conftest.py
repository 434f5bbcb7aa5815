"""One exported case for all tests here; each test tampers with a copy of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fakes.case_folders import BuiltCase, build_case


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltCase:
    return build_case(tmp_path_factory.mktemp("library") / "c-00000001")


@pytest.fixture(scope="session")
def exported(built: BuiltCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.export(tmp_path_factory.mktemp("export") / "来分期 case")


@pytest.fixture
def folder(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "copy")
