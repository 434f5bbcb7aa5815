"""A whole case by the command line. Run by ``test_nothing_leaves.py``.

    python command_story.py LIBRARY PLACE SOUND

Ends with 0; a command that ends otherwise than it should ends it with 1.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def run(library: Path, *words: str | Path, ends: int = 0) -> list[dict[str, Any]]:
    """One command; what it told."""
    command = [sys.executable, "-m", "evidencedesk", *map(str, words)]
    done = subprocess.run(
        [*command, "--library", str(library), "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode != ends:
        raise SystemExit(f"{words}: {done.returncode}\n{done.stdout}{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    """From the recording to the back-up."""
    library, place, sound = map(Path, sys.argv[1:4])
    run(library, "record", "--source", "mic", "--seconds", "2")
    (listed,) = [one for one in run(library, "cases") if "case" in one]
    case = listed["case"]["id"] if isinstance(listed["case"], dict) else listed["case"]
    run(library, "note", case, "说证件在车里", "--at", "1")
    run(library, "import", case, sound)
    run(library, "contact", case, "sms", "--number", "1068000012", "--text", "明日上门")
    run(library, "claim", case, "18600")
    run(library, "transcribe", case, "--model", place / "no-model", ends=2)
    run(library, "letter", case, "dispute")
    run(library, "search", "证件")
    run(library, "export", case, place / "folder", "--zip")
    run(library, "verify", place / "folder.zip")
    run(library, "backup", place / "backup")
    run(library, "doctor", "--only", "database")


if __name__ == "__main__":
    main()
