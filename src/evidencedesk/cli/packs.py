"""``packs``: the rule packs at hand, and a check for those who write one."""

from __future__ import annotations

from pathlib import Path

import click

from evidencedesk.cli.commands import command, general_options
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.domain.rules import RulePack
from evidencedesk.guidance.advice import Advice, PackWarning, pack_warnings
from evidencedesk.guidance.loader import PackMistake, examine, pack_content
from evidencedesk.guidance.shelf import Shelf, Shelved
from evidencedesk.guidance.toml_lines import line_of
from evidencedesk.system.places import config_file
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import packs_chosen
from evidencedesk.wording.errors import describe
from evidencedesk.wording.language import Words
from evidencedesk.wording.pack_mistakes import mistake_text
from evidencedesk.workflows.add_pack import add_pack
from evidencedesk.workflows.desk import PACKS_FOLDER

_HAS_MISTAKES = 2


def packs_command(words: Words) -> click.Command:
    """``packs list``, ``packs check FILE``, ``packs add FILE``."""
    t = words.text
    group = click.Group("packs", help=t("Rule packs: list, check, add."), params=general_options(words))
    file = click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE")
    for one in (
        command(words, "list", _list, t("List the rule packs, those in use first.")),
        command(words, "check", _check, t("Check a rule pack that you are writing."), [file]),
        command(words, "add", _add, t("Take a rule pack of your own into the library."), [file]),
    ):
        group.add_command(one)
    return group


def _list(session: Session) -> int:
    # Looks without the library's lock: the window may be open.
    shelf = Shelf(resource("packs"), session.library / PACKS_FOLDER)
    chosen = packs_chosen(config_file())
    in_use = [pack.id for pack in shelf.in_use(chosen)]
    places = {pack_id: place for place, pack_id in enumerate(in_use, start=1)}
    for one in sorted(shelf.shelved, key=lambda one: places.get(one.pack.id, len(places) + 1)):
        _tell_pack(session, one, places.get(one.pack.id))
    for aside in shelf.set_aside:
        text = describe(session.words, aside.error)
        session.output.event("pack-set-aside", path=str(aside.path), facts=dict(aside.error.facts))
        session.output.message(f"{aside.path}: {text.what} {text.next}")
    for unknown in shelf.unknown(chosen):
        session.output.event("pack-unknown", pack=unknown)
        session.output.message(
            session.words.text("“{pack}” is chosen in the settings, but there is no such pack.", pack=unknown)
        )
    return 0


def _tell_pack(session: Session, one: Shelved, place: int | None) -> None:
    pack, words = one.pack, session.words
    review_by = pack.review_by.isoformat() if pack.review_by else None
    session.output.event(
        "pack",
        pack=pack.id,
        version=pack.version,
        status=pack.status.value,
        origin=one.origin.value,
        in_use=place,
        reviewed=pack.reviewed.isoformat(),
        review_by=review_by,
        items=len(pack.items),
        path=str(one.path),
    )
    mark = f"{place}." if place else "–"
    session.output.result(
        f"{mark:<3} {pack.id} {pack.version}  {pack.title.in_language(words.language)}"
        f"  ({pack.reviewed.isoformat()})"
    )


def _check(session: Session, file: Path) -> int:
    return 0 if _sound(session, file, with_warnings=True) is not None else _HAS_MISTAKES


def _add(session: Session, file: Path) -> int:
    if _sound(session, file, with_warnings=False) is None:
        return _HAS_MISTAKES
    with open_library(session) as desk:
        pack = add_pack(desk, file)
        used = pack.id in {one.id for one in desk.packs}
        folder = desk.shelf.own_folder
    session.output.event("pack-added", pack=pack.id, version=pack.version, in_use=used)
    session.output.result(f"{pack.id} {pack.version}")
    words = session.words
    session.output.message(words.text("Kept in {path}.", path=str(folder)))
    if not used:
        session.output.message(
            words.text(
                "It is in use once “{pack}” stands among the “packs” of the settings ({path}).",
                pack=pack.id,
                path=str(config_file()),
            )
        )
    return 0


def _sound(session: Session, file: Path, *, with_warnings: bool) -> RulePack | None:
    """The pack in a file, or None after its mistake was said."""
    content = pack_content(file)
    found = examine(content)
    if isinstance(found, PackMistake):
        _tell_mistake(session, file, content, found)
        return None
    if with_warnings:
        warnings = pack_warnings(found, session.clock.now().local.date())
        for warning in warnings:
            _tell_warning(session, file, line_of(content, "", warning.where), warning)
        session.output.event(
            "pack-checked", path=str(file), pack=found.id, version=found.version, warnings=len(warnings)
        )
        text = session.words.plural(
            "{pack} {version} has no mistakes: {n} item.",
            "{pack} {version} has no mistakes: {n} items.",
            len(found.items),
            pack=found.id,
            version=found.version,
        )
        session.output.result(text)
    return found


def _tell_mistake(session: Session, file: Path, content: bytes, mistake: PackMistake) -> None:
    line = line_of(content, mistake.reason, mistake.where)
    text = mistake_text(session.words, mistake.reason, mistake.where)
    session.output.event(
        "pack-mistake",
        path=str(file),
        line=line,
        item=mistake.item,
        reason=mistake.reason,
        where=mistake.where,
        text=text,
    )
    item = f"{mistake.item}: " if mistake.item else ""
    session.output.result(f"{_place(file, line)}: {item}{text}")


def _tell_warning(session: Session, file: Path, line: int | None, warning: PackWarning) -> None:
    text = _warning_text(session.words, warning)
    session.output.event(
        "pack-warning",
        path=str(file),
        line=line,
        code=warning.advice.value,
        item=warning.item,
        where=warning.where,
        text=text,
    )
    item = f"{warning.item}: " if warning.item else ""
    session.output.message(f"{_place(file, line)}: {item}{text}")


def _warning_text(words: Words, warning: PackWarning) -> str:
    if warning.advice is Advice.REVIEW_PASSED:
        return words.text("should have been looked through again by {day}", day=warning.day)
    if warning.advice is Advice.NO_SAY:
        return words.text("has nothing to say aloud (“say”)")
    return words.plural(
        "{n} source is only reported, not read", "{n} sources are only reported, not read", warning.count
    )


def _place(file: Path, line: int | None) -> str:
    return f"{file}:{line}" if line is not None else str(file)
