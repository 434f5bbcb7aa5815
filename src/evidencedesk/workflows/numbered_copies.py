"""Which files stand in a case folder a second time, under their number in the evidence list."""

from __future__ import annotations

from collections.abc import Iterable

from evidencedesk.custody.kept_place import attachment_file
from evidencedesk.domain.case import CaseFile
from evidencedesk.export.bag_writer import Original
from evidencedesk.export.papers.evidence_items import Item
from evidencedesk.workflows.desk import Desk

# A long recording would only fill the stick; the list names its place.
LARGEST = 100_000_000


def numbered_ids(case_file: CaseFile) -> frozenset[str]:
    """What the user put on the list, as far as it is small enough; nothing while nobody arranged one."""
    if case_file.evidence is None:
        return frozenset()
    sizes = {one.id: one.file_bytes for one in case_file.taken_in}
    sizes |= {one.id: one.file_bytes or 0 for one in case_file.recordings if one.samples}
    wanted = (choice.id for choice in case_file.evidence.items)
    return frozenset(name for name in wanted if 0 < sizes.get(name, 0) <= LARGEST)


def numbered_bytes(case_file: CaseFile) -> int:
    """The room they take."""
    wanted = numbered_ids(case_file)
    kept = sum(one.file_bytes for one in case_file.taken_in if one.id in wanted)
    return kept + sum(one.file_bytes or 0 for one in case_file.recordings if one.id in wanted)


def numbered_copies(desk: Desk, case_file: CaseFile, items: Iterable[Item]) -> tuple[Original, ...]:
    """What is copied to where, with the hash it must have."""
    folder = desk.case_folder(case_file.case.id)
    places = {one.id: (attachment_file(folder, one), one.sha256) for one in case_file.taken_in}
    places |= {
        one.id: (folder / "recordings" / one.id / one.file, one.file_sha256 or "")
        for one in case_file.recordings
        if one.samples
    }
    copies = []
    for item in items:
        if item.copy:
            source, sha256 = places[item.id]
            copies.append(Original(source, item.copy, sha256))
    return tuple(copies)
