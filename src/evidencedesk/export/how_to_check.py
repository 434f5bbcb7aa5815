"""HOW-TO-CHECK.txt: the commands a stranger can type without this program, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from evidencedesk.custody.manifests import TAG_MANIFEST
from evidencedesk.custody.signature_files import (
    AUTHORITIES,
    CERTIFICATE_FILE,
    SIGNATURE_FILE,
    SSH_SIGNATURE_FILE,
)
from evidencedesk.custody.ssh_signature import NAMESPACE, SIGNER_NAME
from evidencedesk.system.resources import resource
from evidencedesk.wording.language import Words

# The certificate is taken from the signature: a file beside it could hold several, and only one is shown.
CHECK_SIGNATURE = (
    f"openssl cms -verify -binary -inform DER -in {SIGNATURE_FILE} -content {TAG_MANIFEST}"
    f" -CAfile {CERTIFICATE_FILE} -purpose any -signer ../signer.pem -out /dev/null"
)
SHOW_FINGERPRINT = "openssl x509 -in ../signer.pem -noout -fingerprint -sha256"
CHECK_SSH_SIGNATURE = (
    "openssl x509 -in ../signer.pem -pubkey -noout > ../device-key.pem",
    (
        f'echo "{SIGNER_NAME} namespaces=\\"{NAMESPACE}\\" $(ssh-keygen -i -m PKCS8 -f ../device-key.pem)"'
        " > ../allowed-signers"
    ),
    (
        f"ssh-keygen -Y verify -f ../allowed-signers -I {SIGNER_NAME} -n {NAMESPACE}"
        f" -s {SSH_SIGNATURE_FILE} < {TAG_MANIFEST}"
    ),
)


def how_to_check(words: Words, authorities: Sequence[str] = ()) -> str:
    """Plain text with the stock commands of each system; the language of ``words`` comes first.

    ``authorities`` have stamped something of this folder, or are asked to.
    """
    other = Words("en" if words.language == "zh" else "zh", resource("locale"))
    texts = (_instructions(one, authorities) for one in (words, other))
    return f"\n{'=' * 72}\n\n".join(texts)


def _instructions(words: Words, authorities: Sequence[str]) -> str:
    t = words.text
    return "\n".join(
        (
            t("How to check this folder without EvidenceDesk"),
            "",
            t("In any browser, offline: open VERIFY.html and drop this folder on it. Or by hand:"),
            t("Open a terminal in this folder and type the lines that are set in; each says what it found."),
            "",
            t("1. Every file is unchanged since the export (Linux, macOS):"),
            "     sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt",
            "     shasum -a 256 -c tagmanifest-sha256.txt manifest-sha256.txt",
            t("   On Windows, one file at a time; compare with the line in manifest-sha256.txt:"),
            "     certutil -hashfile data\\recordings\\...\\audio.flac SHA256",
            t("2. The folder as a whole, with any BagIt tool, for example:"),
            "     python -m bagit --validate .",
            t(
                "3. A recording can be decoded and matches its own checksum. Beside an audio.recovered.flac"
                " the file audio.flac is kept as a crash left it; that one may not pass:"
            ),
            "     flac -t data/recordings/*/audio*.flac",
            t(
                "4. The lists are signed (a folder without these files is not). The first command checks the"
                " signature and writes the certificate that really made it beside this folder; the second"
                " shows that certificate's fingerprint. Compare it, digit by digit, with the one printed on"
                " the paper you were given: only then does the signature mean anything. If the first command"
                " reports a failure, the others say nothing:"
            ),
            f"     {CHECK_SIGNATURE}",
            f"     {SHOW_FINGERPRINT}",
            "     sha256sum -c signatures/signed-sha256.txt",
            t(
                "   The same with ssh-keygen. The key it checks with is taken from the certificate whose"
                " fingerprint you have just compared, not from this folder (on Windows in Git Bash, which"
                " brings both tools along):"
            ),
            *(f"     {line}" for line in CHECK_SSH_SIGNATURE),
            t(
                "5. The journal's chain: the SHA-256 of each line of data/journal.jsonl, without its line"
                " end, stands as “prev” in the next line; that of the last line stands in"
                " signatures/checkpoint.json:"
            ),
            "     tail -n 1 data/journal.jsonl | tr -d '\\n' | sha256sum",
            t(
                "6. Signed checkpoints in signatures/checkpoints tell how far the journal had come while it"
                " was recorded. One of them, for example, with the key from step 4:"
            ),
            (
                "     openssl dgst -sha256 -verify ../device-key.pem"
                " -signature signatures/checkpoints/000001-*.json.sig signatures/checkpoints/000001-*.json"
            ),
            t("7. Journal, recordings and facts agree with each other, with EvidenceDesk:"),
            "     evidencedesk verify .",
            *_stamps(words, authorities),
            "",
            t(
                "What this can't prove: that the facts are true, or who made the folder. The key only"
                " shows that the same computer made it, and without an outside time stamp nobody else"
                " vouches for the time."
            ),
            "",
        )
    )


def _stamps(words: Words, authorities: Sequence[str]) -> list[str]:
    """How each authority's stamp over the signature is checked; nothing where nobody was asked."""
    if not authorities:
        return []
    t = words.text
    lines = [
        t(
            "8. Outside time stamps (RFC 3161): whoever was asked says that the signature existed at a time."
            " Get the authority's root certificate from the authority itself; the one in this folder only"
            " shows which it is. A stamp may have come after the folder was made, or not at all; those of"
            " checkpoints are checked in the same way:"
        )
    ]
    for name in authorities:
        stamp, place = f"{SIGNATURE_FILE}.{name}", f"{AUTHORITIES}{name}"
        verify = f"     openssl ts -verify -in {stamp}.tsr"
        lines += [
            f"     openssl ts -reply -in {stamp}.tsr -text",
            f"{verify} -queryfile {stamp}.tsq -CAfile {place}/root.pem -untrusted {place}/chain.pem",
            f"{verify} -data {SIGNATURE_FILE} -CAfile {place}/root.pem -untrusted {place}/chain.pem",
            f"     cat {place}/*.pem {place}/*.crl > ../{name}.pem",
            f"{verify} -data {SIGNATURE_FILE} -CAfile ../{name}.pem -crl_check",
        ]
    lines.append(
        t(
            "   The last one looks whether the certificate was called back. Years later, when certificates"
            " have run out, add -attime and the time of the stamp in seconds since 1970."
        )
    )
    return lines
