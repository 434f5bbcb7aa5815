"""What somebody can do who has the key: sign anew whatever the folder holds now."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from asn1crypto import cms, tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from evidencedesk.custody.device_key import Signer
from evidencedesk.custody.manifests import TAG_MANIFEST
from evidencedesk.custody.signature_files import (
    AUTHORITIES,
    SIGNATURE_FILE,
    SIGNED_LIST,
    SSH_SIGNATURE_FILE,
    made_after_the_tag_manifest,
    signed_list,
)
from evidencedesk.custody.ssh_signature import sign_ssh
from fakes.case_folders import file_names, reseal
from fakes.signers import MADE


def resign(folder: Path, signer: Signer) -> None:
    """Fit all lists and sign them; stamps over the signature before are gone with it."""
    later = {n: (folder / n).read_bytes() for n in file_names(folder) if made_after_the_tag_manifest(n)}
    for name in later:
        (folder / name).unlink()
    reseal(folder)
    manifest = (folder / TAG_MANIFEST).read_bytes()
    kept = {name: content for name, content in later.items() if name.startswith(AUTHORITIES)}
    kept[SIGNATURE_FILE] = signer.sign_detached(manifest, MADE)
    kept[SSH_SIGNATURE_FILE] = sign_ssh(signer.key, signer.certificate, manifest)
    list_later(folder, kept)


def relist(folder: Path) -> None:
    """Fit the list of what no tag manifest names: it takes no key."""
    names = [n for n in file_names(folder) if made_after_the_tag_manifest(n) and n != SIGNED_LIST]
    list_later(folder, {name: (folder / name).read_bytes() for name in names})


def list_later(folder: Path, files: dict[str, bytes]) -> None:
    """Write files with their list."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / SIGNED_LIST).write_bytes(signed_list(files))


def redated(answer: bytes, key_file: Path, later: timedelta) -> bytes:
    """The authority's answer with another time, signed again: a clock that was wrong, or a lie."""
    response = tsp.TimeStampResp.load(answer)
    data = response["time_stamp_token"]["content"]
    info = tsp.TSTInfo.load(data["encap_content_info"]["content"].parsed.dump())
    info["gen_time"] = info["gen_time"].native + later
    content = info.dump(force=True)
    data["encap_content_info"]["content"] = cms.ParsableOctetString(content)
    signer = data["signer_infos"][0]
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "message_digest":
            name = signer["digest_algorithm"]["algorithm"].native
            attribute["values"] = [hashlib.new(name, content).digest()]
    key = load_pem_private_key(key_file.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    algorithm = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
    digest = algorithm[signer["digest_algorithm"]["algorithm"].native]
    signer["signature"] = key.sign(signer["signed_attrs"].untag().dump(force=True), ec.ECDSA(digest))
    return bytes(response.dump(force=True))
