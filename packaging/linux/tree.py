"""The files of the package as they will stand on the disk; .deb, .rpm and .tar.xz hold the same."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import shutil
import sys
from pathlib import Path

from linux.completions import completions
from linux.copyright_file import copyright_file
from linux.man_page import compressed, man_page
from linux.pictures import ICON, ICON_SIZES, icon_png

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from evidencedesk import __version__

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_LIBRARY = Path("usr/lib/evidencedesk")


def build_tree(frozen: Path, tree: Path, moment: int, project_url: str) -> None:
    """Put all files in place under the folder, which is made anew, each with the same time."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(frozen, tree / _LIBRARY, symlinks=True)
    _start_file(tree)
    share = tree / "usr" / "share"
    day = dt.datetime.fromtimestamp(moment, dt.UTC).date().isoformat()
    _put(share / "applications" / "evidencedesk.desktop", (HERE / "evidencedesk.desktop").read_bytes())
    metainfo = (HERE / "evidencedesk.metainfo.xml").read_text("utf-8").replace("@PROJECT_URL@", project_url)
    metainfo = metainfo.replace("@VERSION@", __version__).replace("@DATE@", day)
    _put(share / "metainfo" / "evidencedesk.metainfo.xml", metainfo.encode())
    icons = share / "icons" / "hicolor"
    _put(icons / "scalable" / "apps" / "evidencedesk.svg", ICON.read_bytes())
    for size in ICON_SIZES:
        _put(icons / f"{size}x{size}" / "apps" / "evidencedesk.png", icon_png(size))
    _put(share / "man" / "man1" / "evidencedesk.1.gz", compressed(man_page("en")))
    _put(share / "man" / "zh_CN" / "man1" / "evidencedesk.1.gz", compressed(man_page("zh")))
    for place, script in completions().items():
        _put(share / place, script.encode())
    papers = share / "doc" / "evidencedesk"
    _put(papers / "copyright", copyright_file(tree / _LIBRARY).encode())
    _put(papers / "CHANGELOG.md.gz", gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), 9, mtime=0))
    for name in ("README.md", "README.zh-CN.md", "SECURITY.md", "THIRD_PARTY.md"):
        _put(papers / name, (ROOT / name).read_bytes())
    _same_everywhere(tree, moment)


def _start_file(tree: Path) -> None:
    start = tree / "usr" / "bin" / "evidencedesk"
    start.parent.mkdir(parents=True)
    start.symlink_to(Path("..") / "lib" / "evidencedesk" / "evidencedesk")


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _same_everywhere(tree: Path, moment: int) -> None:
    """Rights and times that don't depend on who built, and when."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path == tree / _LIBRARY / "evidencedesk"
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)
