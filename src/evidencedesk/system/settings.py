"""What the user chose, kept between starts. To add a choice: 1. a field, 2. its allowed values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from evidencedesk.system.durable import create_folder, disk_failure, write_atomic

_ALLOWED: dict[str, tuple[str, ...] | None] = {
    "language": ("", "zh", "en"),
    "theme": ("system", "light", "dark"),
    "source": None,  # whatever the system calls its devices
    "mode": ("visit", "call"),
    "far_source": None,
    "second_folder": None,
    "fallback": ("yes", "no"),
    "earlier": ("yes", "no"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices; an empty ``language`` follows the system.

    ``far_source`` is the computer's own sound in a call: a name, ``default``, or empty for none.
    ``second_folder`` is where a second live copy goes; empty for none. ``fallback`` lets the default
    microphone take over when the chosen one is gone. ``earlier`` keeps the last seconds before the click.
    """

    language: str = ""
    theme: str = "system"
    source: str = "default"
    mode: str = "visit"
    far_source: str = "default"
    second_folder: str = ""
    fallback: str = "yes"
    earlier: str = "no"


def load_settings(path: Path) -> tuple[Settings, Path | None]:
    """Read the settings; an unreadable file is set aside, never overwritten.

    The second result is where it was put. Raises what the disk says when it can't be set aside.
    """
    try:
        return _read(path.read_text(encoding="utf-8")), None
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError):
        return Settings(), _set_aside(path)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings as a whole. Raises what the disk says."""
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    try:
        create_folder(path.parent)
        write_atomic(path, text.encode())
    except OSError as error:
        raise disk_failure(error, path) from error


def _read(text: str) -> Settings:
    stored = json.loads(text)
    if not isinstance(stored, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one way out for everything unreadable
    # Keys we don't know may come from a newer version; they do no harm.
    return Settings(
        **{f.name: _checked(f.name, stored[f.name]) for f in fields(Settings) if f.name in stored}
    )


def _checked(name: str, value: Any) -> str:
    allowed = _ALLOWED[name]
    if not isinstance(value, str) or (allowed is not None and value not in allowed):
        raise ValueError(f"{name}: {value!r}")
    return value


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.unreadable-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise disk_failure(error, path) from error
    return aside
