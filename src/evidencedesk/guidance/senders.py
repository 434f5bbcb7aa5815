"""What the packs know about senders whose number begins in a certain way, and no more than that."""

from __future__ import annotations

from collections.abc import Sequence

from evidencedesk.domain.rules import RulePack, SenderPrefix


def sender_prefix(packs: Sequence[RulePack], party: str) -> SenderPrefix | None:
    """The longest prefix that fits a sender; None where nobody knows anything.

    Only for senders longer than the prefix: ``106`` itself is no sender.
    """
    digits = party.removeprefix("+86").removeprefix("0086")
    fitting = (
        sender
        for pack in packs
        for sender in pack.senders
        if digits.isdecimal() and digits.startswith(sender.prefix) and len(digits) > len(sender.prefix)
    )
    return max(fitting, key=lambda sender: len(sender.prefix), default=None)
