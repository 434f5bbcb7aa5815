"""Whose work this program stands on: every package, its version, its licence and the licence's whole text.

Read from the metadata that installers leave beside packages. A frozen program has none of it: whoever builds
one calls ``write_notices`` and puts the file where ``resource("notices", "notices.json")`` finds it.
"""

from __future__ import annotations

import importlib.metadata
import json
import platform
import re
import sysconfig
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from evidencedesk.app.components import COMPONENTS
from evidencedesk.domain.notice import Notice
from evidencedesk.system.resources import resource

_TEXTS = re.compile(r"^(licen[cs]e|copying|notice|thirdpartynotices)([-._].*)?$|^third_party", re.IGNORECASE)
_READABLE = ("", ".txt", ".md", ".rst", ".lgpl", ".apache", ".bsd", ".mit", ".apache2")


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


_LICENCES = {plain(name): licence for name, licence in COMPONENTS}
# Who ships no text of its own, and which texts of ``resources/licences`` say it.
_SPDX = {
    "pyside6-essentials": ("LGPL-3.0", "GPL-3.0"),
    "shiboken6": ("LGPL-3.0", "GPL-3.0"),
    "docxtpl": ("LGPL-2.1",),
}
_COMMON = (("apache", "Apache-2.0"), ("lgpl-3", "LGPL-3.0"), ("lgpl", "LGPL-2.1"), ("bsd", "BSD-2-Clause"))
_LONGEST_NAME = 60
_RULER = "\n\n" + "-" * 72 + "\n\n"


def notices() -> tuple[Notice, ...]:
    """As the builder of this program wrote them down, or as they are installed."""
    try:
        written = resource("notices", "notices.json")
    except FileNotFoundError:
        return gather_notices()
    return tuple(Notice(**row) for row in json.loads(written.read_text("utf-8")))


def write_notices(folder: Path, without: tuple[str, ...] = ()) -> Path:
    """Write down what is installed here, for a program that is frozen from it ``without`` some packages."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "notices.json"
    rows = [asdict(one) for one in gather_notices(without)]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def gather_notices(without: tuple[str, ...] = ()) -> tuple[Notice, ...]:
    """Python, every package this one needs, directly or not, and what is shipped inside."""
    found = sorted((_of(name) for name in needed_packages(without)), key=lambda one: one.name.lower())
    return (_python(), *found, *_shipped())


def needed_packages(without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The installed packages that this one needs, by their plain names, with what these need in turn."""
    # From the table, not from this program's own metadata, which a checkout may have of an older day.
    waiting: list[tuple[str, tuple[str, ...]]] = [(name, ()) for name in _LICENCES if name not in without]
    seen = {name for name, _ in waiting}
    while waiting:
        name, extras = waiting.pop()
        for needed, wanted in _requirements(name, extras):
            if needed not in seen and needed not in without:
                seen.add(needed)
                waiting.append((needed, wanted))
    return tuple(sorted(name for name in seen if _installed(name) is not None))


def _requirements(name: str, extras: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    package = _installed(name)
    for line in (package.requires or []) if package is not None else []:
        wish, _, condition = line.partition(";")
        wanted = re.search(r"""extra\s*==\s*['"]([^'"]+)['"]""", condition)
        if wanted is not None and wanted[1] not in extras:
            continue
        head = re.match(r"\s*([A-Za-z0-9._-]+)\s*(?:\[([^]]*)])?", wish)
        if head is not None:
            own = tuple(part.strip() for part in (head[2] or "").split(",") if part.strip())
            yield plain(head[1]), own


def _installed(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _of(name: str) -> Notice:
    package = importlib.metadata.distribution(name)
    licence = _LICENCES.get(name) or _licence(package)
    texts = [f"{path}\n\n{text.strip()}" for path, text in _own_texts(package)]
    standard = _SPDX.get(name) or (() if texts else _guessed(licence))
    if standard:
        said = package.metadata.json
        by = said.get("author") or said.get("author_email") or ""
        texts += [f"{package.metadata['Name']}: {by}".rstrip(": ")]
    texts += [resource("licences", f"{one}.txt").read_text("utf-8").strip() for one in standard]
    return Notice(package.metadata["Name"], package.version, licence, _RULER.join(texts))


def _licence(package: importlib.metadata.Distribution) -> str:
    said = package.metadata.json
    text = str(said.get("license_expression") or said.get("license") or "")
    if text and "\n" not in text and len(text) <= _LONGEST_NAME:
        return text
    listed = package.metadata.get_all("Classifier") or []
    kinds = [one.rpartition(" :: ")[2] for one in listed if one.startswith("License")]
    return ", ".join(kinds) or text.split("\n", maxsplit=1)[0][:_LONGEST_NAME]


def _guessed(licence: str) -> tuple[str, ...]:
    low = licence.lower()
    return next(((text,) for sign, text in _COMMON if sign in low), ("MIT",))


def _own_texts(package: importlib.metadata.Distribution) -> Iterator[tuple[str, str]]:
    for file in package.files or []:
        path = PurePosixPath(str(file))
        named = _TEXTS.match(path.name) or "licenses" in (part.lower() for part in path.parts[:-1])
        if not named or path.suffix.lower() not in _READABLE or ".." in path.parts:
            continue
        try:
            text = Path(str(package.locate_file(file))).read_text("utf-8", errors="replace")
        except OSError:
            continue
        if text.strip():
            yield "/".join(path.parts[1:]) if path.parts[0].endswith(".dist-info") else str(path), text


def _python() -> Notice:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    try:
        said = text.read_text("utf-8")
    except OSError:
        said = ""  # it came with the system, which has it elsewhere
    return Notice("Python", platform.python_version(), "PSF-2.0", said.strip())


def _shipped() -> tuple[Notice, ...]:
    """What is inside this program or inside a package, and is no package itself."""
    typst = _installed("typst")
    fonts = (
        Notice("Libertinus, New Computer Modern, DejaVu", "", "OFL-1.1, GUST, Bitstream Vera", _fonts())
        if typst is not None
        else None
    )
    lucide = resource("icons", "LICENSE").read_text("utf-8").strip()
    return (*(() if fonts is None else (fonts,)), Notice("Lucide", "", "ISC, MIT", lucide))


def _fonts() -> str:
    what = (
        "Libertinus: SIL Open Font License 1.1. New Computer Modern: GUST Font License "
        "(https://www.gust.org.pl/fonts/licenses/GUST-FONT-LICENSE.txt), that is the LaTeX Project Public "
        "License 1.3c or later. DejaVu: Bitstream Vera. They come with typst, which makes the papers."
    )
    parts = [
        what,
        resource("licences", "OFL-1.1.txt").read_text("utf-8").strip(),
        resource("licences", "Bitstream-Vera.txt").read_text("utf-8").strip(),
    ]
    return _RULER.join(parts)
