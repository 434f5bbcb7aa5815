"""What the installed program does on the command line, as an ordinary user."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import soundfile as sf
from smoke.desk import RATE_HZ, TONE_HZ
from smoke.root import HOME, Session

from evidencedesk.app.notices import plain

PROGRAM = "evidencedesk"
LIBRARY = f"{HOME}/.local/share/EvidenceDesk/library"
_SHORTEST_LICENCE = 300
OUT = f"{HOME}/case folder 案件"


class Commands:
    """Prints a line for each thing that went well; AssertionError tells what did not."""

    def __init__(self, user: Session) -> None:
        self._user = user

    def command_line(self) -> None:
        """Version, doctor, completion."""
        begun = time.monotonic()
        version = self._user.must(PROGRAM, "--version").strip()
        told(f"{version}: answers after {time.monotonic() - begun:.2f} s")
        checks = {one["name"]: one["health"] for one in self.json("doctor", may_find=True) if "health" in one}
        bad = [name for name, health in checks.items() if health == "bad"]
        assert not bad, checks
        assert checks["fonts"] == checks["report-font"] == "good", checks
        told("doctor finds a microphone, room, and Chinese letters")
        completed = self._user.must(
            PROGRAM, _EVIDENCEDESK_COMPLETE="bash_complete", COMP_WORDS="evidencedesk ver", COMP_CWORD="1"
        )
        assert completed == "plain,verify\n", completed

    def export_and_verify(self) -> None:
        """The folder holds up, with all its papers and the tone that was played."""
        (case,) = (one["case"] for one in self.json("cases"))
        self._user.must(PROGRAM, "export", case, OUT)
        self._user.must(PROGRAM, "verify", OUT)
        papers = {path.name for path in self._user.root.place(OUT).rglob("*.*")}
        assert {"report.pdf", "evidence-list.docx", "transcript.docx", "START-HERE.html"} <= papers, papers
        self._user.must(PROGRAM, "letter", case, "regulator", "--out", f"{HOME}/letter.docx")
        (sound,) = self._user.root.place(OUT).rglob("audio.flac")
        samples, rate = sf.read(sound)
        assert rate == RATE_HZ, rate
        strongest = float(np.argmax(np.abs(np.fft.rfft(samples[RATE_HZ : 4 * RATE_HZ]))) / 3)
        assert abs(strongest - TONE_HZ) < 2, strongest
        told(f"exported and verified; its sound is the tone that was played ({strongest:.0f} Hz)")

    def children(self) -> None:
        """Each of the program's own processes does its work."""
        pages = self._user.must(PROGRAM, "--pages-process", f"{OUT}/data/report.pdf")
        assert int(pages) >= 1, pages
        look = self._user.run(
            PROGRAM, "--preview-process", f"{OUT}/data/report.pdf", "report.pdf", "0", "800"
        ).stdout
        assert json.loads(look.partition(b"\n")[0])["kind"] == "PageShown", look[:200]
        sources = json.loads(self._user.must(PROGRAM, "--list-process"))
        assert sources, "no microphone is listed"
        self._plays()
        case = self.json("cases")[0]["case"]
        model = self._user.root.place(f"{HOME}/model")
        model.mkdir()
        for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
            (model / name).write_text("{}", encoding="utf-8")
        refused = self._user.run(PROGRAM, "transcribe", case, "--model", f"{HOME}/model")
        assert b"pipx install" in refused.stderr, refused
        told("its own processes work: pages and preview of a PDF, list of microphones, playing")

    def notices(self) -> None:
        """What the about page reads: every part that is installed, with its licence."""
        inside = self._user.root.place(f"/usr/lib/{PROGRAM}/_internal")
        rows = json.loads((inside / "evidencedesk/resources/notices/notices.json").read_text("utf-8"))
        texts = {plain(one["name"]): one["text"] for one in rows}
        parts = {plain(path.name.partition("-")[0]) for path in inside.glob("*.dist-info")}
        without = sorted(
            one for one in parts - {"evidencedesk"} if len(texts.get(one, "")) < _SHORTEST_LICENCE
        )
        assert len(parts) > 30, parts
        assert not without, without
        told(f"{len(rows)} parts are named with their licences, and none of what is in it is left out")

    def _plays(self) -> None:
        (sound,) = self._user.root.place(LIBRARY).rglob("audio.flac")
        inside = "/" + str(sound.relative_to(self._user.root.path))
        samples = 2 * RATE_HZ
        piece = {
            "path": inside,
            "first": 0,
            "samples": samples,
            "start": 0,
            "end": samples,
            "rate_hz": RATE_HZ,
        }
        load = {"do": "load", "n": 1, "near": [piece], "far": [], "length": samples, "secrets": {}}
        player = self._user.start(PROGRAM, "--play-process")
        assert player.stdin is not None
        assert player.stdout is not None
        player.stdin.write("".join(json.dumps(one) + "\n" for one in (load, {"do": "play", "n": 2})).encode())
        player.stdin.flush()
        for line in player.stdout:
            answer = json.loads(line)
            assert not answer.get("error"), answer
            if answer["at_ms"] > 500:
                break
        else:
            raise AssertionError(f"does not play: {player.communicate()}")
        player.communicate()

    def json(self, *command: str, may_find: bool = False, passphrase: str = "") -> list[dict[str, Any]]:
        """What a command says, line by line."""
        done = self._user.run(PROGRAM, *command, "--json", EVIDENCEDESK_VAULT_PASSPHRASE=passphrase)
        assert done.returncode in ((0, 1) if may_find else (0,)), done
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]


def told(what: str) -> None:
    """One line of what went well."""
    print(f"   ✓ {what}", flush=True)
