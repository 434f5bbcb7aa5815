"""What completes the command line in bash, zsh and fish: click's own scripts, which ask the program."""

from __future__ import annotations

import sys
from pathlib import Path

from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from evidencedesk.app.entry import COMPLETE_VARIABLE
from evidencedesk.cli.main import program
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words

# Where each shell looks for what packages bring.
_PLACES: dict[str, type[ShellComplete]] = {
    "bash-completion/completions/evidencedesk": BashComplete,
    "zsh/vendor-completions/_evidencedesk": ZshComplete,
    "fish/vendor_completions.d/evidencedesk.fish": FishComplete,
}


def completions() -> dict[str, str]:
    """The scripts by their places under ``/usr/share``."""
    group = program(Words("en", resource("locale")))
    made = {}
    for place, shell in _PLACES.items():
        script = shell(group, {}, "evidencedesk", COMPLETE_VARIABLE)
        # Not ``source()``: for bash that starts the bash of this computer and judges its version.
        made[place] = (script.source_template % script.source_vars()).strip() + "\n"
    return made
