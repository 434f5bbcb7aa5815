"""Every form is seen; what is broken, locked or made to do harm is said and harms nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from evidencedesk.intake.preview import (
    Look,
    NotShown,
    PageShown,
    PictureShown,
    Raster,
    RichShown,
    TableShown,
    TextShown,
    Trouble,
)
from evidencedesk.intake.preview_office import tame_html
from evidencedesk.intake.preview_reader import look_into
from evidencedesk.intake.preview_wire import pack, unpack
from samples import attached_files as made

ROOM = 400


def look(path: Path, page: int = 0) -> Look:
    return look_into(path, path.name, page, ROOM)


def test_a_photo_is_made_small_and_says_when_with_what_and_where(tmp_path: Path) -> None:
    seen = look(made.photo(tmp_path / "门口.jpg"))
    assert isinstance(seen.shown, PictureShown)
    assert (seen.form, seen.misnamed) == ("JPEG", False)
    assert (seen.shown.width, seen.shown.height) == (800, 600)
    assert (seen.shown.raster.width, seen.shown.raster.height) == (400, 300)
    assert len(seen.shown.raster.rgba) == 400 * 300 * 4
    assert (seen.shown.taken, seen.shown.camera) == ("2026:11:19 21:34:08", "HUAWEI Mate 60")
    assert (seen.shown.has_place, seen.shown.place) == (True, "31.23040, 121.47370")


def test_a_photo_is_turned_as_the_phone_was_held(tmp_path: Path) -> None:
    seen = look(made.photo(tmp_path / "door.jpg", turned=True)).shown
    assert isinstance(seen, PictureShown)
    assert (seen.width, seen.height) == (600, 800)
    assert (seen.raster.width, seen.raster.height) == (300, 400)


def test_a_screenshot_says_nothing_of_itself(tmp_path: Path) -> None:
    seen = look(made.screenshot(tmp_path / "wx.png")).shown
    assert isinstance(seen, PictureShown)
    assert (seen.taken, seen.camera, seen.has_place, seen.place) == ("", "", False, "")


@pytest.mark.parametrize("form", ["PNG", "GIF", "BMP", "TIFF", "WebP", "AVIF"])
def test_other_forms_of_pictures_are_seen(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"picture.{form.lower()}"
    Image.new("RGB", (40, 30), "green").save(path, form.upper())
    seen = look(path)
    assert isinstance(seen.shown, PictureShown)
    assert (seen.form, seen.misnamed) == (form, False)


def test_a_pdf_is_seen_page_by_page(tmp_path: Path) -> None:
    path = made.letter(tmp_path / "notice.pdf", pages=3)
    second = look(path, 1).shown
    assert isinstance(second, PageShown)
    assert (second.page, second.pages) == (1, 3)
    assert max(second.raster.width, second.raster.height) <= ROOM + 1
    beyond = look(path, 99).shown
    assert isinstance(beyond, PageShown)
    assert beyond.page == 2


def test_a_word_file_is_plain_text_and_tables(tmp_path: Path) -> None:
    seen = look(made.contract(tmp_path / "合同.docx"))
    assert isinstance(seen.shown, RichShown)
    assert seen.form == "Word"
    assert "<h1>借款合同</h1>" in seen.shown.html
    assert "16,800.00" in seen.shown.html
    assert "&lt;script&gt;" in seen.shown.html
    assert "<img" not in seen.shown.html
    assert "src" not in seen.shown.html


@pytest.mark.parametrize(
    ("hostile", "tame"),
    [
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<a href="file:///etc/passwd">b</a>', "b"),
        ('<img src="http://example.org/pixel.png">c', "c"),
        ("<script>steal()</script>d", "d"),
        ("<style>@import url(http://e)</style><b>e", "<b>e</b>"),
        ("<p><b>f</p>g", "<p><b>f</b></p>g"),
        ("&lt;img src=x&gt;", "&lt;img src=x&gt;"),
    ],
)
def test_html_keeps_words_and_plain_tags_only(hostile: str, tame: str) -> None:
    assert tame_html(hostile).html == tame


def test_the_end_of_a_long_document_is_left_out_and_that_is_said() -> None:
    seen = tame_html("<p>" + "长" * 300_000 + "</p><p>end</p>")
    assert seen.more
    assert len(seen.html) < 201_000


def test_an_excel_file_is_its_first_rows_of_each_sheet(tmp_path: Path) -> None:
    path = made.bill(tmp_path / "账单.xlsx", rows=500)
    first = look(path).shown
    assert isinstance(first, TableShown)
    assert (first.sheets, first.sheet, first.more) == (("账单", "还款"), 0, True)
    assert (len(first.rows), first.rows[1]) == (200, ("2026-01-05", "1280.5", "30"))
    second = look(path, 1).shown
    assert isinstance(second, TableShown)
    assert (second.rows, second.more) == ((("已还", "3841.5"),), False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_and_texts_of_any_bank_are_read(tmp_path: Path, encoding: str) -> None:
    text = "日期;金额\n2026-11-05;1280.50\n"
    (tmp_path / "账单.csv").write_bytes(text.encode(encoding))
    (tmp_path / "账单.txt").write_bytes(text.encode(encoding))
    table, plain = look(tmp_path / "账单.csv").shown, look(tmp_path / "账单.txt").shown
    assert isinstance(table, TableShown)
    assert table.rows == (("日期", "金额"), ("2026-11-05", "1280.50"))
    assert plain == TextShown(text)


def test_a_long_text_is_cut_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("他们说今晚来\n" * 200_000, "utf-8")
    seen = look(path).shown
    assert isinstance(seen, TextShown)
    assert seen.more
    assert seen.text.startswith("他们说今晚来")


def truncated_jpeg(path: Path) -> Path:
    made.photo(path)
    path.write_bytes(path.read_bytes()[:700])
    return path


def truncated_pdf(path: Path) -> Path:
    made.letter(path)
    path.write_bytes(path.read_bytes()[:200])
    return path


def truncated_word(path: Path) -> Path:
    made.contract(path)
    path.write_bytes(path.read_bytes()[:5000])
    return path


def nothing_in_it(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def not_there(path: Path) -> Path:
    return path


def a_program(path: Path) -> Path:
    path.write_bytes(b"\x7fELF" + bytes(200))
    return path


def locked_word(path: Path) -> Path:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(2000)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(500)
    )
    return path


@pytest.mark.parametrize(
    ("name", "make", "trouble"),
    [
        ("cut.jpg", truncated_jpeg, Trouble.DAMAGED),
        ("cut.pdf", truncated_pdf, Trouble.DAMAGED),
        ("cut.docx", truncated_word, Trouble.UNKNOWN_FORM),
        ("locked.pdf", made.locked_pdf, Trouble.ENCRYPTED),
        ("locked.docx", locked_word, Trouble.ENCRYPTED),
        ("huge.png", made.huge_png, Trouble.TOO_MANY_PIXELS),
        ("bomb.docx", made.word_bomb, Trouble.SWELLS),
        ("laughs.docx", made.laughing_word, Trouble.DAMAGED),
        ("wide.xlsx", made.wide_excel, Trouble.SWELLS),
        ("empty.jpg", nothing_in_it, Trouble.EMPTY),
        ("none.jpg", not_there, Trouble.GONE),
        ("game.exe", a_program, Trouble.UNKNOWN_FORM),
    ],
)
def test_what_cannot_be_shown_says_why(
    tmp_path: Path, name: str, make: Callable[[Path], Path], trouble: Trouble
) -> None:
    seen = look(make(tmp_path / name)).shown
    assert isinstance(seen, NotShown)
    assert seen.trouble is trouble


def test_a_wrong_ending_is_noticed_and_the_file_is_seen_all_the_same(tmp_path: Path) -> None:
    seen = look(made.letter(tmp_path / "screenshot.png"))
    assert isinstance(seen.shown, PageShown)
    assert (seen.form, seen.misnamed) == ("PDF", True)
    program = look(a_program(tmp_path / "bill.pdf"))
    assert program.misnamed


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-1.7\n", b"PK\x03\x04"]),
)
def test_any_bytes_are_looked_at_without_a_crash(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "thing.jpg"
    path.write_bytes(start + data)
    assert isinstance(look(path), Look)


@pytest.mark.parametrize(
    "seen",
    [
        Look(
            PictureShown(Raster(1, 1, b"\x00\n\x01\x02"), 9, 9, "t", "c", has_place=True, place="1, 2"), "PNG"
        ),
        Look(PageShown(Raster(1, 1, bytes(4)), 1, 3), "PDF", misnamed=True),
        Look(RichShown("<p>\n</p>", more=True), "Word"),
        Look(TableShown((("a", "b"),), ("s",), 0, more=True), "Excel"),
        Look(TextShown("x\ny"), "Text"),
        Look(NotShown(Trouble.TOO_MANY_PIXELS, 5, 6)),
    ],
)
def test_a_look_arrives_as_it_was_sent(seen: Look) -> None:
    assert unpack(pack(seen)) == seen


@pytest.mark.parametrize("data", [b"", b"{}", b'{"kind":"PictureShown","told":{}}', b"nonsense\n"])
def test_what_was_not_packed_here_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        unpack(data)


def test_a_picture_that_lacks_pixels_is_refused() -> None:
    whole = pack(Look(PictureShown(Raster(2, 2, bytes(16)), 2, 2), "PNG"))
    with pytest.raises(ValueError, match="pixels"):
        unpack(whole[:-1])


def test_png_of_the_clipboard_is_a_picture_like_others(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.new("RGBA", (3, 3), (1, 2, 3, 4)).save(data, "PNG")
    (tmp_path / "paste.png").write_bytes(data.getvalue())
    seen = look(tmp_path / "paste.png").shown
    assert isinstance(seen, PictureShown)
    assert seen.raster.rgba[:4] == bytes((1, 2, 3, 4))
