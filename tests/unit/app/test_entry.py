"""What a start leads to: the window, the command line, or one of our own processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidencedesk.app import entry
from evidencedesk.domain.case import Mode


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--record"], True),
        (["--record", "visit"], True),
        (["--record", "call", "--library", "/x"], True),
        (["--record", "cases"], False),
        (["--library", "/x"], True),
        (["--library=/x", "--record"], True),
        (["--library", "/x", "cases"], False),
        (["--library=/x", "cases"], False),
        (["--help"], False),
        (["record"], False),
        (["--json", "cases"], False),
    ],
)
def test_without_a_command_the_window_opens(arguments: list[str], window: bool) -> None:
    assert entry.wants_window(arguments) is window


def test_every_mode_can_be_asked_for_at_the_start() -> None:
    assert set(entry.RECORD_MODES) == {mode.value for mode in Mode}


def test_a_frozen_program_starts_its_own_processes_by_option(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evidencedesk", "--list-process"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PULSE_SERVER": str(tmp_path / "nobody")},
    )
    assert done.returncode in (0, 3), done.stderr
    if done.returncode == 0:
        assert isinstance(json.loads(done.stdout), list)


def test_without_a_screen_there_is_a_sentence_and_no_crash() -> None:
    clean = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "evidencedesk"],
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "LANG": "en_US.UTF-8"},
    )
    assert done.returncode == 3
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_shell_that_completes_a_line_is_answered_without_a_window() -> None:
    asked = {"_EVIDENCEDESK_COMPLETE": "bash_complete", "COMP_WORDS": "evidencedesk ver", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "evidencedesk"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **asked},
    )
    assert done.stdout == "plain,verify\n"


def test_the_command_line_does_not_load_the_window() -> None:
    code = (
        "import sys; from evidencedesk.app.entry import main; main(['--version']);"
        "print([m for m in sys.modules if m.startswith('PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_the_window_is_painted_before_database_sound_and_workflows_are_loaded() -> None:
    code = (
        "import sys; import evidencedesk.app.window;"
        "heavy = ('sqlalchemy', 'alembic', 'sounddevice', 'soundfile', 'numpy', 'evidencedesk.workflows');"
        "print([m for m in sys.modules if m.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_only_papers_letters_and_copies_need_is_not_loaded_before_the_red_button_works() -> None:
    code = (
        "import sys; import evidencedesk.app.window, evidencedesk.app.services, evidencedesk.app.pages;"
        "later = ('alembic', 'docx', 'docxtpl', 'mammoth', 'typst', 'keyring', 'pyrage', 'icalendar');"
        "print([m for m in sys.modules if m.partition('.')[0] in later])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_paint_waits_for_no_fact_about_cases_and_rules() -> None:
    code = (
        "import sys; import evidencedesk.app.window;"
        "late = ('domain.case', 'domain.rules', 'domain.debt', 'domain.pulse', 'wording.labels', 'guidance');"
        "print([m for m in sys.modules for one in late if m.startswith('evidencedesk.' + one)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_paint_loads_three_libraries_of_qt_and_little_of_ours() -> None:
    code = (
        "import sys; import evidencedesk.app.first_paint;"
        "qt = ('PySide6.QtCore', 'PySide6.QtGui', 'PySide6.QtWidgets');"
        "late = ('record', 'lock', 'start', 'messages', 'background', 'kit.rail', 'theme.sheet');"
        "print([m for m in sys.modules if m.startswith('PySide6.Qt') and m not in qt]"
        "+ [m for m in sys.modules for one in late if m.startswith('evidencedesk.ui.' + one)]"
        "+ [m for m in ('hashlib', 'evidencedesk.wording.errors') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
