"""Time stamps as files of a case folder's ``signatures/`` (docs/decisions/0004)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evidencedesk.custody.checkpoint import Checkpoint
from evidencedesk.custody.signature_files import AUTHORITIES, checkpoint_name
from evidencedesk.export.bag_writer import Written

Kept = tuple[bytes, bytes]


def answer_files(stamped: str, authority: str, kept: Kept) -> dict[str, bytes]:
    """Request and answer, beside the file they are about."""
    return {f"{stamped}.{authority}.tsq": kept[0], f"{stamped}.{authority}.tsr": kept[1]}


def authority_files(authority: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """An authority's root, chain and revocation lists."""
    return {f"{AUTHORITIES}{authority}/{name}": content for name, content in files.items()}


def checkpoint_stamps(
    checkpoints: Iterable[Checkpoint], answers: Mapping[str, Sequence[tuple[str, Kept]]]
) -> list[Written]:
    """The answers over checkpoints; ``answers`` has authority and answer by imprint."""
    return [
        Written(name, content)
        for number, checkpoint in enumerate(checkpoints, start=1)
        for authority, kept in answers.get(checkpoint.id, ())
        for name, content in answer_files(
            checkpoint_name(number, checkpoint.why.value), authority, kept
        ).items()
    ]
