"""What stands in a folder that the user chose as a model for writing down speech."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from evidencedesk.custody.hashing import hash_file
from evidencedesk.domain.errors import Code, Unreadable

_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
# Whisper's English-only models know one word less: no sign for languages.
_MULTILINGUAL_FROM = 51_865
_MOST_VOCABULARY_BYTES = 32 << 20

FileMark = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model that can be read; ``marks`` are name, size and time of each of its files."""

    path: Path
    multilingual: bool
    marks: tuple[FileMark, ...]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.path.name


def read_model(path: Path) -> SpeechModel:
    """Look into a folder, quickly. Raises MODEL_UNUSABLE with what is missing or can't be read."""
    folder = path.expanduser().absolute()
    try:
        if not folder.is_dir():
            raise Unreadable(Code.MODEL_UNUSABLE, path=str(path), detail="not a folder")
        files = sorted(one for one in folder.iterdir() if one.is_file())
        names = {one.name for one in files}
        missing = [name for name in _NEEDED if name not in names]
        vocabulary = next((name for name in _VOCABULARIES if name in names), None)
        if vocabulary is None:
            missing.append(_VOCABULARIES[0])
        if missing or vocabulary is None:
            raise Unreadable(Code.MODEL_UNUSABLE, path=str(path), detail=", ".join(missing))
        words = _words(folder / vocabulary)
        states = [(one.name, one.stat()) for one in files]
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(Code.MODEL_UNUSABLE, path=str(path), detail=str(error)) from error
    marks = tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)
    return SpeechModel(folder, words >= _MULTILINGUAL_FROM, marks)


def hash_model(model: SpeechModel) -> str:
    """The SHA-256 of the list of its files' SHA-256, as ``sha256sum *`` prints it. Raises MODEL_UNUSABLE."""
    try:
        lines = [f"{hash_file(model.path / name)[0]}  {name}\n" for name, _, _ in model.marks]
    except OSError as error:
        raise Unreadable(Code.MODEL_UNUSABLE, path=str(model.path), detail=str(error)) from error
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _words(file: Path) -> int:
    if file.stat().st_size > _MOST_VOCABULARY_BYTES:
        raise ValueError(f"{file.name}: too large")
    text = file.read_bytes()
    if file.suffix == ".json":
        return len(json.loads(text))
    return text.count(b"\n") + (not text.endswith(b"\n"))
