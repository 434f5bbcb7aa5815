"""What a program heard in a recording: a machine's draft, never evidence."""

from __future__ import annotations

from dataclasses import dataclass

from evidencedesk.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class Sentence:
    """One stretch of speech in a recording; ``earlier`` holds the wordings that corrections replaced."""

    at_ms: int
    length_ms: int
    text: str
    corrected: bool = False
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """One draft of one recording (one leg of a call, one part of a long encounter).

    ``model`` is the name of the model's folder, ``model_sha256`` the hash over its files, ``program`` what
    ran it, with its version. A later draft of the same recording replaces an earlier one.
    """

    id: str
    case: str
    recording: str
    model: str
    model_sha256: str
    program: str
    language: str
    sentences: tuple[Sentence, ...]
    moment: Moment
