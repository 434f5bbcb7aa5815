"""Feed the readers of what strangers made with bytes that find their own way in (atheris, libFuzzer).

    python -m fuzz SECONDS [READER…]

Each reader runs in a process of its own. It may refuse with its own kind of error; anything else, a hang of
ten seconds or more than 2 GB of memory, ends with 1 and leaves the bytes in ``build/fuzz``.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from evidencedesk.custody.checkpoint import Checkpoint, Why
from evidencedesk.custody.journal import JournalHead
from evidencedesk.custody.ssh_signature import sign_ssh
from evidencedesk.custody.time_stamp import make_request
from fakes.archives import Member, archive, members_of
from fakes.case_folders import SEALED, build_case
from fakes.signers import MADE, signer
from fakes.time_authorities import TimeServer

HANG_S, MEMORY_MB = 10, 2048
READERS = ("strict_json", "manifests", "pulses", "journal", "zip", "signatures", "stamps")
FOUND = Path("build/fuzz")


def seeds(place: Path) -> dict[str, list[bytes]]:
    """What each reader reads when all is well."""
    folder = build_case(place / "library" / "c-00000001").export(place / "case")
    small = [Member(b"case/bagit.txt", b"x"), Member(b"case/a.txt", b"a" * 200, deflated=True)]
    return {
        "strict_json": [(folder / "data/case.json").read_bytes(), b'{"a":[1,true,null,"\\u4e2d"]}'],
        "manifests": [
            (folder / name).read_bytes() for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt")
        ],
        "pulses": [(folder / f"data/recordings/{SEALED}/pulse.jsonl").read_bytes()],
        "journal": [(folder / "data/journal.jsonl").read_bytes()],
        "signatures": _signatures(),
        "stamps": _stamps(place),
        "zip": [archive(small), archive(members_of(folder / "signatures", "case/", deflated=True))],
    }


def _signatures() -> list[bytes]:
    one = signer()
    head = JournalHead(1, "0" * 64)
    checkpoint = Checkpoint("c-00000001", head, Why.EXPORT, MADE.utc, 480, one.fingerprint)
    content = b"another content"
    return [
        one.sign_detached(content, MADE),
        sign_ssh(one.key, one.certificate, content),
        one.certificate_pem(),
        checkpoint.content(),
    ]


def _stamps(place: Path) -> list[bytes]:
    request = make_request(hashlib.sha256(b"content").hexdigest(), 7)
    with TimeServer(place / "authority") as authority:
        return [request, authority.reply(request), authority.reply(request, "other")]


def main(arguments: list[str]) -> int:
    """All readers one after the other, or those that are named."""
    seconds = int(arguments[0]) if arguments else 60
    bad = 0
    FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        given = seeds(Path(place))
        for reader in arguments[1:] or READERS:
            corpus = Path(place) / f"corpus-{reader}"
            corpus.mkdir()
            for number, content in enumerate(given[reader]):
                (corpus / str(number)).write_bytes(content)
            limits = (f"-max_total_time={seconds}", f"-timeout={HANG_S}", f"-rss_limit_mb={MEMORY_MB}")
            found = f"-artifact_prefix={FOUND}/{reader}-"
            done = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "fuzz.readers",
                    reader,
                    *limits,
                    found,
                    "-print_final_stats=1",
                    str(corpus),
                ],
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            runs = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
            count = runs[0].split()[-1] if runs else "?"
            print(
                f"{reader:<12}{count:>10} inputs in {seconds} s  {'ok' if done.returncode == 0 else 'FOUND'}"
            )
            if done.returncode:
                bad += 1
                print("\n".join(done.stderr.splitlines()[-40:]))
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
