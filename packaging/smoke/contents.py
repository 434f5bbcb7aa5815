"""What stands in a package, by the place where it will be: the hash of a file, or where a link leads."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tarfile
from pathlib import Path


def files_of(package: Path) -> dict[str, str]:
    """All files and links; folders are left out, which some packages share with others."""
    if package.suffix == ".rpm":
        return _of_rpm(package)
    if package.suffix == ".deb":
        unpack = ["dpkg-deb", "--fsys-tarfile", str(package)]
        with subprocess.Popen(unpack, stdout=subprocess.PIPE) as unpacking:
            assert unpacking.stdout is not None
            with tarfile.open(fileobj=unpacking.stdout, mode="r|") as archive:
                return _of_tar(archive)
    with tarfile.open(package) as archive:
        return _of_tar(archive)


def _of_tar(archive: tarfile.TarFile) -> dict[str, str]:
    found = {}
    for entry in archive:
        place = re.sub(r"^(\./usr|usr|evidencedesk-[^/]+)/", "/usr/", entry.name)
        if entry.issym():
            found[place] = f"-> {entry.linkname}"
        elif entry.isfile():
            content = archive.extractfile(entry)
            assert content is not None
            found[place] = hashlib.sha256(content.read()).hexdigest()
        elif entry.islnk():
            found[place] = found[re.sub(r"^(\./usr|usr|evidencedesk-[^/]+)/", "/usr/", entry.linkname)]
    return found


def _of_rpm(package: Path) -> dict[str, str]:
    form = r"[%{FILENAMES}\t%{FILEDIGESTS}\t%{FILELINKTOS}\t%{FILEMODES:perms}\n]"
    said = subprocess.run(
        ["rpm", "--query", "--package", "--queryformat", form, str(package)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = {}
    for line in said.splitlines():
        place, digest, target, rights = line.split("\t")
        if rights.startswith("l"):
            found[place] = f"-> {target}"
        elif not rights.startswith("d"):
            found[place] = digest
    return found
