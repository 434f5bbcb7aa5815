"""Commands about whole libraries and cases: ``archive``, ``backup``, ``restore``, ``move``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from evidencedesk.cli.commands import case_argument, command
from evidencedesk.cli.interrupts import Interrupts
from evidencedesk.cli.library import open_library
from evidencedesk.cli.session import Session
from evidencedesk.cli.vault_keys import keys_of, unlock
from evidencedesk.custody.key_ring import KEY_RING
from evidencedesk.system.places import config_file, default_library, named_library
from evidencedesk.system.settings import load_settings, remembered_library, save_settings
from evidencedesk.wording.findings import describe_finding
from evidencedesk.wording.language import Words
from evidencedesk.workflows.archive_case import archive_case
from evidencedesk.workflows.back_up import back_up
from evidencedesk.workflows.import_case import NotIntactError, import_case
from evidencedesk.workflows.library_key import open_library_at
from evidencedesk.workflows.move_library import move_library
from evidencedesk.workflows.move_library import remove_old as compare_and_remove
from evidencedesk.workflows.restore_library import restore_library

_MEGABYTE = 1_000_000


def archive_command(words: Words) -> click.Command:
    """``archive CASE [--undo]``."""
    t = words.text
    undo = click.Option(["--undo"], is_flag=True, help=t("Bring the case back into the list."))
    help_text = t("Put a case aside: kept whole, but hidden from the list and never recorded into by itself.")
    return command(words, "archive", _archive, help_text, [case_argument(), undo])


def backup_command(words: Words) -> click.Command:
    """``backup DEST [--with-key] [--encrypt-to KEY]``."""
    t = words.text
    params: list[click.Parameter] = [
        _path("destination", "DEST"),
        click.Option(
            ["--with-key"], is_flag=True, help=t("Put the key that signs in as well, locked as it is.")
        ),
        click.Option(
            ["--encrypt-to"],
            multiple=True,
            metavar="KEY",
            help=t("Encrypt for this public key of age (age1…); can be given several times."),
        ),
    ]
    help_text = t("Back up the whole library into one file (ZIP), and read it back.")
    return command(words, "backup", _backup, help_text, params)


def restore_command(words: Words) -> click.Command:
    """``restore FILE DIR [--key-file FILE] [--use]``."""
    t = words.text
    params: list[click.Parameter] = [
        _path("file", "FILE"),
        _path("folder", "DIR"),
        click.Option(
            ["--key-file"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=t("The age key file that opens an encrypted back-up."),
        ),
        click.Option(["--use"], is_flag=True, help=t("Use the restored library from now on.")),
    ]
    help_text = t("Restore a back-up into a new folder, checked file by file and journal by journal.")
    return command(words, "restore", _restore, help_text, params)


def move_command(words: Words) -> click.Command:
    """``move DIR [--remove-old]``."""
    t = words.text
    remove = click.Option(
        ["--remove-old"], is_flag=True, help=t("Then compare both once more and take the old one away.")
    )
    help_text = t("Move the library to another folder or disk; the old one stays.")
    return command(words, "move", _move, help_text, [_path("folder", "DIR"), remove])


def take_in_case(session: Session, path: Path) -> int:
    """``import FOLDER``: a case from another computer."""
    t = session.words.text
    with open_library(session) as desk, Interrupts() as interrupts:
        try:
            taken = import_case(desk, path, _told(session), lambda: interrupts.asked)
        except NotIntactError as error:
            for finding in error.report.faults:
                session.output.message(describe_finding(session.words, finding))
            raise
    session.output.event(
        "case-imported",
        case=taken.case.id,
        title=taken.case.title,
        known_before=taken.known_before,
        new_entries=taken.new_entries,
        entries_beyond=taken.entries_beyond,
        device=taken.device,
        remarks=[{"code": one.code, "subject": one.subject} for one in taken.remarks],
    )
    session.output.result(taken.case.id)
    if taken.new_entries:
        session.output.message(
            t("“{case}” was taken in: {count} new entries.", case=taken.case.title, count=taken.new_entries)
        )
    else:
        session.output.message(t("All of “{case}” is here already.", case=taken.case.title))
    return 0


def _path(name: str, shown: str) -> click.Argument:
    return click.Argument([name], metavar=shown, type=click.Path(path_type=Path))


def _archive(session: Session, case: str, *, undo: bool) -> int:
    with open_library(session) as desk:
        kept = archive_case(desk, case, archived=not undo)
    session.output.event("archived", case=kept.id, archived=kept.archived)
    session.output.result(kept.id)
    t = session.words.text
    session.output.message(
        t("“{case}” is archived. Nothing of it is gone.", case=kept.title)
        if kept.archived
        else t("“{case}” is in the list again.", case=kept.title)
    )
    return 0


def _backup(session: Session, destination: Path, *, with_key: bool, encrypt_to: tuple[str, ...]) -> int:
    t = session.words.text
    with open_library(session) as desk, Interrupts() as interrupts:
        kept = back_up(
            desk,
            destination,
            with_key=with_key,
            encrypt_to=encrypt_to,
            progress=lambda done, total, _name: _say_share(session, done, total),
            cancelled=lambda: interrupts.asked,
        )
    session.output.event(
        "backed-up",
        path=str(kept.path),
        files=kept.files,
        bytes=kept.file_bytes,
        cases=kept.cases,
        with_key=kept.with_key,
        encrypted=kept.sealed,
        read_from_drive=kept.from_drive,
        differing=list(kept.differing),
    )
    session.output.result(str(kept.path))
    size = _megabytes(kept.file_bytes)
    cases = session.words.plural("{n} case", "{n} cases", kept.cases)
    session.output.message(t("Backed up and read back: {cases}, {size} MB.", cases=cases, size=size))
    _say_differing(session, kept.differing)
    return 1 if kept.differing else 0


def _restore(session: Session, file: Path, folder: Path, key_file: Path | None, *, use: bool) -> int:
    t = session.words.text
    with Interrupts() as interrupts:
        restored = restore_library(
            file,
            folder,
            session.clock,
            key_file=key_file,
            unlock=lambda vault: unlock(session, vault),
            progress=lambda done, total, _name: _say_share(session, done, total),
            cancelled=lambda: interrupts.asked,
        )
    if use:
        _remember(restored.folder, before="")
    session.output.event(
        "restored",
        path=str(restored.folder),
        cases=restored.cases,
        files=restored.files,
        made=restored.made_utc,
        with_key=restored.with_key,
        used=use,
        differing=list(restored.differing),
    )
    session.output.result(str(restored.folder))
    cases = session.words.plural("{n} case", "{n} cases", restored.cases)
    session.output.message(t("Restored and checked: {cases}.", cases=cases))
    if not use:
        session.output.message(t("Look into it with --library {path}.", path=restored.folder))
    _say_differing(session, restored.differing)
    return 1 if restored.differing else 0


def _move(session: Session, folder: Path, *, remove_old: bool) -> int:
    t = session.words.text
    switched = _is_remembered(session.library)

    def switch(target: Path) -> None:
        if switched:
            _remember(target, before=str(session.library))

    with open_library(session) as desk, Interrupts() as interrupts:
        moved = move_library(
            desk,
            folder,
            switch,
            lambda done, total, _name: _say_share(session, done, total),
            lambda: interrupts.asked,
        )
    freed = None
    if remove_old:
        freed = _remove(session, moved.old, moved.folder, switched=switched)
    session.output.event(
        "moved",
        path=str(moved.folder),
        old=str(moved.old),
        files=moved.files,
        bytes=moved.file_bytes,
        used=switched,
        old_removed=freed is not None,
    )
    session.output.result(str(moved.folder))
    if not switched:
        session.output.message(t("From now on name it with --library {path}.", path=moved.folder))
    if freed is None:
        session.output.message(
            t("The old library is still in {path}. Nothing is written there any more.", path=moved.old)
        )
    return 0


def _remove(session: Session, old: Path, new: Path, *, switched: bool) -> int:
    keys = keys_of(session, new)
    with KEY_RING.holding(keys.files if keys is not None else None):
        freed = compare_and_remove(
            old,
            new,
            session.clock,
            lambda done, total, _name: _say_share(session, done, total),
            opened=lambda place: open_library_at(place, session.clock, keys),
        )
    if switched:
        _remember(new, before="")
    session.output.message(
        session.words.text("The old library was compared and taken away: {size} MB.", size=_megabytes(freed))
    )
    return freed


def _is_remembered(library: Path) -> bool:
    """Whether the settings decide that this library is used; not one that was named for once."""
    from_settings = remembered_library(config_file())
    return named_library() is None and library == (from_settings or default_library())


def _remember(library: Path, before: str) -> None:
    settings, _ = load_settings(config_file())
    save_settings(config_file(), replace(settings, library=str(library), library_before=before))


def _told(session: Session) -> Callable[[int, int], None]:
    return lambda done, total: _say_share(session, done, total)


def _say_share(session: Session, done: int, total: int) -> None:
    session.output.progress(f"{100 * done // max(1, total)} %")


def _say_differing(session: Session, names: tuple[str, ...]) -> None:
    for name in names:
        session.output.message(
            session.words.text("Not as the journal says, kept as it is: {path}", path=name)
        )


def _megabytes(count: int) -> str:
    return f"{count / _MEGABYTE:.1f}"
