"""The sentences of click itself, so that its help and complaints come in the user's language too."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidencedesk.wording.language import DOMAIN, Language, mark, mark_plural

_VARIABLE = "LANGUAGE"
_LOCALES = {"zh": "zh_CN", "en": "en"}

# Copied word for word: click looks them up in the catalogue this process has made current.
_OF_CLICK = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Show the version and exit."),
    mark("Show this message and exit."),
    mark("Error: {message}"),
    mark("Try '{command} {option}' for help."),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("Missing command."),
    mark("Missing argument"),
    mark("Missing option"),
    mark("No such option {name!r}."),
    mark("No such command {name!r}."),
    mark("Option {name!r} does not take a value."),
    mark("default: {default}"),
    mark_plural("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    mark_plural("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    mark_plural("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    mark_plural("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)


@contextmanager
def click_speaks(language: Language, locale_dir: Path) -> Iterator[None]:
    """Let click find our catalogue. It asks gettext's own current domain, so there is no narrower way."""
    domain, before = gettext.textdomain(), os.environ.get(_VARIABLE)
    gettext.bindtextdomain(DOMAIN, locale_dir)
    gettext.textdomain(DOMAIN)
    os.environ[_VARIABLE] = _LOCALES[language]
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = before
