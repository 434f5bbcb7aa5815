from __future__ import annotations

from pathlib import Path

import pytest

from evidencedesk.cli.session import session_for
from evidencedesk.system.places import config_file
from evidencedesk.system.settings import Settings, save_settings


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("arguments", "language", "as_json"),
    [
        ([], "en", False),
        (["--language", "zh", "cases"], "zh", False),
        (["cases", "--language=zh", "--json"], "zh", True),
        (["--language", "zh", "cases", "--language", "en"], "en", False),
        (["note", "c-1", "--", "--json", "--language=zh"], "en", False),
        (["cases", "--language"], "en", False),
        (["cases", "--language", "fr"], "en", False),
        (["note", "c-1", "zh"], "en", False),
    ],
)
def test_language_and_json_are_known_before_anything_else(
    arguments: list[str], language: str, as_json: bool
) -> None:
    session = session_for(arguments)
    assert (session.words.language, session.output.as_json) == (language, as_json)


def test_the_library_comes_from_the_environment(library: Path) -> None:
    assert session_for([]).library == library


@pytest.mark.usefixtures("library")
def test_the_language_chosen_in_the_window_counts_here_too() -> None:
    save_settings(config_file(), Settings(language="zh"))
    assert session_for([]).words.language == "zh"
    assert session_for(["--language", "en"]).words.language == "en"


@pytest.mark.usefixtures("library")
def test_settings_that_cannot_be_read_are_reported_and_do_not_stop_the_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_bytes(b"{")
    assert session_for([]).words.language == "en"
    assert "were set aside" in capsys.readouterr().err
