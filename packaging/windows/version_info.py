"""The facts that Windows shows of a program's file, in the form PyInstaller reads. UNTESTED on Windows.

    python packaging/windows/version_info.py NAME.exe > version_info.txt

By "VERSIONINFO resource" (learn.microsoft.com/windows/win32/menurc/versioninfo-resource) and PyInstaller's
"Capturing Windows Version Data". Code page 1200 is Unicode; 0x0409 is English, 0x0804 Chinese in China.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_LANGUAGES = ((0x0409, "EvidenceDesk"), (0x0804, "取证台"))
_UNICODE = 1200
_VERSION = Path(__file__).resolve().parents[2] / "src" / "evidencedesk" / "__init__.py"


def version_info(version: str, file_name: str) -> str:
    """The text of the file."""
    parts = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    four = (*parts, *(0,) * (4 - len(parts)))
    tables = ",\n".join(
        f"      StringTable({f'{language:04X}{_UNICODE:04X}'!r}, [{_strings(name, version, file_name)}])"
        for language, name in _LANGUAGES
    )
    spoken = [number for language, _ in _LANGUAGES for number in (language, _UNICODE)]
    return f"""# UTF-8
VSVersionInfo(
  ffi=FixedFileInfo(filevers={four}, prodvers={four}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
  kids=[
    StringFileInfo([
{tables}
    ]),
    VarFileInfo([VarStruct('Translation', {spoken})]),
  ],
)
"""


def _strings(name: str, version: str, file_name: str) -> str:
    facts = {
        "CompanyName": "EvidenceDesk",
        "FileDescription": name,
        "FileVersion": version,
        "InternalName": file_name,
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": file_name,
        "ProductName": name,
        "ProductVersion": version,
    }
    return ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in facts.items())


def main(arguments: list[str]) -> int:
    """Write it to the standard output, in UTF-8."""
    found = re.search(r'__version__ = "([^"]+)"', _VERSION.read_text(encoding="utf-8"))
    if len(arguments) != 1 or found is None:
        print(__doc__, file=sys.stderr)
        return 2
    sys.stdout.buffer.write(version_info(found[1], arguments[0]).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
