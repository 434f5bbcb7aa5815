"""One package in one root, from apt to purge."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
import time
from contextlib import AbstractContextManager
from pathlib import Path

from PIL import Image
from smoke.commands import LIBRARY, PROGRAM, Commands, told
from smoke.desk import Desk, until
from smoke.locked import Locked
from smoke.root import HOME, Root, Session
from smoke.visit import TOOLS, Visit

from evidencedesk.wording.language import Language

_LAUNCHERS = ("libglib2.0-bin", "libgtk-3-bin", "dex", "desktop-file-utils", *TOOLS)
_LANGUAGES: dict[Language, str] = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}
_ACTION = (
    "import sys; from gi.repository import Gio;"
    f"Gio.DesktopAppInfo.new('{PROGRAM}.desktop').launch_action(sys.argv[1], None)"
)
_SECONDS = 6


class Trial:
    """Prints a line for each thing that went well; AssertionError tells what did not."""

    def __init__(
        self, root: Root, desk: Desk, package: Path, archive: Path | None, pictures: Path | None
    ) -> None:
        self._root = root
        self._desk = desk
        self._package = package
        self._archive = archive
        self._pictures = pictures

    def all(self) -> None:
        """In the order a person would do it."""
        before = self._files()
        self._install()
        self._nothing_is_missing()
        # Only what the package itself asked for is there now.
        with self._sits_down("en") as user:
            commands = Commands(user)
            commands.command_line()
            self._record_in_window(user)
            commands.export_and_verify()
            commands.children()
            commands.notices()
            Locked(user).all()
        self._root.apt("install", *_LAUNCHERS)
        self._root.do("desktop-file-validate", f"/usr/share/applications/{PROGRAM}.desktop")
        for language in _LANGUAGES:
            with self._sits_down(language) as user:
                Visit(user, self._desk, language, self._pictures).make()
                told(
                    f"a whole visit by mouse and keys ({language}), speech found by the model; help; licences"
                )
                self._quit(user)
        with self._sits_down("zh") as user:
            self._launchers(user)
            self._actions(user)
        self._purge(before)
        if self._archive is not None:
            with self._sits_down("zh") as user:
                self._unpacked(user, self._archive)

    def _sits_down(self, language: Language) -> AbstractContextManager[Session]:
        environment = {**self._desk.environment, "LANG": _LANGUAGES[language]}
        return self._root.session(environment, self._desk.shared)

    def _install(self) -> None:
        shutil.copy(self._package, self._root.place(f"/tmp/{PROGRAM}.deb"))  # noqa: S108 - nobody else is there
        self._root.apt("update")
        begun = time.monotonic()
        self._root.apt("install", f"/tmp/{PROGRAM}.deb")  # noqa: S108
        took_s = time.monotonic() - begun
        installed = self._root.do("dpkg-query", "-W", "-f", "${Installed-Size} ${Version}", PROGRAM).split()
        packed, unpacked = self._package.stat().st_size / 1e6, int(installed[0]) / 1024
        told(f"installed by apt in {took_s:.0f} s: {packed:.0f} MB packed, {unpacked:.0f} MiB on the disk")
        self._root.do("dpkg", "--verify", PROGRAM)

    def _nothing_is_missing(self) -> None:
        said = self._root.do(
            "sh", "-c", f"find /usr/lib/{PROGRAM} -type f -name '*.so*' | LC_ALL=C xargs ldd 2>&1 || true"
        )
        lost = sorted({line.strip() for line in said.splitlines() if "not found" in line})
        assert not lost, lost
        told("every library finds what it needs")

    def _record_in_window(self, user: Session) -> None:
        with self._desk.server.playing(self._desk.tone):
            for attempt in ("first", "second"):
                begun = time.monotonic()
                user.start(PROGRAM)
                window = self._desk.window()
                told(f"{attempt} start: window after {time.monotonic() - begun:.2f} s")
                if attempt == "first":
                    self._is_drawn(window, 20)
                    self._quit(user)
            self._is_drawn(window, 20)
            sound = self._desk.key_until("ctrl+r", "a recording", self._sounds)[0]
            self._grows(sound)
            self._stop(sound)
        self._quit(user)
        told(f"recorded {_SECONDS} s through the window")

    def _grows(self, sound: Path) -> None:
        pulses = sound.with_name("pulse.jsonl")
        until(f"{_SECONDS} s of sound", lambda: pulses.read_bytes().count(b"\n") > _SECONDS)

    def _stop(self, sound: Path) -> None:
        control = sound.with_name("capture.json")
        self._desk.key_until("ctrl+shift+s", "the recording is sealed", lambda: not control.exists())

    def _launchers(self, user: Session) -> None:
        desktop = f"/usr/share/applications/{PROGRAM}.desktop"
        for launch in (("gtk-launch", PROGRAM), ("gio", "launch", desktop), ("dex", desktop)):
            begun = time.monotonic()
            user.start(*launch)
            window = self._desk.window()
            told(f"{launch[0]}: window after {time.monotonic() - begun:.2f} s")
            self._is_drawn(window, 20)
            self._quit(user)

    def _actions(self, user: Session) -> None:
        for action, mode in (("record-visit", "visit"), ("record-call", "call")):
            already = set(self._sounds())
            begun = time.monotonic()
            user.start("python3", "-c", _ACTION, action)
            (sound,) = until(f"{action} records", lambda known=already: set(self._sounds()) - known)  # type: ignore[misc]
            until("sound on the disk", lambda path=sound: path.stat().st_size > 0)  # type: ignore[misc]
            told(f"{action}: sound on the disk after {time.monotonic() - begun:.2f} s")
            self._desk.window()
            self._stop(sound)
            self._quit(user)
            latest = Commands(user).json("cases")[0]["case"]
            shown = json.dumps(Commands(user).json("show", latest))
            assert f'"mode": "{mode}"' in shown, shown[:400]

    def _purge(self, before: set[str]) -> None:
        library = self._hash(LIBRARY)
        owned = [line for line in self._root.do("dpkg", "-L", PROGRAM).split("\n") if PROGRAM in line]
        self._root.apt("purge", PROGRAM)
        left = [path for path in owned if self._root.place(path).exists()]
        named = sorted(
            path
            for path in self._files() - before
            if PROGRAM in path.lower() and not path.startswith("/home")
        )
        named = [path for path in named if not re.match(r"/(tmp|var/lib/apt|var/log|run/user)/", path)]
        assert not left, left
        assert not named, named
        assert self._hash(LIBRARY) == library, "the library was touched"
        told("purged without a trace; the library is as it was")

    def _unpacked(self, user: Session, archive: Path) -> None:
        """The archive in the user's folder, after the package is gone; its dependencies are still there."""
        with tarfile.open(archive) as packed:
            packed.extractall(self._root.place(HOME), filter="data")
        (program,) = self._root.place(HOME).glob(f"{PROGRAM}-*/bin/{PROGRAM}")
        start = "/" + str(program.relative_to(self._root.path))
        user.must(start, "demo", f"{HOME}/demo")
        user.must(start, "verify", f"{HOME}/demo")
        user.start(start)
        self._is_drawn(self._desk.window(), 20)
        self._quit(user)
        told("the archive runs from the user's own folder: window, demo, verify")

    def _files(self) -> set[str]:
        found = set()
        for path in self._root.path.rglob("*"):
            inside = "/" + str(path.relative_to(self._root.path))
            if not inside.startswith(("/proc/", "/sys/", "/dev/")):
                found.add(inside)
        return found

    def _hash(self, folder: str) -> str:
        whole = hashlib.sha256()
        for path in sorted(self._root.place(folder).rglob("*")):
            whole.update(f"{path}{path.lstat().st_mode}".encode())
            if path.is_file():
                whole.update(path.read_bytes())
        return whole.hexdigest()

    def _sounds(self) -> list[Path]:
        place = self._root.place(LIBRARY)
        return [path for path in place.glob("cases/*/recordings/*/audio.flac") if path.is_file()]

    def _is_drawn(self, window: str, colours: int) -> Image.Image:
        """Wait until there is more on it than a plain ground."""

        def drawn() -> Image.Image | None:
            picture = self._desk.picture(window)
            return picture if len(picture.convert("RGB").getcolors(1 << 24) or ()) > colours else None

        return until("the window is painted", drawn)

    def _quit(self, user: Session) -> None:
        user.end_all()
        until("the window is gone", lambda: not self._desk.windows())
