"""What errors about whole libraries mean: back-ups, moves, and cases from another computer."""

from __future__ import annotations

from collections.abc import Mapping

from evidencedesk.domain.errors import Code
from evidencedesk.wording.language import mark

_UNTOUCHED = mark("Nothing was changed. Your recordings are safe.")
_NOT_TAKEN = mark("Nothing of it was taken in. Your own cases are as they were.")
_NOT_RESTORED = mark("Nothing of it was kept, and your present library was not touched.")
_OLD_IN_USE = mark("The library is where it was, and nothing of it was changed.")

SENTENCES: Mapping[Code, tuple[str, str, str]] = {
    Code.BUSY_RECORDING: (
        mark("Something is being recorded. The whole library can't be copied meanwhile."),
        _UNTOUCHED,
        mark("Stop the recording first, or do this later: the recording comes first."),
    ),
    Code.BACKUP_UNREADABLE: (
        mark("“{path}” is not a back-up of a library."),
        _NOT_RESTORED,
        mark(
            "Choose the file that “Back up” wrote. A case folder is taken in from the list of cases instead."
        ),
    ),
    Code.BACKUP_DAMAGED: (
        mark(
            "The back-up “{path}” is damaged: {count} of {total} files are whole. The first one that is not: "
            "{item}."
        ),
        _NOT_RESTORED,
        mark("Copy the file once more from where it was kept, or use an older back-up."),
    ),
    Code.LIBRARY_AWAY: (
        mark("The library should be in “{path}”, but it is not there now."),
        mark("No empty library was begun in its place."),
        mark(
            "Plug in its drive and open the program again. If time is short, record with your phone now and "
            "add the file to the case later."
        ),
    ),
    Code.LIBRARY_MOVED: (
        mark("The library was moved to “{path}”."),
        mark("Everything in it was checked there."),
        mark("Close the program and open it again: it goes on in the new place."),
    ),
    Code.MOVE_DIFFERS: (
        mark("After copying, “{item}” was not the same in both places."),
        _OLD_IN_USE,
        mark("The other drive may be failing. Choose another one."),
    ),
    Code.NETWORK_DRIVE: (
        mark("“{path}” is on a network drive. A library can't be kept there safely."),
        _OLD_IN_USE,
        mark("Choose a disk in this computer or on a cable. A back-up may well go to the network."),
    ),
    Code.IMPORT_NOT_INTACT: (
        mark("“{path}” is not as it was handed over: {count} findings. The first: {item}"),
        _NOT_TAKEN,
        mark("Look at all findings with “Check a case folder”, and ask for the folder once more."),
    ),
    Code.IMPORT_REDACTED: (
        mark("“{path}” is a redacted copy. Parts of the case were left out of it on purpose."),
        _NOT_TAKEN,
        mark("Ask for a full case folder of this case."),
    ),
    Code.IMPORT_NEWER: (
        mark("“{path}” was made by a newer version of this program ({version})."),
        _NOT_TAKEN,
        mark("Bring this program up to date, and take the folder in then."),
    ),
    Code.IMPORT_APART: (
        mark(
            "The case “{case}” is here already, and both went on by themselves: they agree up to entry "
            "{count}; then there are {limit} entries here and {total} in the folder."
        ),
        _NOT_TAKEN,
        mark(
            "One chain can't hold both. Keep the folder as it is: it stands beside your case, and can be "
            "handed over with it. Go on with the case on one computer only."
        ),
    ),
    Code.IMPORT_TAKEN: (
        mark("“{path}” names things that belong to another case here."),
        _NOT_TAKEN,
        mark("The folder is whole, but it can't stand beside your cases. Keep it as it is; hand it over so."),
    ),
}
