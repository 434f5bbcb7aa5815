"""HOW-TO-CHECK.txt: the commands a stranger can type without this program."""

from __future__ import annotations

from evidencedesk.wording.language import Words


def how_to_check(words: Words) -> str:
    """Plain text with the stock commands of each system."""
    return "\n".join(
        (
            words.text("How to check this folder without EvidenceDesk"),
            "",
            words.text("1. Every file is unchanged since the export (Linux, macOS):"),
            "     sha256sum -c manifest-sha256.txt",
            "     shasum -a 256 -c manifest-sha256.txt",
            words.text("   On Windows, one file at a time; compare with the line in manifest-sha256.txt:"),
            "     certutil -hashfile data\\recordings\\...\\audio.flac SHA256",
            words.text("2. The folder as a whole, with any BagIt tool, for example:"),
            "     python -m bagit --validate .",
            words.text("3. A recording can be decoded and matches its own checksum:"),
            "     flac -t data/recordings/*/audio*.flac",
            words.text("4. Journal, recordings and facts agree with each other, with EvidenceDesk:"),
            "     evidencedesk verify .",
            "",
            words.text(
                "What this can't prove: that the facts are true, or when the folder was made. Without an"
                " outside time stamp it is self-attested."
            ),
            "",
        )
    )
