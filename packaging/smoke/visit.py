"""A first visit in the window, by real mouse and keys: recorded, exported, heard again."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image
from smoke.desk import Desk, until
from smoke.root import HOME, USER_ID, Session

from evidencedesk.system.resources import resource
from evidencedesk.ui.help.texts import HelpTexts
from evidencedesk.wording.language import Language, Words

PROGRAM = "evidencedesk"
TOOLS = ("dbus", "at-spi2-core", "python3-gi", "gir1.2-atspi-2.0")
_BUS = f"unix:path=/run/user/{USER_ID}/bus"
_SEEN = "/tmp/seen.py"  # noqa: S108 - in a root where nobody else is
_KNOCKED_S, _RECORDED_S = 4, 14
_LARGEST = 300_000


NOTES = {"en": "They say the platform sent them", "zh": "对方自称受平台委托"}


class Visit:
    """The user of a session who looks by screen reader and touches by hand."""

    def __init__(self, user: Session, desk: Desk, language: Language, pictures: Path | None) -> None:
        self._user = user
        self._desk = desk
        self._language = language
        self._words = Words(language, resource("locale"))
        self._pictures = pictures
        self._library = f"{HOME}/visit-{language}"
        shutil.copy(Path(__file__).with_name("seen.py"), user.root.place(_SEEN))

    def make(self) -> None:
        """From the start page to the exported folder."""
        desk = self._desk
        self._user.start("dbus-daemon", "--session", f"--address={_BUS}", "--nofork")
        bus = self._user.root.place(f"/run/user/{USER_ID}/bus")
        until("a session bus", bus.exists)
        with desk.server.playing():
            self._user.start(PROGRAM, "--library", self._library, **self._environment())
            desk.window()
            self._find("Try it with a simulated visit")  # the library is open
            self._picture("1-start")
            desk.key("space")
            (sound,) = until("a recording", self._sounds)
            pulses = sound.with_name("pulse.jsonl")
            until("some seconds", lambda: pulses.read_bytes().count(b"\n") > _KNOCKED_S)
            self._write(NOTES[self._language])
            desk.key("F3")
            until("more seconds", lambda: pulses.read_bytes().count(b"\n") > _RECORDED_S)
            self._picture("2-recording")
            desk.key("ctrl+shift+s")
        self._click("Export the case folder")
        self._click("Export and check")
        self._find("Case folder written")
        desk.turn_up()
        self._picture("3-exported")
        self._listen()
        self._helps()

    def _helps(self) -> None:
        """The guides and the licences are in the program, too."""
        self._click("Help")
        for page in HelpTexts(self._language).pages:
            self._see(page.title)
        self._click("Settings")
        self._click("About")
        self._click("Components and licences…")
        self._see("alembic · ")

    def _listen(self) -> None:
        """What listens for speech is in the program: it says by what it found it."""
        self._click("Skip silence")
        place = self._user.root.place(self._library) / "cache" / "speech"
        found = until("speech was looked for", lambda: [path for path in place.rglob("*") if path.is_file()])
        made = json.loads(found[0].read_text("utf-8"))
        assert made["by"] == "silero", made

    def _environment(self) -> dict[str, str]:
        # Ten in the morning, whenever this runs: at night the program would speak of the hour, too.
        forenoon = f"DAY{time.gmtime().tm_hour - 10}"
        return {"DBUS_SESSION_BUS_ADDRESS": _BUS, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "TZ": forenoon}

    def _sounds(self) -> list[Path]:
        return list(self._user.root.place(self._library).glob("cases/*/recordings/*/audio.flac"))

    def _seen(self, text: str = "") -> Iterator[dict[str, Any]]:
        said = self._user.run("python3", _SEEN, text, given=b"", **self._environment())
        for line in said.stdout.decode().splitlines():
            yield json.loads(line)

    def _write(self, text: str) -> None:
        list(self._seen(text))
        self._desk.key("Return")
        until("the note is kept", lambda: any(text in one["name"] for one in self._seen()))

    def _find(self, sentence: str) -> dict[str, Any]:
        return self._see(self._words.text(sentence))

    def _see(self, name: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            usable = (one for one in self._seen() if one["enabled"])
            return next((one for one in usable if one["name"].startswith(name)), None)

        return until(f"{name!r} is to be seen", look)

    def _click(self, sentence: str) -> None:
        thing = self._find(sentence)
        self._desk.click(thing["x"], thing["y"])

    def _picture(self, name: str) -> None:
        """As it stands when nothing moves any more; a recording moves always."""
        window = self._desk.window()
        before = self._desk.picture(window)
        for _ in range(20):
            time.sleep(0.25)
            after = self._desk.picture(window)
            if after == before:
                break
            before = after
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            save_small(before, self._pictures / f"{name}-{self._language}.png")


def save_small(picture: Image.Image, path: Path) -> None:
    """As PNG with a palette, which a window of few colours does not show."""
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size < _LARGEST, path
