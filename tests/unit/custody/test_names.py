"""Which names are safe on every system, and which look alike."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.custody.manifests import MANIFEST, manifest_line, read_manifest
from evidencedesk.custody.names import look_alike_key, unsafe_because


@pytest.mark.parametrize(
    "path",
    [
        "data/合同 100%.pdf",
        "data/~x",
        "bagit.txt",
        "data/.hidden",
        "data/a b",
        "data/console",
        "data/com10",
        "data/" + "中" * 85,
        "/".join("d" * 32),
    ],
)
def test_ordinary_names_are_safe(path: str) -> None:
    assert unsafe_because(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "~/a",
        "..",
        "a/..",
        "a/../b",
        ".",
        "a//b",
        "a/",
        "a\\b",
        "C:x",
        "a|b",
        "a?b",
        "a*b",
        '"',
        "<",
        ">",
        "a\x00",
        "a\x1f",
        "a\x7f",
        "a\x85",
        "\u202e",
        "\u2066",
        "\u200f",
        "\ud800",
        "NUL",
        "com1.txt",
        "LPT³",
        "a.",
        "a ",
        "中" * 86,
        "d/" * 600,
        "/".join("d" * 33),
    ],
)
def test_dangerous_names_say_why(path: str) -> None:
    assert unsafe_because(path)


@given(st.text(max_size=300))
def test_a_safe_name_stays_inside_the_folder_everywhere(path: str) -> None:
    if unsafe_because(path) == "":
        assert (Path("/root") / path).resolve().is_relative_to("/root")
        windows = PureWindowsPath(path)
        assert not windows.is_absolute()
        assert not windows.drive
        assert ".." not in windows.parts


@pytest.mark.parametrize(
    ("one", "other"), [("a", "A"), ("é", "e\u0301"), ("Ａ.txt", "a.TXT"), ("ﬁ", "fi"), ("straße", "STRASSE")]
)
def test_look_alikes_have_one_key(one: str, other: str) -> None:
    assert look_alike_key(one) == look_alike_key(other)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_every_safe_name_survives_a_manifest(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = f"data/{name}"
    found: list[tuple[str, str, str, str]] = []
    root = tmp_path_factory.getbasetemp()
    (root / MANIFEST).write_bytes(manifest_line("0" * 64, path))
    entries = read_manifest(root, MANIFEST, {path}, lambda *finding: found.append(finding))
    if unsafe_because(path) == "":
        assert entries == {path: "0" * 64}
        assert found == []
    else:
        assert path not in entries
