"""What each known error means for the user: what happened, is the recording safe, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencedesk.domain.errors import Code, Known
from evidencedesk.wording import errors_library
from evidencedesk.wording.archives import describe_refusal
from evidencedesk.wording.errors_debt import DEBT_SENTENCES
from evidencedesk.wording.errors_letters import LETTER_SENTENCES
from evidencedesk.wording.errors_playing import PLAYING
from evidencedesk.wording.errors_transcripts import TRANSCRIPT_SENTENCES
from evidencedesk.wording.errors_updates import UPDATES
from evidencedesk.wording.errors_vault import VAULT_SENTENCES
from evidencedesk.wording.language import Words, mark
from evidencedesk.wording.pack_mistakes import told_mistake

# Every fact a sentence may name; what an error does not know is shown as an ellipsis.
_UNKNOWN: Mapping[str, str | int] = dict.fromkeys(
    (
        *("path", "source", "device", "case", "cases", "encounter"),
        *("count", "total", "item", "length", "limit", "file", "reason", "value", "pack", "version"),
    ),
    "…",
)


@dataclass(frozen=True, slots=True)
class ErrorText:
    """Three sentences for people; ``detail`` is what the system said, for whoever helps them."""

    what: str
    safe: str
    next: str
    detail: str = ""


_NOT_BEGUN = mark("No recording began. Everything saved earlier is safe.")
_KEPT = mark("What was recorded is safe on the disk.")
_UNTOUCHED = mark("Nothing was changed. Your recordings are safe.")
_SAVED_UP_TO = mark("Everything that was shown as saved is safe.")
_NOTHING_LOST = mark("The library was not changed. Recordings and notes are still in it.")
_EXPORT_ONLY = mark("Your case and its recordings are safe in the library; only the copy was not made.")

_SENTENCES: Mapping[Code, tuple[str, str, str]] = {
    Code.NO_MICROPHONE: (
        mark("No microphone was found."),
        _NOT_BEGUN,
        mark(
            "Plug in a microphone or headset and try again. If time is short, record with your phone now and "
            "add the file to the case later."
        ),
    ),
    Code.NO_SOUND_SYSTEM: (
        mark("This computer's sound system can't be reached."),
        _NOT_BEGUN,
        mark(
            "Restart the computer, or start its sound service, and try again. If time is short, record with "
            "your phone now and add the file to the case later."
        ),
    ),
    Code.UNKNOWN_SOURCE: (
        mark("There is no microphone called “{source}”."),
        _NOT_BEGUN,
        mark("Choose one from the list, or leave the choice to the system (“default”)."),
    ),
    Code.DEVICE_BUSY: (
        mark("Another program is using the microphone “{device}”."),
        _NOT_BEGUN,
        mark("Close programs that use the microphone, such as calls or meetings, and try again."),
    ),
    Code.DEVICE_REFUSED: (
        mark("The microphone “{device}” did not let us record."),
        _NOT_BEGUN,
        mark(
            "Allow the microphone in the system's privacy settings, or unplug it and plug it in again, then "
            "try again. If time is short, record with your phone now and add the file to the case later."
        ),
    ),
    Code.SOUND_FILE_UNREADABLE: (
        mark("The sound file “{path}” can't be read."),
        _UNTOUCHED,
        mark("Check that the file exists and is a sound recording (WAV or FLAC), then try again."),
    ),
    Code.CAPTURE_DID_NOT_START: (
        mark("The recorder did not start."),
        _NOT_BEGUN,
        mark(
            "Press record again. If it happens twice, restart the computer, or record with your phone "
            "now and add the file to the case later."
        ),
    ),
    Code.CAPTURE_LOST: (
        mark("The recorder stopped answering."),
        _SAVED_UP_TO,
        mark("Press record to go on in a new recording. The first one is being finished by itself."),
    ),
    Code.ALREADY_RECORDING: (
        mark("A recording is already running."),
        mark("The running recording goes on undisturbed."),
        mark("Stop the running recording first if you want to begin a new one."),
    ),
    Code.DISK_FULL: (
        mark("The disk is full ({path})."),
        _SAVED_UP_TO,
        mark("Delete something you don't need from this disk, or choose another disk, then try again."),
    ),
    Code.DISK_NEARLY_FULL: (
        mark("The disk is nearly full ({path})."),
        _KEPT,
        mark("Make room soon: delete something you don't need from this disk."),
    ),
    Code.NOT_WRITABLE: (
        mark("Nothing can be written to {path}."),
        _KEPT,
        mark("Choose a folder of your own, or remove the write protection, then try again."),
    ),
    Code.INPUT_OUTPUT: (
        mark("The disk reported a fault at {path}."),
        _SAVED_UP_TO,
        mark("Copy your cases to another disk soon. If it is a USB stick, plug it in again."),
    ),
    Code.LIBRARY_IN_USE: (
        mark("The library is already open in another window or program ({path})."),
        mark("Everything in it is safe, and a recording that runs there goes on."),
        mark("Use the window that is open, or close it and try again."),
    ),
    Code.LIBRARY_NEWER: (
        mark("The library was made by a newer version of EvidenceDesk ({path})."),
        _NOTHING_LOST,
        mark("Install the newest version of EvidenceDesk and open it again."),
    ),
    Code.LIBRARY_DAMAGED: (
        mark("The library's database is damaged ({path})."),
        mark("The sound files lie beside the database and are not part of it. Nothing was deleted."),
        mark(
            "Don't delete anything. Copy the whole folder to another disk, then ask for help with the copy."
        ),
    ),
    Code.GUARDS_MISSING: (
        mark(
            "The library's protection against changes is missing ({path}): somebody opened it with "
            "another tool."
        ),
        mark("Nothing was deleted, and the journal's chain of hashes still shows any change."),
        mark("Copy the whole folder to another disk before you go on, then run “evidencedesk doctor”."),
    ),
    Code.UNKNOWN_CASE: (
        mark("There is no case “{case}”."),
        _UNTOUCHED,
        mark("Look at the list of cases and use the name shown there."),
    ),
    Code.AMBIGUOUS_CASE: (
        mark("More than one case begins with “{case}”: {cases}."),
        _UNTOUCHED,
        mark("Write more of the case's name, as shown in the list of cases."),
    ),
    Code.UNKNOWN_ENCOUNTER: (
        mark("This case has no encounter “{encounter}”."),
        _UNTOUCHED,
        mark("Look at the case to see its visits and calls."),
    ),
    Code.UNKNOWN_ITEM: (
        mark("“{item}” was not found."),
        _UNTOUCHED,
        mark("Open the case again and choose from what is shown there."),
    ),
    Code.EMPTY_TEXT: (
        mark("There is nothing written yet."),
        _UNTOUCHED,
        mark("Write a few words and try again."),
    ),
    Code.TEXT_TOO_LONG: (
        mark("The text is too long: {length} characters, and {limit} fit."),
        _UNTOUCHED,
        mark("Split it into several notes, or add it to the case as a file."),
    ),
    Code.FILE_UNREADABLE: (
        mark("The file “{path}” can't be read."),
        _UNTOUCHED,
        mark("Check that the file is still there and that you may open it, then try again."),
    ),
    Code.NOT_A_FILE: (
        mark("“{path}” is not a file."),
        _UNTOUCHED,
        mark("Choose single files. A folder must be packed (zipped) first."),
    ),
    Code.NOT_PRACTICE: (
        mark("“{case}” is no practice case: not everything in it is simulated."),
        _UNTOUCHED,
        mark("Only practice cases can be deleted. Keep this one, or record something else in another case."),
    ),
    Code.MOMENT_OUTSIDE_RECORDING: (
        mark("This second is not inside the recording."),
        _UNTOUCHED,
        mark("Give a second between 0 and the length of the recording."),
    ),
    Code.TIME_NOT_VALID: (
        mark("“{value}” is not a day or time that the calendar has."),
        _UNTOUCHED,
        mark("Write the day as 2026-11-25 and the time as 19:30."),
    ),
    Code.NUMBER_NOT_VALID: (
        mark("“{value}” can't be understood as a number."),
        _UNTOUCHED,
        mark("Write it with digits only, for example 1280.50."),
    ),
    Code.TARGET_INSIDE_LIBRARY: (
        mark("The case folder can't be put inside the library, nor around it ({path})."),
        _EXPORT_ONLY,
        mark("Choose another place, such as the desktop or a USB stick."),
    ),
    Code.TARGET_NOT_EMPTY: (
        mark("There is already something at {path}."),
        mark("Nothing there was touched. Your recordings are safe."),
        mark("Choose a new name or an empty folder."),
    ),
    Code.TARGET_FULL: (
        mark("There is no more room where the copy was to go ({path})."),
        mark(
            "Your case is safe in the library. What was begun there was removed, nothing half-written stays."
        ),
        mark("Make room there or choose another drive, then export again."),
    ),
    Code.TARGET_LOST: (
        mark("The drive was taken away or stopped answering while the copy was written ({path})."),
        mark(
            "Your case is safe in the library. If “{file}” is on the drive, it is unfinished and worthless."
        ),
        mark("Plug the drive in again, delete what is unfinished, and export again; best to another drive."),
    ),
    Code.ZIP_NOT_WRITTEN: (
        mark("The case folder is written, but its ZIP could not be ({path})."),
        mark("The case folder beside it is whole: every file of it was read back and compared."),
        mark("Hand over the folder, or make room and export again."),
    ),
    Code.READ_BACK_DIFFERS: (
        mark("The drive gives back something else than was written to it: {path}."),
        mark("Your case is safe in the library. The wrong copy was removed."),
        mark("Don't use this drive for evidence any more. Export again to another one."),
    ),
    Code.ORIGINAL_CHANGED: (
        mark("A file of this case is no longer what it was when it was saved: {path}."),
        mark("The file was left as it is. All other files of the case are untouched."),
        mark(
            "Don't change or delete anything. Copy the library folder to another disk, then ask a lawyer or "
            "somebody who knows computers."
        ),
    ),
    Code.STILL_RECORDING: (
        mark("A recording of this case is still running or was not finished."),
        _KEPT,
        mark("Stop the recording first. If none is running, run “evidencedesk recover” or open the window."),
    ),
    Code.CANCELLED: (
        mark("Stopped, as you asked."),
        _EXPORT_ONLY,
        mark("Begin again whenever you like."),
    ),
    Code.KEY_LOCKED: (
        mark("The key that signs is protected by a passphrase."),
        _UNTOUCHED,
        mark("Type the passphrase you chose for it. Without it the case folder can be exported unsigned."),
    ),
    Code.KEY_WRONG_PASSPHRASE: (
        mark("That is not the passphrase of the key that signs."),
        _UNTOUCHED,
        mark("Try again. If it is lost, make a new key; what the old one signed stays valid."),
    ),
    Code.KEY_UNREADABLE: (
        mark("The key that signs can't be opened ({reason})."),
        mark("Recordings and notes don't need it; they are safe."),
        mark(
            "Log in to your desktop so that its keyring is open, and try again. If that does not help, make "
            "a new key; what the old one signed stays valid."
        ),
    ),
    Code.NOTHING_TO_STAMP: (
        mark("“{path}” has no signature that could be stamped."),
        _UNTOUCHED,
        mark("Choose a case folder that was exported and signed, or export the case again."),
    ),
    Code.ADDRESS_WRONG: (
        mark("“{path}” is not the address of an authority."),
        _UNTOUCHED,
        mark("Write the address as the authority names it, beginning with http:// or https://."),
    ),
    Code.AUTHORITY_NAME: (
        mark("“{item}” can't be the short name of an authority."),
        _UNTOUCHED,
        mark("Use up to 32 of the characters a-z, 0-9 and -, and a name that no other authority has."),
    ),
    Code.AUTHORITY_DETAILS: (
        mark("“{item}” is neither a header nor the number of a policy."),
        _UNTOUCHED,
        mark("Write headers as “Name: value” and a policy as numbers with dots, or leave both empty."),
    ),
    Code.NOTHING_TO_REDACT: (
        mark("Nothing was chosen to be left out or muted."),
        _UNTOUCHED,
        mark(
            "Choose notes, persons, files or stretches of sound. For a copy of everything, export the case."
        ),
    ),
    Code.BAD_RECIPIENT: (
        mark("“{item}” is not the public key of a receiver."),
        mark("Nothing was written. Your recordings are safe."),
        mark(
            "A public key begins with “age1” and has 62 letters. Copy all of it from what the receiver sent."
        ),
    ),
    Code.AGE_KEY_UNREADABLE: (
        mark("There is no key to decrypt with in “{path}”."),
        mark("Nothing was written."),
        mark("Choose the key file that age-keygen made; its key begins with “AGE-SECRET-KEY-”."),
    ),
    Code.NOT_ENCRYPTED: (
        mark("“{path}” is not encrypted with age."),
        mark("Nothing was written."),
        mark("If it is a ZIP or a folder, check it as it is."),
    ),
    Code.DECRYPTION_FAILED: (
        mark("“{path}” can't be decrypted with this key."),
        mark("Nothing was written, and the file was not changed."),
        mark(
            "Either it was encrypted for another key, or it is damaged, or its end is missing. Ask for it "
            "again."
        ),
    ),
    Code.FOLDER_UNREADABLE: (
        mark("“{path}” can't be read as a case folder."),
        mark("Nothing was changed; checking only reads."),
        mark(
            "Choose the folder that holds START-HERE.html, or the ZIP file with that folder in it. If it is "
            "the right one, ask for a new copy."
        ),
    ),
    Code.ARCHIVE_REFUSED: (
        mark("“{path}” was not unpacked: {reason}."),
        mark("Nothing was written, and the file was not changed."),
        mark(
            "Ask whoever sent it to pack the case folder again. Don't unpack it with another program if you "
            "don't know where it comes from."
        ),
    ),
    Code.ARCHIVE_NAMES: (
        mark("“{path}” does not say in which script its file names are. As GBK, one of them is “{item}”."),
        mark("Nothing was written, and the file was not changed."),
        mark(
            "If that name reads right, check the file again with its names as GBK (on the command line: "
            "“--zip-names gbk”). If not, ask whoever sent it to pack the case folder again."
        ),
    ),
    Code.ARCHIVE_LOCKED: (
        mark("“{path}” is encrypted, so it can't be checked as it is."),
        mark("Nothing was changed; checking only reads."),
        mark("Decrypt it first with the receiver's key file (“evidencedesk decrypt”), then check the ZIP."),
    ),
    Code.PACK_INVALID: (
        mark("The rule pack “{file}” has a mistake: {reason}"),
        _UNTOUCHED,
        mark("Correct it or take it away. If it came with the program, install EvidenceDesk again."),
    ),
    Code.PACK_SHIPPED: (
        mark("“{pack}” is the id of a rule pack that comes with the program."),
        _UNTOUCHED,
        mark("Give your rule pack an id of its own and add it again."),
    ),
    Code.PACK_VERSION_TAKEN: (
        mark("Version {version} of the rule pack “{pack}” is already in the library, with other content."),
        _UNTOUCHED,
        mark("Give the changed rule pack a new version, so that earlier marks keep their words."),
    ),
    Code.SETTINGS_SET_ASIDE: (
        mark("Your settings could not be read and were set aside ({path})."),
        mark("Cases and recordings are not touched by this."),
        mark("Go on as usual; choose language and microphone again."),
    ),
    Code.NEEDS_WHOLE_PROGRAM: (
        mark("This installation can only check case folders; “{item}” is not part of it."),
        _UNTOUCHED,
        mark(
            'Install the whole program: pipx install --force "evidencedesk[desktop]", or in an environment '
            'of your own: pip install "evidencedesk[desktop]"'
        ),
    ),
    Code.NO_DISPLAY: (
        mark("There is no screen for a window here."),
        _UNTOUCHED,
        mark("Use the command line instead: “evidencedesk --help” shows what it can do."),
    ),
    Code.PROGRAM_ERROR: (
        mark("Something went wrong inside the program ({reason})."),
        _SAVED_UP_TO,
        mark("A recording that runs goes on. If this comes back, close the program and open it again."),
    ),
    Code.LIST_TOO_LARGE: (
        mark("The list “{path}” is too large: more than {limit} MB."),
        _UNTOUCHED,
        mark("Export a shorter time from the phone, or only the numbers in question, and try again."),
    ),
    Code.LIST_UNREADABLE: (
        mark("“{path}” is not a list of calls or messages that can be read here."),
        _UNTOUCHED,
        mark(
            "Save the list as CSV (a spreadsheet can do that), or copy its lines and paste them. The file "
            "itself can still be attached to the case as it is."
        ),
    ),
    Code.LIST_CHANGED: (
        mark("The list “{path}” was changed after it had been looked at."),
        _UNTOUCHED,
        mark("Choose the file again and look through it once more."),
    ),
    Code.ZONE_UNKNOWN: (
        mark("“{value}” is no time zone that this computer knows."),
        _UNTOUCHED,
        mark("Write its name as Asia/Shanghai."),
    ),
    **TRANSCRIPT_SENTENCES,
    **DEBT_SENTENCES,
    **errors_library.SENTENCES,
    **LETTER_SENTENCES,
    **PLAYING,
    **UPDATES,
    **VAULT_SENTENCES,
}


def describe(words: Words, error: Known) -> ErrorText:
    """Sentences for any known error; a fact that is missing becomes an ellipsis, never a second error."""
    facts = dict(_UNKNOWN) | error.facts
    if error.code is Code.ARCHIVE_REFUSED:
        facts["reason"] = describe_refusal(words, str(facts["reason"]), str(error.facts.get("item", "")))
    if error.code is Code.PACK_INVALID and "reason" in error.facts:
        facts["reason"] = told_mistake(words, str(facts["reason"]))
    what, safe, following = (words.text(sentence, **facts) for sentence in _SENTENCES[error.code])
    return ErrorText(what, safe, following, str(error.facts.get("detail", "")))
