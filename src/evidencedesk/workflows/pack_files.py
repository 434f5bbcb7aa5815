"""The rule packs that go with a case, so that its ticks can be read wherever it goes."""

from __future__ import annotations

from evidencedesk.domain.case import CaseFile
from evidencedesk.export.bag_writer import Written
from evidencedesk.guidance.shelf import named_by
from evidencedesk.workflows.desk import Desk


def pack_files(desk: Desk, case_file: CaseFile) -> tuple[Written, ...]:
    """The packs that a case's ticks name, byte by byte; a version that is nowhere is left out."""
    found = (desk.shelf.find(pack_id, version) for pack_id, version in named_by(case_file.ticks))
    return tuple(Written(f"data/packs/{one.name}", one.content) for one in found if one is not None)
