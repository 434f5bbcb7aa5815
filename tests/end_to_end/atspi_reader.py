"""A screen reader that prints what it would say. Run by the system's own Python, which has its library.

    /usr/bin/python3 atspi_reader.py

A line on the standard input wants the tree of the program in front; the answer is one line of JSON: what is
on the screen as (role, name, description, whether it is shown), and what was announced since the last one.
"""

from __future__ import annotations

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PROGRAM = "EvidenceDesk"
announced: list[str] = []


def heard(event: Atspi.Event) -> None:
    """The program says something by itself."""
    announced.append(str(event.any_data))


def tree() -> list[tuple[str, str, str]]:
    """Everything of the program that is on the screen."""
    desktop = Atspi.get_desktop(0)
    found: list[tuple[str, str, str]] = []
    for number in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(number)
        if application is not None and application.get_name() == PROGRAM:
            collect(application, found)
    return found


def collect(node: Atspi.Accessible, found: list[tuple[str, str, str]]) -> None:
    """Walk down; what is hidden has nothing to say."""
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is None:
            continue
        states = child.get_state_set()
        if not states.contains(Atspi.StateType.VISIBLE):
            continue
        if states.contains(Atspi.StateType.SHOWING):
            found.append((child.get_role_name(), child.get_name() or "", child.get_description() or ""))
        # The rows of a list are asked for one by one by whoever reads them.
        if child.get_role() not in (Atspi.Role.TABLE, Atspi.Role.LIST, Atspi.Role.TREE):
            collect(child, found)


def answer(_source: object, _condition: object) -> bool:
    """One line wants one answer."""
    if not sys.stdin.readline():
        Atspi.event_quit()
        return False
    print(json.dumps({"tree": tree(), "announced": announced}), flush=True)  # noqa: T201
    announced.clear()
    return True


def main() -> None:
    """Listen."""
    Atspi.init()
    listener = Atspi.EventListener.new(heard)
    listener.register("object:announcement")
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, answer)
    print("ready", flush=True)  # noqa: T201
    Atspi.event_main()


if __name__ == "__main__":
    main()
