"""What the user chose, kept between starts. To add a choice: 1. a field, 2. its allowed values.

The authorities for time stamps and the rule packs are lists, read by ``_authorities`` and ``_packs``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from evidencedesk.domain.pack_names import PACKS_AS_DELIVERED, is_pack_id
from evidencedesk.domain.stamp import SUGGESTED, Authority, is_authority_name
from evidencedesk.system.durable import create_folder, disk_failure, write_atomic

_ALLOWED: dict[str, tuple[str, ...] | None] = {
    "language": ("", "zh", "en"),
    "theme": ("system", "light", "dark"),
    "text_size": ("system", "100", "125", "150", "175", "200"),
    "motion": ("system", "less"),
    "welcomed": ("no", "yes"),
    "place_here": None,  # a code of domain/places.py; one that is not known counts as not told
    "place_there": None,
    "source": None,  # whatever the system calls its devices
    "mode": ("visit", "call"),
    "far_source": None,
    "second_folder": None,
    "fallback": ("yes", "no"),
    "earlier": ("yes", "no"),
    "time_stamps": ("no", "yes"),
    "speech_model": None,
    "speech_language": ("auto", "zh", "en"),
    "library": None,
    "library_before": None,
    "lock_after": ("0", "1", "5", "15", "30"),  # minutes; 0 for never
    "lock_tells": ("yes", "no"),
}
_AUTHORITY_LIMIT = 20
_PACK_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices; an empty ``language`` follows the system. ``text_size`` is in per cent.

    ``welcomed`` once the first steps were taken or passed over. ``place_here`` and ``place_there`` are where
    the user and the other side are, for the notice on recording; empty for not told.
    ``far_source`` is the computer's own sound in a call: a name, ``default``, or empty for none.
    ``second_folder`` is where a second live copy goes; empty for none. ``fallback`` lets the default
    microphone take over when the chosen one is gone. ``earlier`` keeps the last seconds before the click.
    ``time_stamps`` lets ``authorities`` be asked for the time; only a hash is sent to them. ``packs`` are
    the ids of the rule packs in use, the leading one first; one that is not there is passed over.
    ``speech_model`` is the folder of the model that writes down speech, in ``speech_language``.
    ``library`` is where the library was moved or restored to, empty for the usual place; ``library_before``
    is the one that it was moved from, as long as that is still there.
    ``lock_after`` so many idle minutes a library with a vault is locked. With ``lock_tells`` the locked
    window says that a recording goes on.
    """

    language: str = ""
    theme: str = "system"
    text_size: str = "system"
    motion: str = "system"
    welcomed: str = "no"
    place_here: str = ""
    place_there: str = ""
    source: str = "default"
    mode: str = "visit"
    far_source: str = "default"
    second_folder: str = ""
    fallback: str = "yes"
    earlier: str = "no"
    time_stamps: str = "no"
    authorities: tuple[Authority, ...] = SUGGESTED
    packs: tuple[str, ...] = PACKS_AS_DELIVERED
    speech_model: str = ""
    speech_language: str = "auto"
    library: str = ""
    library_before: str = ""
    lock_after: str = "5"
    lock_tells: str = "yes"

    @property
    def authorities_asked(self) -> tuple[Authority, ...]:
        """Who is asked for time stamps: nobody unless the user has turned that on."""
        return self.authorities if self.time_stamps == "yes" else ()


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


def authorities_asked(path: Path) -> tuple[Authority, ...]:
    """Who is asked for time stamps, as the file says now; nobody when it can't be read."""
    try:
        return _read(path.read_text(encoding="utf-8")).authorities_asked
    except (OSError, ValueError):
        return ()


def packs_chosen(path: Path) -> tuple[str, ...]:
    """Which rule packs are in use, as the file says now; those delivered when it can't be read."""
    try:
        return _read(path.read_text(encoding="utf-8")).packs
    except (OSError, ValueError):
        return PACKS_AS_DELIVERED


def remembered_library(path: Path) -> Path | None:
    """Where the library was moved to, as the file says now; None for the usual place."""
    try:
        library = _read(path.read_text(encoding="utf-8")).library
    except (OSError, ValueError):
        return None
    return Path(library) if library else None


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


def _checked(name: str, value: Any) -> Any:
    if name == "authorities":
        return _authorities(value)
    if name == "packs":
        return _packs(value)
    allowed = _ALLOWED[name]
    if not isinstance(value, str) or (allowed is not None and value not in allowed):
        raise ValueError(f"{name}: {value!r}")
    return value


def _packs(value: Any) -> tuple[str, ...]:
    sound = isinstance(value, list) and all(isinstance(one, str) and is_pack_id(one) for one in value)
    if not sound or len(set(value)) != len(value) or len(value) > _PACK_LIMIT:
        raise ValueError(f"packs: {value!r}")
    return tuple(value)


def _authorities(value: Any) -> tuple[Authority, ...]:
    try:
        found = tuple(
            Authority(
                name=one["name"],
                url=one["url"],
                headers=tuple((key, text) for key, text in one["headers"]),
                root_file=one["root_file"],
                policy=one["policy"],
            )
            for one in value
        )
        names = [one.name for one in found]
        texts = [
            text for one in found for text in (one.url, one.root_file, one.policy, *sum(one.headers, ()))
        ]
        sound = all(map(is_authority_name, names)) and all(isinstance(text, str) for text in texts)
    except (KeyError, TypeError) as error:
        raise ValueError(f"authorities: {error}") from error
    if not sound or len(set(names)) != len(names) or len(names) > _AUTHORITY_LIMIT:
        raise ValueError("authorities")
    return found


def _set_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.unreadable-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise disk_failure(error, path) from error
    return aside
