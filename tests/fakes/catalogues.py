"""Compiled translations made from the parts at hand, so that page tests need no build step."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from evidencedesk.system.resources import resource


def locale_dir(folder: Path) -> Path:
    """Compile all parts into ``folder`` and return it."""
    whole = Catalog(locale="zh_CN")
    for part in sorted(resource("locale", "parts").glob("*.zh_CN.po")):
        with part.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if message.id and message.id not in whole:
                    whole.add(message.id, message.string)
    target = folder / "zh_CN" / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    with (target / "evidencedesk.mo").open("wb") as file:
        write_mo(file, whole)
    return folder
