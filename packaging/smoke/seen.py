"""Runs in the root: what a screen reader is told of the program's window, as lines of JSON.

With a text as its argument it writes that into the line that has the keyboard, as an input method would:
xdotool can't type Chinese. Debian's own Python runs it: it needs python3-gi and the AT-SPI bindings only.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def told(node, text: str, depth: int = 0) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """One line for everything that is to be seen and has a name, from the outside in."""
    if depth > 60:
        return
    try:
        state = node.get_state_set()
        shown = state.contains(Atspi.StateType.SHOWING)
        if depth and not shown and node.get_role_name() not in ("application", "frame", "window"):
            return
        if text and state.contains(Atspi.StateType.FOCUSED) and state.contains(Atspi.StateType.EDITABLE):
            node.set_text_contents(text)
        name = node.get_name()
        if name and shown:
            place = node.get_extents(Atspi.CoordType.SCREEN)
            print(
                json.dumps(
                    {
                        "name": name,
                        "role": node.get_role_name(),
                        "x": place.x + place.width // 2,
                        "y": place.y + place.height // 2,
                        "enabled": state.contains(Atspi.StateType.ENABLED),
                    }
                )
            )
        for number in range(node.get_child_count()):
            child = node.get_child_at_index(number)
            if child is not None:
                told(child, text, depth + 1)
    except GLib.Error:
        return  # it went away while it was looked at


told(Atspi.get_desktop(0), " ".join(sys.argv[1:]))
