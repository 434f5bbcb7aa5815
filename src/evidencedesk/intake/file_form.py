"""What a file is by its first bytes: people rename things, and so do those who mean harm."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath

PICTURES = frozenset({"PNG", "JPEG", "GIF", "BMP", "TIFF", "WebP", "AVIF"})
_HEAD_BYTES = 1024
_STARTS: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "OLE",
    b"\x7fELF": "program",
    b"MZ": "program",
}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "PNG": ("png",),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "GIF": ("gif",),
    "BMP": ("bmp", "dib"),
    "TIFF": ("tif", "tiff"),
    "WebP": ("webp",),
    "AVIF": ("avif",),
    "HEIC": ("heic", "heif", "hif"),
    "PDF": ("pdf",),
    "Word": ("docx", "docm", "dotx"),
    "Excel": ("xlsx", "xlsm", "xltx"),
    "OLE": ("doc", "xls", "ppt", "msg", "wps", "et", "dps", "docx", "xlsx", "pptx"),
}
_ALL_ENDINGS = frozenset(ending for endings in _ENDINGS.values() for ending in endings)
_TEXT_ENDINGS = frozenset(
    {"txt", "csv", "tsv", "log", "md", "json", "xml", "html", "htm", "eml", "vcf", "ics"}
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"} | dict.fromkeys(
    (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"), "HEIC"
)


def form_of(path: Path, name: str) -> str:
    """The name of the form, or an empty text. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    for start, form in _STARTS.items():
        if head.startswith(start):
            return form
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "")
    if b"%PDF-" in head:
        return "PDF"
    if head.startswith(b"PK\x03\x04"):
        return _office_form(path)
    return _text_form(head, name)


def misnamed(name: str, form: str) -> bool:
    """Whether the ending belongs to another form than the bytes."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    if form in _ENDINGS:
        return ending not in _ENDINGS[form] and (ending in _ALL_ENDINGS or ending in _TEXT_ENDINGS)
    return ending in _ALL_ENDINGS and bool(form)


def _office_form(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "ZIP"
    if "word/document.xml" in names:
        return "Word"
    return "Excel" if "xl/workbook.xml" in names else "ZIP"


def _text_form(head: bytes, name: str) -> str:
    ending = PurePath(name).suffix.lower().lstrip(".")
    if not head or (_CONTROLS.search(head) and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return ""
    return "CSV" if ending in {"csv", "tsv"} else "Text"
