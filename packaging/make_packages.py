"""Packages for Linux from the frozen program: ``python packaging/make_packages.py deb rpm tar``.

The program must have been frozen before (``make frozen``). What is made depends only on it: the same
twice gives the same bytes. COMPRESSION=1 in the environment is quick, 9 (the default) small.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
import textwrap
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from linux.control import control_file, installed_kib, rpm_description
from linux.needed import debian_depends, needed_libraries, rpm_requires
from linux.tree import build_tree

from evidencedesk import __version__

ROOT = Path(__file__).resolve().parents[1]
FROZEN = ROOT / "build" / "frozen" / "evidencedesk"
WORK = ROOT / "build" / "linux"
DIST = ROOT / "dist"
PROJECT_URL = os.environ.get("PROJECT_URL", "https://evidencedesk.example")
COMPRESSION = os.environ.get("COMPRESSION", "9")
_MACHINES = {"x86_64": ("amd64", "x86_64"), "aarch64": ("arm64", "aarch64")}


def main(wanted: list[str]) -> int:
    """Make what is named; one line for each file that was made."""
    unknown = set(wanted) - {"deb", "rpm", "tar"}
    if unknown or not wanted:
        print("usage: make_packages.py [deb] [rpm] [tar]", file=sys.stderr)
        return 2
    moment = build_moment()
    tree = WORK / "tree"
    build_tree(FROZEN, tree, moment, PROJECT_URL)
    DIST.mkdir(exist_ok=True)
    libraries = needed_libraries(FROZEN)
    debian, fedora = _MACHINES[os.uname().machine]
    if "deb" in wanted:
        told(make_deb(tree, libraries, debian, moment))
    if "rpm" in wanted:
        told(make_rpm(tree, libraries, debian, fedora, moment))
    if "tar" in wanted:
        told(make_tar(tree, fedora, moment))
    return 0


def build_moment() -> int:
    """The time all files get: SOURCE_DATE_EPOCH, or that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        log = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        given = subprocess.run(log, capture_output=True, text=True, check=True).stdout
    return int(given)


def make_deb(tree: Path, libraries: list[str], machine: str, moment: int) -> Path:
    """By Debian's own tool, with the checksums of all files."""
    whole = WORK / "deb"
    subprocess.run(["rm", "-rf", str(whole)], check=True)
    subprocess.run(["cp", "-al", str(tree), str(whole)], check=True)
    about = whole / "DEBIAN"
    about.mkdir(mode=0o755)
    control = control_file(machine, debian_depends(libraries), installed_kib(tree), PROJECT_URL)
    (about / "control").write_text(control, encoding="utf-8")
    files = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    sums = (f"{_md5(path)}  {path.relative_to(tree)}\n" for path in files)
    (about / "md5sums").write_text("".join(sums), encoding="utf-8")
    made = DIST / f"evidencedesk_{__version__}_{machine}.deb"
    build = ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{COMPRESSION}", "--build", str(whole), str(made)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    subprocess.run(build, check=True, env=environment, stdout=subprocess.DEVNULL)
    return made


def make_rpm(tree: Path, libraries: list[str], machine: str, named: str, moment: int) -> Path:
    """By nfpm, with the same files."""
    made = DIST / f"evidencedesk-{__version__}-1.{named}.rpm"
    filled = {
        "VERSION": __version__,
        "MACHINE": machine,
        "TREE": str(tree),
        "URL": PROJECT_URL,
        "DESCRIPTION": textwrap.indent(rpm_description(), "  "),
        "TIME": dt.datetime.fromtimestamp(moment, dt.UTC).isoformat().replace("+00:00", "Z"),
        "REQUIRES": "\n".join(f"  - {one}" for one in rpm_requires(libraries)),
        "COMPRESSION": "gzip:1" if COMPRESSION == "1" else "xz",
    }
    yaml = (ROOT / "packaging" / "linux" / "nfpm.yaml").read_text("utf-8")
    for name, value in filled.items():
        yaml = yaml.replace(f"@{name}@", value)
    written = WORK / "nfpm.yaml"
    written.write_text(yaml, encoding="utf-8")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    beside = Path(sys.executable).with_name("nfpm")
    nfpm = str(beside) if beside.exists() else "nfpm"
    build = [nfpm, "package", "--config", str(written), "--packager", "rpm", "--target", str(made)]
    subprocess.run(build, check=True, env=environment, stdout=subprocess.DEVNULL)
    return made


def make_tar(tree: Path, named: str, moment: int) -> Path:
    """To be unpacked anywhere: ``usr`` becomes ``evidencedesk-VERSION``, with bin, lib and share in it."""
    made = DIST / f"evidencedesk-{__version__}-linux-{named}.tar.xz"
    pack = [
        *(
            "tar",
            "--create",
            "--sort=name",
            "--owner=0",
            "--group=0",
            "--numeric-owner",
            f"--mtime=@{moment}",
        ),
        f"--transform=flags=r;s,^usr,evidencedesk-{__version__},",
        *(f"--use-compress-program=xz -T0 -{COMPRESSION}", f"--file={made}", f"--directory={tree}", "usr"),
    ]
    subprocess.run(pack, check=True)
    return made


def told(made: Path) -> None:
    """Print what was made, how large it is and its hash."""
    content = made.read_bytes()
    print(
        f"{made.relative_to(ROOT)}  {len(content) / 1e6:.1f} MB  sha256 {hashlib.sha256(content).hexdigest()}"
    )


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
