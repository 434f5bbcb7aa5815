"""Files as people have them, really made: photos of phones, bills, contracts; and some made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import openpyxl
import typst
from PIL import ExifTags, Image


def photo(path: Path, *, turned: bool = False) -> Path:
    """A phone's photo with time, camera and place."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "HUAWEI"
    exif[ExifTags.Base.Model] = "HUAWEI Mate 60"
    exif[ExifTags.Base.Orientation] = 6 if turned else 1
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:19 21:34:08"
    where = exif.get_ifd(ExifTags.IFD.GPSInfo)
    where[ExifTags.GPS.GPSLatitudeRef], where[ExifTags.GPS.GPSLatitude] = "N", (31.0, 13.0, 49.44)
    where[ExifTags.GPS.GPSLongitudeRef], where[ExifTags.GPS.GPSLongitude] = "E", (121.0, 28.0, 25.32)
    Image.new("RGB", (800, 600), "#5a7ca8").save(path, exif=exif)
    return path


def screenshot(path: Path) -> Path:
    """A picture without anything about itself."""
    picture = Image.new("RGB", (540, 1170), "#ededed")
    picture.paste("#95ec69", (180, 300, 500, 420))
    picture.save(path)
    return path


def contract(path: Path) -> Path:
    """A Word file with a heading, a table, a picture and a link."""
    made = docx.Document()
    made.add_heading("借款合同", 1)
    made.add_paragraph("年利率 24%,<script>alert(1)</script> & 逾期费")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "本金", "16,800.00"
    picture = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(picture, "PNG")
    picture.seek(0)
    made.add_picture(picture)
    made.save(str(path))
    return path


def bill(path: Path, rows: int = 3) -> Path:
    """An Excel file of two sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "账单"
    sheet.append(["日期", "应还", "费用"])
    for number in range(rows - 1):
        sheet.append([f"2026-{number % 12 + 1:02}-05", 1280.5, 30])
    book.create_sheet("还款").append(["已还", 3841.5])
    book.save(path)
    return path


def letter(path: Path, pages: int = 2) -> Path:
    """A PDF file of some pages."""
    source = "#pagebreak()\n".join(f"= Notice, page {number + 1}\n" for number in range(pages))
    path.write_bytes(typst.compile(source.encode(), format="pdf"))
    return path


def huge_png(path: Path) -> Path:
    """A few bytes that say they are 100,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 10_000)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    )
    return path


def word_bomb(path: Path) -> Path:
    """A small Word file whose text is 200 MB long."""
    contract(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != "word/document.xml"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
        made.writestr("word/document.xml", b"<a>" + b" " * 200_000_000 + b"</a>")
    return path


def laughing_word(path: Path) -> Path:
    """A Word file with entities that grow."""
    contract(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    grown = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    xml = parts["word/document.xml"].decode()
    parts["word/document.xml"] = xml.replace("?>", f"?>{grown}", 1).encode()
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


def wide_excel(path: Path) -> Path:
    """Two cells, as far apart as a sheet allows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = 1, 2
    book.save(path)
    return path


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def locked_pdf(path: Path) -> Path:
    """A PDF file that asks for a password."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<%s> <%s>] >>\n" % (
        b"33" * 16,
        b"33" * 16,
    )
    start = b"startxref\n%d\n%%%%EOF\n" % len(body)
    path.write_bytes(body + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer + start)
    return path
