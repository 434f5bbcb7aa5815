"""Why a ZIP that a stranger made is not unpacked."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """One reason is enough, and nothing of the archive is used. Sentences: ``wording/archives.py``."""

    DAMAGED = "damaged"
    SPLIT = "split"
    ENCRYPTED = "encrypted"
    METHOD = "method"
    TOO_MANY = "too-many"
    TOO_LARGE = "too-large"
    BOMB = "bomb"
    NAME_UNSAFE = "name-unsafe"
    NAME_TWICE = "name-twice"
    NAME_TWINS = "name-twins"
    NAME_UNMARKED = "name-unmarked"
    FILE_AS_FOLDER = "file-as-folder"
    NOT_PLAIN = "not-plain"
    OVERLAP = "overlap"
    UNLISTED = "unlisted"
    HEADERS_DIFFER = "headers-differ"
    CONTENT_DIFFERS = "content-differs"
    NO_CASE_FOLDER = "no-case-folder"
    SEVERAL_CASE_FOLDERS = "several-case-folders"


class Refused(Exception):  # noqa: N818 - an outcome, not a fault of the program
    """The archive is refused as a whole; ``item`` is the entry that was the reason, if it was one."""

    def __init__(self, refusal: Refusal, item: str = "") -> None:
        super().__init__(refusal.value, item)
        self.refusal = refusal
        self.item = item
