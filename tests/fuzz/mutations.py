"""Do one thing to a signed case folder, at random, and see whether ``verify`` names it.

    python -m fuzz.mutations 10000 [SEED]

The number is done to each of two folders: one that was signed, and one that was signed and stamped. Prints
how many of each kind were named, and the seed of each that was not.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import Pool
from multiprocessing.pool import Pool as PoolType
from pathlib import Path

from evidencedesk.capture.pcm import read_pcm
from evidencedesk.custody.checkpoint import Why
from evidencedesk.custody.verify import verify_folder
from evidencedesk.domain.finding import Report
from fakes.case_folders import build_case, file_names
from fakes.golden import golden_folder
from fakes.signers import signer

PROCESSES = 2
# No list vouches for these: what they say wrongly is told about the files they speak of.
ALONE = ("tagmanifest-sha256.txt", "signatures/signed-sha256.txt")
# Without one of these nothing tells an extra file from the others: the list is what is named.
LISTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")


@dataclass(frozen=True)
class Mutation:
    """What was done, and every name of which one at least must stand in a fault."""

    kind: str
    told: str
    names: tuple[str, ...]
    undo: Callable[[], object]


def flip(folder: Path, name: str, choose: random.Random) -> Mutation:
    """Another bit."""
    path, content = folder / name, (folder / name).read_bytes()
    at = choose.randrange(len(content))
    path.write_bytes(content[:at] + bytes([content[at] ^ 1 << choose.randrange(8)]) + content[at + 1 :])
    return Mutation("flip", f"{name} at {at}", (name,), lambda: path.write_bytes(content))


def truncate(folder: Path, name: str, choose: random.Random) -> Mutation:
    """Only the beginning stays."""
    path, content = folder / name, (folder / name).read_bytes()
    length = choose.randrange(len(content))
    path.write_bytes(content[:length])
    return Mutation("truncate", f"{name} to {length}", (name,), lambda: path.write_bytes(content))


def delete(folder: Path, name: str, choose: random.Random) -> Mutation:
    """The file is gone."""
    path, content = folder / name, (folder / name).read_bytes()
    path.unlink()
    return Mutation("delete", name, (name,), lambda: path.write_bytes(content))


def add(folder: Path, name: str, choose: random.Random) -> Mutation:
    """A file that nobody listed, beside another."""
    extra = (folder / name).with_name(
        f"extra-{choose.randrange(10**6)}{choose.choice(['', '.txt', '.flac'])}"
    )
    extra.write_bytes(choose.randbytes(choose.randrange(100)))
    told = extra.relative_to(folder).as_posix()
    return Mutation("add", told, (told,), extra.unlink)


def rename(folder: Path, name: str, choose: random.Random) -> Mutation:
    """Another name, in another folder perhaps."""
    place = (folder / choose.choice(file_names(folder))).parent
    moved = place / f"moved-{choose.randrange(10**6)}{Path(name).suffix}"
    (folder / name).rename(moved)
    told = moved.relative_to(folder).as_posix()
    return Mutation("rename", f"{name} to {told}", (name, told), lambda: moved.rename(folder / name))


def swap(folder: Path, name: str, choose: random.Random) -> Mutation:
    """Two files in each other's place."""
    content = (folder / name).read_bytes()
    others = [one for one in file_names(folder) if (folder / one).read_bytes() != content]
    other = choose.choice(others)
    exchanged = (folder / other).read_bytes()
    (folder / name).write_bytes(exchanged)
    (folder / other).write_bytes(content)

    def undo() -> None:
        (folder / name).write_bytes(content)
        (folder / other).write_bytes(exchanged)

    return Mutation("swap", f"{name} and {other}", (name, other), undo)


KINDS = (flip, delete, add, rename, swap, truncate)


def mutate(folder: Path, seed: int) -> Mutation:
    """One thing, the same for the same seed."""
    choose = random.Random(seed)
    kind = choose.choice(KINDS)
    names = file_names(folder)
    if kind in (flip, truncate):
        names = [name for name in names if (folder / name).stat().st_size]
    return kind(folder, choose.choice(names), choose)


def is_named(report: Report, mutation: Mutation) -> bool:
    """Whether faults name every file that was touched."""
    told = "\n".join(f"{fault.subject} {fault.expected}" for fault in report.faults)
    names = [name for name in mutation.names if name not in ALONE]
    if mutation.kind == "rename" and mutation.names[0] in LISTS:
        names = [mutation.names[0]]
    return bool(report.faults) and all(name in told for name in names)


def signed(place: Path) -> Path:
    """A folder with signatures, as it is made in these tests."""
    built = build_case(place / "library" / "c-00000001", signer().fingerprint)
    seen = [
        built.checkpoint(3, Why.RECORDING_STARTED, signer().fingerprint),
        built.checkpoint(len(built.events), Why.EXPORT, signer().fingerprint),
    ]
    return built.export_signed(place / "case", signer(), seen)


FOLDERS: Mapping[str, Callable[[Path], Path]] = {"signed": signed, "signed and stamped": golden_folder}


def run(what: str, seeds: range) -> tuple[Counter[str], list[str]]:
    """How many of each kind were done, and those that were not named."""
    done: Counter[str] = Counter()
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        folder = FOLDERS[what](Path(place))
        before = {name: (folder / name).read_bytes() for name in file_names(folder)}
        for seed in seeds:
            mutation = mutate(folder, seed)
            done[mutation.kind] += 1
            if not is_named(verify_folder(folder, read_pcm), mutation):
                missed.append(f"seed {seed}: {mutation.kind} {mutation.told}")
            mutation.undo()
        after = {name: (folder / name).read_bytes() for name in file_names(folder)}
        if after != before:
            raise AssertionError("a mutation was not undone")
        shutil.rmtree(folder)
    return done, missed


def main() -> int:
    """Many, on two processors."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with Pool(PROCESSES) as pool:
        return max([_report(pool, what, range(first, first + count)) for what in FOLDERS])


def _report(pool: PoolType, what: str, seeds: range) -> int:
    began = time.monotonic()
    step = max(1, -(-len(seeds) // PROCESSES))
    done: Counter[str] = Counter()
    missed: list[str] = []
    for counted, unnamed in pool.starmap(
        run, [(what, seeds[at : at + step]) for at in range(0, len(seeds), step)]
    ):
        done += counted
        missed += unnamed
    for line in missed:
        print(f"NOT NAMED  {line}")
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(done.items()))
    named = done.total() - len(missed)
    share = 100 * named / max(1, done.total())
    seconds = time.monotonic() - began
    print(f"{what}: {named} of {done.total()} single mutations named ({share:.2f} %) in {seconds:.0f} s")
    print(f"  {kinds}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
