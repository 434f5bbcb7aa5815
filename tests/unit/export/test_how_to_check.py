"""The instructions are in both languages, and their commands do what they say."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from evidencedesk.export.how_to_check import how_to_check
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Language, Words
from fakes.case_folders import BuiltCase


@pytest.mark.parametrize(("language", "first"), [("zh", "不用"), ("en", "How to check")])
def test_both_languages_are_there_the_chosen_one_first(language: Language, first: str) -> None:
    text = how_to_check(Words(language, resource("locale")))
    assert text.startswith(first)
    assert "How to check" in text
    assert re.search("[\u4e00-\u9fff]", text)


def test_every_file_it_names_is_in_the_folder(built: BuiltCase, tmp_path: Path) -> None:
    folder = built.export(tmp_path / "out")
    text = how_to_check(Words("en", resource("locale")))
    for name in (
        "tagmanifest-sha256.txt",
        "manifest-sha256.txt",
        "data/journal.jsonl",
        "signatures/checkpoint.json",
    ):
        assert name in text
        assert (folder / name).is_file()


def test_the_command_for_the_journal_s_head_gives_the_checkpoint_s_hash(
    built: BuiltCase, tmp_path: Path
) -> None:
    folder = built.export(tmp_path / "out")
    text = how_to_check(Words("en", resource("locale")))
    (command,) = {line.strip() for line in text.splitlines() if line.strip().startswith("tail ")}
    done = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=True)
    head = json.loads((folder / "signatures/checkpoint.json").read_bytes())["head"]
    assert done.stdout.split()[0] == head["hash"]
