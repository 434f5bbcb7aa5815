"""All rule packs at hand: shipped, shipped earlier, and the user's own; each by id and version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evidencedesk.domain.case import Tick
from evidencedesk.domain.errors import Code, Known, Unreadable
from evidencedesk.domain.pack_lookup import FoundItem, PackLookup
from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.loader import pack_content, read_pack

EARLIER = "earlier"

Key = tuple[str, str]


class Origin(StrEnum):
    """Where a pack comes from."""

    SHIPPED = "shipped"
    EARLIER = "earlier"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A pack with the bytes it was read from."""

    pack: RulePack
    content: bytes
    origin: Origin
    path: Path

    @property
    def name(self) -> str:
        """The name of its file wherever all versions stand side by side."""
        return file_name(self.pack)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file among the user's packs that is not used, and why."""

    path: Path
    error: Known


class Shelf:
    """The packs of one installation and one library.

    A shipped pack with a mistake raises PACK_INVALID. One of the user's own is set aside: it must not keep
    the library from opening.
    """

    def __init__(self, shipped: Path, own: Path) -> None:
        """``shipped`` has the packs of this version and a folder of earlier ones, ``own`` the user's."""
        self._own_folder = own
        self._shipped = _shipped(shipped)
        self._earlier_paths = _earlier_paths(shipped / EARLIER)
        self._earlier: dict[Key, Shelved] = {}
        self._own: dict[Key, Shelved] = {}
        self._set_aside: tuple[SetAside, ...] = ()
        self._newest: tuple[Shelved, ...] = ()
        self.look_again()

    def look_again(self) -> None:
        """Read the user's own packs anew."""
        own: dict[Key, Shelved] = {}
        aside: list[SetAside] = []
        for path in _own_paths(self._own_folder, aside):
            try:
                found = _own(path)
            except Known as error:
                aside.append(SetAside(path, error))
            else:
                own[found.pack.id, found.pack.version] = found
        self._own, self._set_aside = own, tuple(aside)
        self._newest = (*self._shipped.values(), *self._newest_of_own())

    @property
    def own_folder(self) -> Path:
        """Where the user's packs are kept."""
        return self._own_folder

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """What stands among the user's packs and can't be used."""
        return self._set_aside

    @property
    def shelved(self) -> tuple[Shelved, ...]:
        """The newest version of every pack: the shipped ones, then the user's."""
        return self._newest

    @property
    def packs(self) -> tuple[RulePack, ...]:
        """The same, without their bytes."""
        return tuple(one.pack for one in self.shelved)

    def is_shipped(self, pack_id: str) -> bool:
        """Whether packs of this id come with the program."""
        return pack_id in self._shipped

    def in_use(self, chosen: Sequence[str]) -> tuple[RulePack, ...]:
        """The packs chosen by id, in that order; the first shipped one when none of them is here.

        Ids that nobody knows are passed over: the choice may come from another library (``unknown``).
        """
        by_id = {pack.id: pack for pack in self.packs}
        found = tuple(by_id[one] for one in dict.fromkeys(chosen) if one in by_id)
        return found or self.packs[:1]

    def unknown(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """Which of the chosen ids no pack has."""
        known = {pack.id for pack in self.packs}
        return tuple(one for one in dict.fromkeys(chosen) if one not in known)

    def find(self, pack_id: str, version: str) -> Shelved | None:
        """This very version, or None. Raises PACK_INVALID for a shipped one with a mistake."""
        key = (pack_id, version)
        shipped = self._shipped.get(pack_id)
        if shipped is not None and shipped.pack.version == version:
            return shipped
        return self._earlier_one(key) or self._own.get(key)

    def pack_of(self, tick: Tick) -> FoundItem | None:
        """What a tick is about, in its own version if that is here, else in the newest of its id."""
        return PackLookup(self.packs_for((tick,))).find(tick)

    def packs_for(self, ticks: Iterable[Tick], first: Sequence[RulePack] = ()) -> tuple[RulePack, ...]:
        """Every pack that tells what these ticks say, after those of ``first``; for ``PackLookup``."""
        packs = {(pack.id, pack.version): pack for pack in first}
        newest = {pack.id: pack for pack in self.packs}
        for pack_id, version in named_by(ticks):
            exact = self.find(pack_id, version)
            pack = exact.pack if exact is not None else newest.get(pack_id)
            if pack is not None:
                packs.setdefault((pack.id, pack.version), pack)
        return tuple(packs.values())

    def _newest_of_own(self) -> tuple[Shelved, ...]:
        """By id. One whose id ships by now is only there for old ticks."""
        newest: dict[str, Shelved] = {}
        for one in sorted(self._own.values(), key=lambda one: (one.pack.id, _age(one.pack.version))):
            if one.pack.id not in self._shipped:
                newest[one.pack.id] = one
        return tuple(newest.values())

    def _earlier_one(self, key: Key) -> Shelved | None:
        # Read when asked for: most libraries need none of them.
        if key not in self._earlier and key in self._earlier_paths:
            self._earlier[key] = _read(self._earlier_paths[key], Origin.EARLIER)
        return self._earlier.get(key)


def named_by(ticks: Iterable[Tick]) -> tuple[Key, ...]:
    """Which packs ticks name, by id and version, sorted."""
    return tuple(sorted({(tick.pack, tick.pack_version) for tick in ticks}))


def file_name(pack: RulePack) -> str:
    """Under which name a pack is kept wherever all versions stand side by side."""
    return f"{pack.id}@{pack.version}.toml"


def _shipped(folder: Path) -> dict[str, Shelved]:
    found = [_read(path, Origin.SHIPPED) for path in sorted(folder.glob("*.toml"))]
    by_id: dict[str, Shelved] = {}
    for one in found:
        if one.pack.id in by_id:
            raise Unreadable(Code.PACK_INVALID, file=one.path.name, item=one.pack.id, reason="duplicate: id")
        by_id[one.pack.id] = one
    return by_id


def _earlier_paths(folder: Path) -> dict[Key, Path]:
    paths = {}
    for path in sorted(folder.glob("*@*.toml")):
        pack_id, _, version = path.stem.partition("@")
        paths[pack_id, version] = path
    return paths


def _own_paths(folder: Path, aside: list[SetAside]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = f"unreadable: {error.strerror or ''}"
        aside.append(
            SetAside(folder, Unreadable(Code.PACK_INVALID, file=folder.name, item="", reason=reason))
        )
        return []


def _own(path: Path) -> Shelved:
    # A pipe of that name would be waited for without end.
    if not path.is_file():
        raise Unreadable(Code.PACK_INVALID, file=path.name, item="", reason="not-a-file")
    found = _read(path, Origin.OWN)
    if path.name != found.name:
        # A tick finds its version by this name; another one would hide that two files say they are the same.
        raise Unreadable(Code.PACK_INVALID, file=path.name, item="", reason=f"file-name: {found.name}")
    return found


def _read(path: Path, origin: Origin) -> Shelved:
    content = pack_content(path)
    return Shelved(read_pack(content, path.name), content, origin, path)


def _age(version: str) -> tuple[tuple[int, ...], str]:
    return tuple(int(part) for part in version.split(".")), version
