"""Bills as lenders give them out become instalments; what is not understood is told, line by line."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencedesk.domain.debt import Instalment
from evidencedesk.domain.errors import Code, Known
from evidencedesk.intake.bill_cells import read_day, read_sum
from evidencedesk.intake.bills import BillColumn, BillTrouble, ReadBill, understand
from evidencedesk.intake.sheets import read_bill

CHINESE = """来分期还款计划表,,,,,,,
客户:张某,,,,,,,
期数,应还日期,应还本金(元),应还利息(元),服务费,担保费,应还金额(元),已还金额,实还日期
1,2026-09-10,"1,000.00",40.00,5,5,"1,050.00","1,050.00",2026/9/9
2,2026年10月10日,1000,30,5,5,1040,500,
3,20261110,1000,20,5,5,1030,,
合计,,3000,90,15,15,3120,1550,
"""


def read(text: str, encoding: str = "utf-8") -> ReadBill:
    return understand(read_bill(text.encode(encoding), "bill.csv"))


def workbook(*rows: Sequence[object], title: str = "账单") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def code(data: bytes, name: str = "bill.xlsx") -> Code:
    with pytest.raises(Known) as refused:
        understand(read_bill(data, name))
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_chinese_bill_in_any_encoding_of_the_trade(encoding: str) -> None:
    bill = read(CHINESE, encoding)
    assert bill.instalments == (
        Instalment("2026-09-10", "1050.00", "1000.00", "40.00", "10.00"),
        Instalment("2026-10-10", "1040.00", "1000.00", "30.00", "10.00"),
        Instalment("2026-11-10", "1030.00", "1000.00", "20.00", "10.00"),
    )
    assert [(one.line, one.amount, one.day) for one in bill.payments] == [
        (4, "1050.00", "2026-09-09"),
        (5, "500.00", ""),
    ]
    assert [(one.line, one.trouble) for one in bill.refused] == [(7, BillTrouble.TOTALS)]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_an_english_bill_with_other_delimiters(delimiter: str) -> None:
    lines = ["No.|Due date|Principal|Interest|Total", "1|10 Sep 2026|1.000,00|40,00|1.040,00"]
    bill = read("\n".join(lines).replace("|", delimiter))
    assert bill.instalments == (Instalment("2026-09-10", "1040.00", "1000.00", "40.00"),)


def test_a_workbook_with_dates_sums_formulas_and_a_merged_title() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["还款计划"])
    sheet.merge_cells("A1:D1")
    sheet.append(["期数", "应还日", "本金", "应还金额"])
    sheet.append([1, datetime(2026, 9, 10), 1000, 0.1 + 0.2 + 1050])  # noqa: DTZ001 - a cell has no zone
    sheet.append([2, date(2026, 10, 10), 1000, "=C4+40"])
    other = book.create_sheet("说明")
    other.append(["本表由系统生成"])
    stream = io.BytesIO()
    book.save(stream)
    bill = understand(read_bill(stream.getvalue(), "bill.xlsx"))
    # Nobody computed the formula yet, and it is not run: the parts stand in.
    assert bill.instalments == (
        Instalment("2026-09-10", "1050.30", "1000.00"),
        Instalment("2026-10-10", "1000.00", "1000.00"),
    )


def test_the_sheet_that_looks_most_like_a_bill_is_taken() -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["产品", "金额"])
    first.append(["来分期", 3000])
    plan = book.create_sheet("还款计划")
    plan.append(["应还日期", "应还金额"])
    plan.append(["2026-09-10", 1050])
    stream = io.BytesIO()
    book.save(stream)
    table = read_bill(stream.getvalue(), "bill.xlsx")
    assert table.sheet == "还款计划"


def test_columns_that_the_user_names_count() -> None:
    table = read_bill("甲,乙,丙\n2026-09-10,7,1050\n".encode(), "bill.csv")
    assert set(table.columns) == {BillColumn.NONE}
    bill = understand(table, (BillColumn.DUE, BillColumn.NONE, BillColumn.AMOUNT))
    assert bill.instalments == (Instalment("2026-09-10", "1050.00"),)


def test_lines_that_are_not_understood_are_told() -> None:
    bill = read(
        "due date,amount\n2026-09-10,100\n03/04/2026,100\n2026-02-30,100\n2026-10-10,abc\n2026-11-10,\n-,-\n"
    )
    assert [(one.line, one.trouble) for one in bill.refused] == [
        (3, BillTrouble.NO_DAY),
        (4, BillTrouble.NO_DAY),
        (5, BillTrouble.SUM_UNREADABLE),
        (6, BillTrouble.NO_SUM),
    ]


def test_headings_that_come_again_on_each_page_are_no_lines() -> None:
    bill = read("due date,amount\n2026-09-10,100\ndue date,amount\n2026-10-10,100\n")
    assert (len(bill.instalments), bill.refused) == (2, ())


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-9-5", "2026-09-05"),
        ("2026/09/05 00:00:00", "2026-09-05"),
        ("2026.9.5", "2026-09-05"),
        ("2026年9月5日", "2026-09-05"),
        ("２０２６－０９－０５", "2026-09-05"),
        ("20260905", "2026-09-05"),
        ("Sep 5, 2026", "2026-09-05"),
        ("5 September 2026", "2026-09-05"),
        ("25/9/2026", "2026-09-25"),
        ("9/25/2026", "2026-09-25"),
        ("5/5/2026", "2026-05-05"),
        ("46270", "2026-09-05"),
        ("9/5/2026", None),
        ("9月5日", None),
        ("2026-02-29", None),
        ("1066-10-14", None),
        ("", None),
        ("每月5日", None),
    ],
)
def test_a_day_is_read_in_its_writings_and_never_guessed(cell: str, day: str | None) -> None:
    found = read_day(cell)
    assert (None if found is None else found.isoformat()) == day


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,280.50", "1280.50"),
        ("¥1280.5", "1280.50"),
        ("￥1，280.50 元", "1280.50"),
        ("1280.50元", "1280.50"),
        ("RMB 1,280", "1280.00"),
        ("1.280,50", "1280.50"),
        ("1280,5", "1280.50"),
        ("1.28万", "12800.00"),
        ("1'280.50", "1280.50"),
        ("0.005", "0.005"),
        ("-", ""),
        ("", ""),
        ("-5", None),
        ("(300)", None),
        ("约1000", None),
        ("12,80.50", None),
        ("9" * 17, None),
        ("=1+1", None),
    ],
)
def test_a_sum_is_read_in_its_writings_and_never_guessed(cell: str, amount: str | None) -> None:
    assert read_sum(cell) == amount


def test_a_million_lines_are_refused() -> None:
    assert code(("due date,amount\n" + "2026-09-10,1\n" * 1_000_000).encode(), "bill.csv") is (
        Code.BILL_TOO_LARGE
    )


def test_more_instalments_than_a_loan_has_are_refused() -> None:
    lines = "".join("2026-09-10,1\n" for _ in range(601))
    assert code(f"due date,amount\n{lines}".encode(), "bill.csv") is Code.TOO_MANY_INSTALMENTS


def test_one_cell_in_the_last_corner_does_not_fill_the_memory() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "due date", 1
    stream = io.BytesIO()
    book.save(stream)
    assert code(stream.getvalue()) is Code.BILL_TOO_LARGE


@pytest.mark.parametrize(
    "cells",
    [
        b"<row r='1'><c r='A1'/></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1"><c r="A1"/></row><row r="1048576"><c s="1" t="n"  r="ZZ1048576"><v>1</v></c></row>',
        b'<row r="1"><c/></row><row r="9999999"><c><v>1</v></c></row>',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(cells: bytes) -> None:
    good = workbook(["due date", "amount"], ["2026-09-10", 5])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                head, _, rest = content.partition(b"<sheetData>")
                tail = rest.partition(b"</sheetData>")[2]
                content = head + b"<sheetData>" + cells + b"</sheetData>" + tail
            target.writestr(name, content)
    assert code(stream.getvalue()) is Code.BILL_TOO_LARGE


def ods(rows: str) -> bytes:
    namespaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{namespaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="账单">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def test_an_ods_table_is_read() -> None:
    rows = (
        f"<table:table-row>{cell('应还日期')}{cell('应还金额')}</table:table-row>"
        f"<table:table-row>{cell('2026-09-10')}{cell('1,050.00')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    bill = understand(read_bill(ods(rows), "bill.ods"))
    assert bill.instalments == (Instalment("2026-09-10", "1050.00"),)


WIDE = ' table:number-columns-repeated="16384"'


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048576">{cell("1")}</table:table-row>',
        f"<table:table-row table:number-rows-repeated='100'>{cell('1', WIDE)}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="4000">{cell("1")}</table:table-row>' * 400,
        f"<table:table-row><table:table-cell{WIDE}/>{cell('1')}</table:table-row>" * 100,
    ],
)
def test_cells_that_are_repeated_without_end_are_refused(rows: str) -> None:
    assert code(ods(rows), "bill.ods") is Code.BILL_TOO_LARGE


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xl/worksheets/sheet1.xml", b"<c "),
        ("xl/worksheets/sheet1.xml", b"<row r r"),
        ("content.xml", b"<table:table-row>"),
        ("content.xml", b"<table:table-cell "),
    ],
)
def test_tags_without_end_take_no_time(name: str, part: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part * (20_000_000 // len(part)))
    started = time.monotonic()
    assert code(stream.getvalue()) in (Code.BILL_UNREADABLE, Code.BILL_TOO_LARGE)
    assert time.monotonic() - started < 30


def test_a_zip_that_swells_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    assert code(stream.getvalue()) is Code.BILL_TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n\n",
        b"\x00" * 100,
        b"PK\x03\x04 and nothing",
        b"\xd0\xcf\x11\xe0" + b"x" * 600,
        b"\xff\xfe\xff\xfe\x00",
        workbook(),
    ],
)
def test_what_is_no_table_is_said_to_be_none(data: bytes) -> None:
    assert code(data) is Code.BILL_UNREADABLE


def test_a_table_without_days_or_sums_gives_nothing_and_says_so() -> None:
    assert code(b"name,city\nx,y\n", "bill.csv") is Code.BILL_NOTHING_FOUND
    assert code(workbook(["姓名"], ["张某"])) is Code.BILL_NOTHING_FOUND


@given(st.binary(max_size=400))
def test_any_bytes_give_a_bill_or_a_known_error(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", "应还日期,应还金额\n".encode()):
        with contextlib.suppress(Known):
            understand(read_bill(head + data, "bill"))


@given(st.text(max_size=40))
def test_a_sum_that_is_read_is_always_fit_for_the_journal(text: str) -> None:
    found = read_sum(text)
    assert not found or found.replace(".", "", 1).isdecimal()
