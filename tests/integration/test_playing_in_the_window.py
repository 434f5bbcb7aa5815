"""The case page on a real library and sound server: press Space and hear it; record and it is silent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from evidencedesk.app.services import Services
from evidencedesk.domain.case import Mode
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import Settings
from evidencedesk.ui.background import Jobs
from evidencedesk.ui.cases.cases_page import CasesPage
from evidencedesk.ui.theme.theme import Theme
from evidencedesk.ui.words import UiWords
from evidencedesk.workflows.desk import open_desk
from evidencedesk.workflows.open_case import open_case
from evidencedesk.workflows.record_encounter import RecordEncounter
from evidencedesk.workflows.take_note import take_note
from fakes.listeners import RATE_HZ, Listener
from fakes.recordings import until
from fakes.sound_server import PrivateSoundServer
from fakes.sounds import second_of, stairs

pytestmark = pytest.mark.sound
PATIENCE_MS = 30_000


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer(tmp_path) as running:
        for name, value in running.env.items():
            monkeypatch.setenv(name, value)
        yield running


def heard_seconds(listener: Listener) -> set[int]:
    heard, step = listener.heard, RATE_HZ // 10
    found = (second_of(heard[at : at + step]) for at in range(0, len(heard) - step, step))
    return {round(one) for one in found if one is not None}


def test_a_recorded_visit_is_seen_heard_and_silenced_by_the_next_recording(
    qapp: QApplication, qtbot: QtBot, server: PrivateSoundServer, tmp_path: Path
) -> None:
    Theme(qapp, "light")
    stairs(tmp_path / "visit.wav", 12, 16_000)
    with open_desk(tmp_path / "library", SystemClock()) as desk:
        case = open_case(desk, "A", "", "")
        visit = RecordEncounter.begin(desk, Mode.VISIT, f"file:{tmp_path / 'visit.wav'}", case.id)
        until(lambda: visit.poll() and visit.finished, "it is recorded")
        (recording,) = desk.store.case_file(case.id).recordings
        take_note(desk, case.id, "he shouts", visit.encounter, recording.id, 8000)
        services = Services(desk, Settings(), tmp_path / "settings.json")
        with Jobs() as jobs, Jobs("sounds") as sounds:
            page = CasesPage(services, jobs, UiWords("en", resource("locale")), sounds=sounds)
            qtbot.addWidget(page)
            page.resize(1196, 800)
            page.show()
            page.show_case(case.id)
            player = page.player_presenter
            qtbot.waitUntil(lambda: bool(player.state.outlines), timeout=PATIENCE_MS)
            # Drawn at once from the cache the next time.
            assert services.outline_now(recording) is not None
            with Listener(server) as listener:
                qtbot.keyClick(page.review.timeline.table, Qt.Key.Key_Space)
                qtbot.waitUntil(lambda: player.at_ms > 1500, timeout=PATIENCE_MS)
                table = page.review.timeline.table
                row = next(row for row, line in enumerate(table.lines.lines) if line.text == "he shouts")
                table.selectRow(row)
                qtbot.keyClick(table, Qt.Key.Key_Return)
                qtbot.waitUntil(lambda: player.at_ms > 9200, timeout=PATIENCE_MS)
                assert table.lines.playing_row == row
                heard = heard_seconds(listener)
                assert {0, 1, 8, 9} <= heard
                assert not {3, 4, 5, 6} & heard
                # As the window does it when the red button is pressed.
                page.set_recording(True)
                live = services.begin(Mode.VISIT, "mic", "", case.id)
                assert not player.state.playing
                before = len(listener.heard)
                until(lambda: len(listener.heard) > before + RATE_HZ, "a second of what is heard now")
                assert float(abs(listener.heard[before + RATE_HZ // 2 :]).max()) == 0.0
                qtbot.keyClick(table, Qt.Key.Key_Space)
                assert not services.play_status().playing
                live.stop()
                until(lambda: live.poll() and live.finished, "the next visit is sealed")
                page.set_recording(False)
                qtbot.keyClick(table, Qt.Key.Key_Space)
                qtbot.waitUntil(lambda: services.play_status().playing, timeout=PATIENCE_MS)
            services.end_studies()
            services.close_stamping()
