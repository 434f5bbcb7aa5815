"""HOW-TO-CHECK.txt: the commands a stranger can type without this program, in both languages."""

from __future__ import annotations

from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words


def how_to_check(words: Words) -> str:
    """Plain text with the stock commands of each system; the language of ``words`` comes first."""
    other = Words("en" if words.language == "zh" else "zh", resource("locale"))
    return f"{_instructions(words)}\n{'=' * 72}\n\n{_instructions(other)}"


def _instructions(words: Words) -> str:
    t = words.text
    return "\n".join(
        (
            t("How to check this folder without EvidenceDesk"),
            "",
            t("In any browser, offline: open VERIFY.html and drop this folder on it. Or by hand:"),
            "",
            t("1. Every file is unchanged since the export (Linux, macOS):"),
            "     sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt",
            "     shasum -a 256 -c tagmanifest-sha256.txt manifest-sha256.txt",
            t("   On Windows, one file at a time; compare with the line in manifest-sha256.txt:"),
            "     certutil -hashfile data\\recordings\\...\\audio.flac SHA256",
            t("2. The folder as a whole, with any BagIt tool, for example:"),
            "     python -m bagit --validate .",
            t("3. A recording can be decoded and matches its own checksum:"),
            "     flac -t data/recordings/*/audio*.flac",
            t(
                "4. The journal's chain: the SHA-256 of each line of data/journal.jsonl, without its line"
                " end, stands as “prev” in the next line; that of the last line stands in"
                " signatures/checkpoint.json:"
            ),
            "     tail -n 1 data/journal.jsonl | tr -d '\\n' | sha256sum",
            t("5. Journal, recordings and facts agree with each other, with EvidenceDesk:"),
            "     evidencedesk verify .",
            "",
            t(
                "What this can't prove: that the facts are true, or when the folder was made. Without an"
                " outside time stamp it is self-attested."
            ),
            "",
        )
    )
