"""The model that writes down speech: looked at before use, and known by the hash over its files."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from evidencedesk.capture.speech.model_folder import SpeechModel, hash_model, read_model
from evidencedesk.custody.kept import read_kept, write_kept
from evidencedesk.domain.errors import Known
from evidencedesk.workflows.desk import Desk

# Only saves time: beside the database, thrown away at will.
KNOWN_FILE = "speech-model.json"


def speech_model(path: Path) -> SpeechModel:
    """Look whether a folder has a model. Raises MODEL_UNUSABLE."""
    return read_model(path)


def model_sha256(desk: Desk, model: SpeechModel) -> str:
    """The hash over its files, read again only when one of them has another size or time."""
    known = desk.library / KNOWN_FILE
    told = {"path": str(model.path), "files": [list(one) for one in model.marks]}
    with suppress(OSError, ValueError, TypeError, KeyError, Known):
        kept = json.loads(read_kept(known))
        if {"path": kept["path"], "files": kept["files"]} == told and isinstance(kept["sha256"], str):
            return str(kept["sha256"])
    found = hash_model(model)
    with suppress(OSError):  # a full disk must not keep anybody from a transcript
        write_kept(known, json.dumps({**told, "sha256": found}).encode(), desk.seals_to)
    return found
