"""What is said when a newer version of the program opened an older library."""

from __future__ import annotations

from evidencedesk.wording.language import mark

UPGRADED = mark("This library was made by an earlier version of the program and was brought up to date.")
UPGRADED_DETAIL = mark(
    "A copy of its database as it was is kept: {path}. To go back to the earlier version, close the program "
    "and run “evidencedesk rollback”."
)
