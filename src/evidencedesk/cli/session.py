"""What every command shares: language, output, clock, and the library it works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from evidencedesk.cli.output import Output
from evidencedesk.domain.errors import Code, Known, MachineFailure
from evidencedesk.domain.moment import Clock
from evidencedesk.system.clock import SystemClock
from evidencedesk.system.library_place import library_place
from evidencedesk.system.passphrase import take_passphrase, take_vault_passphrase
from evidencedesk.system.places import config_file
from evidencedesk.system.resources import resource
from evidencedesk.system.settings import load_settings
from evidencedesk.wording.language import Language, Words, system_language


@dataclass
class Session:
    """One run of the program from a terminal; ``library`` is changed by ``--library``.

    ``passphrase`` is that of the key, ``vault_passphrase`` that of the library (or its recovery code), if the
    environment gave one; ``--passphrase-file`` changes the latter.
    """

    words: Words
    output: Output
    clock: Clock
    library: Path
    passphrase: str = field(default="", repr=False)
    vault_passphrase: str = field(default="", repr=False)


def session_for(arguments: Sequence[str]) -> Session:
    """Look for ``--language`` and ``--json`` first: even a complaint about the rest needs them."""
    named, as_json = _wishes(arguments)
    trouble: Known | None = None
    language = named
    if language is None:
        try:
            settings, aside = load_settings(config_file())
            language = cast("Language", settings.language) if settings.language else None
            if aside is not None:
                trouble = MachineFailure(Code.SETTINGS_SET_ASIDE, path=str(aside))
        except Known as error:
            trouble = error
    words = Words(language or system_language(), resource("locale"))
    output = Output(words, as_json=as_json)
    if trouble is not None:
        output.error(trouble)
    return Session(words, output, SystemClock(), library_place(), take_passphrase(), take_vault_passphrase())


def _wishes(arguments: Sequence[str]) -> tuple[Language | None, bool]:
    language: Language | None = None
    as_json = False
    before = ""
    for argument in arguments:
        if argument == "--":
            break
        value = argument if before == "--language" else argument.removeprefix("--language=")
        if value == "zh" and (before == "--language" or value != argument):
            language = "zh"
        elif value == "en" and (before == "--language" or value != argument):
            language = "en"
        as_json = as_json or argument == "--json"
        before = argument
    return language, as_json
