"""Why a ZIP was not unpacked, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.zip_refusal import Refusal
from evidencedesk.wording.language import Words, mark

_SENTENCES: Mapping[Refusal, str] = {
    Refusal.DAMAGED: mark("it is damaged, or its end is missing"),
    Refusal.SPLIT: mark("it is only one part of an archive in several parts"),
    Refusal.ENCRYPTED: mark("“{item}” is encrypted"),
    Refusal.METHOD: mark("“{item}” is compressed in a way that not every program can read"),
    Refusal.TOO_MANY: mark("it has more files than any case folder"),
    Refusal.TOO_LARGE: mark("unpacked it would need more room than there is ({item})"),
    Refusal.BOMB: mark("“{item}” would unpack to more than 200 times its size, as no recording does"),
    Refusal.NAME_UNSAFE: mark("“{item}” is a name that leads out of the folder or is not safe everywhere"),
    Refusal.NAME_TWICE: mark("“{item}” is in it twice"),
    Refusal.NAME_TWINS: mark("“{item}” has the same name as another file on Windows or macOS"),
    Refusal.NAME_UNMARKED: mark("the file name “{item}” is not in the script that was given for it"),
    Refusal.FILE_AS_FOLDER: mark("“{item}” is a file and a folder at once"),
    Refusal.NOT_PLAIN: mark("“{item}” is a link, a pipe or a device, not a plain file"),
    Refusal.OVERLAP: mark("“{item}” shares its bytes with another file"),
    Refusal.UNLISTED: mark("it holds bytes that belong to no listed file"),
    Refusal.HEADERS_DIFFER: mark("it tells two different things about “{item}”"),
    Refusal.CONTENT_DIFFERS: mark("“{item}” does not have the size or the checksum that is given for it"),
    Refusal.NO_CASE_FOLDER: mark("there is no case folder in it"),
    Refusal.SEVERAL_CASE_FOLDERS: mark("there is more than one case folder in it, for example “{item}”"),
}


def describe_refusal(words: Words, refusal: str, item: str) -> str:
    """Half a sentence; an ellipsis for a reason nobody knows."""
    try:
        sentence = _SENTENCES[Refusal(refusal)]
    except ValueError:
        return "…"
    return words.text(sentence, item=item or "…")
