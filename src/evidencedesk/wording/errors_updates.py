"""What errors of going back to an earlier library mean for the user; see ``wording.errors``."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.errors import Code
from evidencedesk.wording.language import mark

_UNTOUCHED = mark("Nothing was changed. Your recordings are safe.")

UPDATES: Mapping[Code, tuple[str, str, str]] = {
    Code.NO_EARLIER_LIBRARY: (
        mark("There is no copy from before an update in {path}."),
        _UNTOUCHED,
        mark(
            "A copy is made when a newer version of the program first opens a library. If you have a back-up "
            "from that time, restore it with “evidencedesk restore”."
        ),
    ),
    Code.ROLLBACK_LOSES: (
        mark("Since the update {count} entries were added to {cases} cases; the copy does not have them."),
        _UNTOUCHED,
        mark(
            "Export these cases first. To go back all the same, add --anyway: what was added then stands "
            "only in the file that is kept beside the library."
        ),
    ),
}
