"""Every error a user, a disk, a device or a hostile file can cause.

An error carries a code and facts, never a sentence: the sentences (what happened, is the recording
safe, what to do next) stand in ``wording/errors.py`` in both languages, and a test proves that every
code has them. What is not a ``Known`` error is a bug.

    Known
    ├── WrongUse            exit 2   the request makes no sense here
    ├── Unreadable          exit 2   the input can't be read as what it should be
    └── MachineFailure      exit 3   disk, device or database said no
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Code(StrEnum):
    """Names of known errors, one sentence group each."""

    # Sound
    NO_MICROPHONE = "no-microphone"
    NO_SOUND_SYSTEM = "no-sound-system"
    UNKNOWN_SOURCE = "unknown-source"
    DEVICE_BUSY = "device-busy"
    DEVICE_REFUSED = "device-refused"
    SOUND_FILE_UNREADABLE = "sound-file-unreadable"
    CAPTURE_DID_NOT_START = "capture-did-not-start"
    CAPTURE_LOST = "capture-lost"
    ALREADY_RECORDING = "already-recording"
    # Disk
    DISK_FULL = "disk-full"
    DISK_NEARLY_FULL = "disk-nearly-full"
    NOT_WRITABLE = "not-writable"
    INPUT_OUTPUT = "input-output"
    # Library
    LIBRARY_IN_USE = "library-in-use"
    LIBRARY_NEWER = "library-newer"
    LIBRARY_DAMAGED = "library-damaged"
    GUARDS_MISSING = "guards-missing"
    # Case
    UNKNOWN_CASE = "unknown-case"
    AMBIGUOUS_CASE = "ambiguous-case"
    UNKNOWN_ENCOUNTER = "unknown-encounter"
    UNKNOWN_ITEM = "unknown-item"
    EMPTY_TEXT = "empty-text"
    TEXT_TOO_LONG = "text-too-long"
    FILE_UNREADABLE = "file-unreadable"
    NOT_A_FILE = "not-a-file"
    NOT_PRACTICE = "not-practice"
    MOMENT_OUTSIDE_RECORDING = "moment-outside-recording"
    TIME_NOT_VALID = "time-not-valid"
    NUMBER_NOT_VALID = "number-not-valid"
    # Export
    TARGET_INSIDE_LIBRARY = "target-inside-library"
    TARGET_NOT_EMPTY = "target-not-empty"
    TARGET_FULL = "target-full"
    TARGET_LOST = "target-lost"
    ZIP_NOT_WRITTEN = "zip-not-written"
    READ_BACK_DIFFERS = "read-back-differs"
    ORIGINAL_CHANGED = "original-changed"
    STILL_RECORDING = "still-recording"
    CANCELLED = "cancelled"
    NOTHING_TO_REDACT = "nothing-to-redact"
    BAD_RECIPIENT = "bad-recipient"
    AGE_KEY_UNREADABLE = "age-key-unreadable"
    NOT_ENCRYPTED = "not-encrypted"
    DECRYPTION_FAILED = "decryption-failed"
    # The signing key
    KEY_LOCKED = "key-locked"
    KEY_WRONG_PASSPHRASE = "key-wrong-passphrase"  # noqa: S105 - a code
    KEY_UNREADABLE = "key-unreadable"
    # Time stamps
    NOTHING_TO_STAMP = "nothing-to-stamp"
    ADDRESS_WRONG = "address-wrong"
    AUTHORITY_NAME = "authority-name"
    AUTHORITY_DETAILS = "authority-details"
    # Reading what others made
    FOLDER_UNREADABLE = "folder-unreadable"
    ARCHIVE_REFUSED = "archive-refused"
    ARCHIVE_NAMES = "archive-names"
    ARCHIVE_LOCKED = "archive-locked"
    PACK_INVALID = "pack-invalid"
    PACK_SHIPPED = "pack-shipped"
    PACK_VERSION_TAKEN = "pack-version-taken"
    SETTINGS_SET_ASIDE = "settings-set-aside"
    NEEDS_WHOLE_PROGRAM = "needs-whole-program"
    NO_DISPLAY = "no-display"
    PROGRAM_ERROR = "program-error"
    # Lists of calls and messages
    LIST_TOO_LARGE = "list-too-large"
    LIST_UNREADABLE = "list-unreadable"
    LIST_CHANGED = "list-changed"
    ZONE_UNKNOWN = "zone-unknown"
    # Machine transcripts
    TRANSCRIBE_MISSING = "transcribe-missing"
    MODEL_UNUSABLE = "model-unusable"
    TRANSCRIPTION_FAILED = "transcription-failed"
    TRANSCRIPTION_STOPPED = "transcription-stopped"
    NO_SOUND_YET = "no-sound-yet"
    NOTHING_CHANGED = "nothing-changed"
    # The debt
    TOO_MANY_INSTALMENTS = "too-many-instalments"
    BILL_TOO_LARGE = "bill-too-large"
    BILL_UNREADABLE = "bill-unreadable"
    BILL_LOCKED = "bill-locked"
    BILL_NOTHING_FOUND = "bill-nothing-found"
    NOTHING_ABOUT_DEBT = "nothing-about-debt"
    # Many cases: back up, restore, move, take in a case folder
    BUSY_RECORDING = "busy-recording"
    BACKUP_UNREADABLE = "backup-unreadable"
    BACKUP_DAMAGED = "backup-damaged"
    LIBRARY_AWAY = "library-away"
    LIBRARY_MOVED = "library-moved"
    MOVE_DIFFERS = "move-differs"
    NETWORK_DRIVE = "network-drive"
    IMPORT_NOT_INTACT = "import-not-intact"
    IMPORT_REDACTED = "import-redacted"
    IMPORT_NEWER = "import-newer"
    IMPORT_APART = "import-apart"
    IMPORT_TAKEN = "import-taken"
    # Letters
    TEMPLATE_UNREADABLE = "template-unreadable"
    TEMPLATE_FIELD = "template-field"
    TEMPLATE_MISTAKE = "template-mistake"
    TEMPLATE_FORBIDDEN = "template-forbidden"
    LETTER_NOT_WORD = "letter-not-word"
    PLAN_UNREADABLE = "plan-unreadable"
    # Playing
    NO_LOUDSPEAKER = "no-loudspeaker"
    LOUDSPEAKER_LOST = "loudspeaker-lost"
    SOUND_NOT_PLAYABLE = "sound-not-playable"
    # The vault
    VAULT_LOCKED = "vault-locked"
    VAULT_WRONG_PASSPHRASE = "vault-wrong-passphrase"  # noqa: S105
    VAULT_WRONG_CODE = "vault-wrong-code"
    VAULT_NO_KEYRING = "vault-no-keyring"
    VAULT_DAMAGED = "vault-damaged"
    VAULT_NEWER = "vault-newer"
    VAULT_NOT_HERE = "vault-not-here"
    VAULT_HERE_ALREADY = "vault-here-already"
    VAULT_FILE_DIFFERS = "vault-file-differs"
    VAULT_OTHER_KEY = "vault-other-key"
    VAULT_WEAK_PASSPHRASE = "vault-weak-passphrase"  # noqa: S105
    FILE_SEAL_BROKEN = "file-seal-broken"


class Known(Exception):  # noqa: N818 - the word of the house style: known errors against bugs
    """An error with a code and facts; ``wording.errors`` turns it into sentences."""

    exit_code: ClassVar[int] = 3

    def __init__(self, code: Code, /, **facts: str | int) -> None:
        super().__init__(code.value, facts)
        self.code = code
        self.facts = facts


class WrongUse(Known):
    """The request can't be done as asked; asking differently helps."""

    exit_code = 2


class Unreadable(Known):
    """The input is not what it should be."""

    exit_code = 2


class MachineFailure(Known):
    """A disk, a device or the database failed."""

    exit_code = 3
