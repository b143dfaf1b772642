"""The list to be filled in: a file that says everything back, and files that say nothing."""

import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot import papers
from bot.cleaning import fold
from bot.door_sheet import DoorSheet, SheetRow, SheetTotal
from bot.door_sheet_reading import LARGEST_FILE, MOST_ROWS, read_door_sheet
from bot.door_sheet_writing import door_sheet_xlsx
from bot.errors import InvalidInput
from bot.rules import Said, SaidRow, SaidWalkIns
from bot.vocabulary import Category
from tests.libreoffice import needs_libreoffice, recalculated

MADE = datetime(2026, 3, 2, tzinfo=UTC)
LABELS = {fold("9 класс"): Category.GRADE_9, fold("Организации"): Category.OTHER}
FORMULA = '=HYPERLINK("http://x","Анна")'
SHEET = DoorSheet(
    lang="ru",
    token="Poster_1-2026",
    name="Лист для отметки",
    title="=1+1 Инженеры",
    when="Суббота, 14 марта, 15:00–16:30",
    place="Центральная библиотека, Ачинск",
    columns=("Код", "Участник или группа", "Категория", "Записаны", "Пришли"),
    rows=(
        SheetRow(11, "A1", FORMULA, "9 класс", 1, None, None),
        SheetRow(12, "A2", "Борис", "9 класс", 1, 1, None),
        SheetRow(13, "A7", "Школа № 3", "9 класс", 25, None, 50),
        SheetRow(14, "A7.2", "Школа № 3", "10 класс", 5, 4, 10),
    ),
    empty="Никого",
    apart="Без записи",
    totals=(
        SheetTotal("Y5", "grade_9", "9 класс", "", None, asks_organisation=False),
        SheetTotal("Y8", "parent", "родители", "", 5, asks_organisation=False),
        SheetTotal("Y18", "other", "Организации", "Завод", 2, asks_organisation=True),
    ),
    categories=("9 класс", "Организации"),
    hint="Отметьте",
    file_hint="Заполните",
    page="Страница",
)


def filled(fill: Callable[[Worksheet], None], sheet: DoorSheet = SHEET) -> bytes:
    """The file, after somebody wrote into it and saved it."""
    book = load_workbook(BytesIO(door_sheet_xlsx(sheet, MADE)))
    fill(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    result = BytesIO()
    book.save(result)
    return result.getvalue()


def row_of(sheet: Worksheet, code: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == code)


def write(**marks: Any) -> Callable[[Worksheet], None]:
    """Write marks by code into the last column («A7_2» for A7.2)."""

    def fill(sheet: Worksheet) -> None:
        for code, mark in marks.items():
            sheet[f"E{row_of(sheet, code.replace('_', '.'))}"].value = mark

    return fill


def said(data: bytes) -> Said:
    read = read_door_sheet(data, LABELS)
    assert read.token == SHEET.token
    return read.said


def test_an_untouched_file_says_nothing() -> None:
    assert said(door_sheet_xlsx(SHEET, MADE)) == Said()
    assert said(filled(write())) == Said()
    assert door_sheet_xlsx(SHEET, MADE) == door_sheet_xlsx(SHEET, MADE)


@pytest.mark.parametrize(
    ("mark", "people"),
    [(mark, None) for mark in ["+", "x", "Х", "V", "да", " ДА ", "✓", "Пришёл", True]]
    + [(mark, 1) for mark in [1, 1.0, "1"]]
    + [(mark, 0) for mark in [0, "-", "—", "н", "Нет", "0"]],
)
def test_a_mark_is_understood_as_people_write_it(mark: Any, people: int | None) -> None:
    assert said(filled(write(A1=mark))) == Said((SaidRow("A1", 11, people),))


def test_only_what_was_changed_is_said() -> None:
    assert said(filled(write(A2="+", A7_2=4, Y8=5))) == Said()
    changed = said(filled(write(A2=None, A7=24, A7_2="", Y5=7, Y8=6)))
    assert changed.rows == (
        SaidRow("A2", 12, cleared=True),
        SaidRow("A7", 13, 24),
        SaidRow("A7.2", 14, cleared=True),
    )
    assert set(changed.walk_ins) == {
        SaidWalkIns(Category.GRADE_9, 7),
        SaidWalkIns(Category.PARENT, 6),
    }


def test_totals_are_summed_moved_and_taken_back() -> None:
    def fill(sheet: Worksheet) -> None:
        last = row_of(sheet, "Y18")
        sheet[f"B{last}"].value = "Газета"
        for row, words in enumerate(
            [("Школа", "организации", 3), (" школа ", "Организации", 4), (None, "9 КЛАСС", 5)],
            start=last + 1,
        ):
            for column, value in zip("BCE", words, strict=True):
                sheet[f"{column}{row}"].value = value
        write(Y5=2, Y8=None)(sheet)

    assert set(said(filled(fill)).walk_ins) == {
        SaidWalkIns(Category.GRADE_9, 7),
        SaidWalkIns(Category.PARENT, 0),
        SaidWalkIns(Category.OTHER, 0, "Завод"),
        SaidWalkIns(Category.OTHER, 2, "Газета"),
        SaidWalkIns(Category.OTHER, 7, "Школа"),
    }


def test_what_nobody_understands_is_named_and_changes_nothing() -> None:
    def fill(sheet: Worksheet) -> None:
        write(A1="может быть", A2=date(2026, 3, 1), A7=-3, A7_2="+", Y8="много")(sheet)
        last = row_of(sheet, "Y18")
        sheet[f"E{last + 1}"].value = 4  # of which category?
        sheet[f"C{last + 2}"].value, sheet[f"E{last + 2}"].value = "9 класс", "+"
        sheet["A40"].value, sheet["E40"].value = "Дима", "+"

    read = said(filled(fill))
    assert read.rows == (SaidRow("A7.2", 14),)
    assert read.walk_ins == ()
    assert read.strange[0] == "A1: может быть"
    assert read.strange[3] == "Y8: много"
    assert read.strange[-1] == "Дима: +"
    assert len(read.strange) == 7


def test_rows_may_be_sorted_deleted_and_moved_down() -> None:
    def fill(sheet: Worksheet) -> None:
        write(A1="+", A7=24)(sheet)
        sheet.delete_rows(row_of(sheet, "A2"))
        sheet.insert_rows(1, 3)
        sheet.move_range(f"A{row_of(sheet, 'A1')}:G{row_of(sheet, 'A1')}", rows=40)

    assert set(said(filled(fill)).rows) == {SaidRow("A1", 11), SaidRow("A7", 13, 24)}


def test_names_are_text_and_codes_stay_codes() -> None:
    book = load_workbook(BytesIO(door_sheet_xlsx(SHEET, MADE)))
    sheet = book.worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    row = row_of(sheet, "A1")
    assert sheet[f"B{row}"].value == FORMULA
    assert sheet[f"A{row}"].number_format == "@"
    assert sheet.column_dimensions["F"].hidden
    assert sheet.freeze_panes == f"A{row}"
    assert sheet.print_title_rows == f"${row - 1}:${row - 1}"


def test_a_computed_mark_counts_by_its_value_alone() -> None:
    data = filled(write(A1="=1+0"))
    assert said(data) == Said()  # nobody has computed it: the cell is empty


def refused(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refusal:
        read_door_sheet(data, LABELS)
    return refusal.value.key


def other_sheet() -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"].value = "Список"
    return saved(book)


def repacked(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    result = BytesIO()
    source = ZipFile(BytesIO(door_sheet_xlsx(SHEET, MADE)))
    with source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, content in more.items():
            target.writestr(name, content)
    return result.getvalue()


def lying_about_its_size() -> bytes:
    """A bomb whose directory says that a part is small."""
    data = bytearray(repacked(lambda _, part: part, bomb=b"0" * 50_000_000))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def in_the_sheet(old: bytes, new: bytes) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        if "sheet1" not in name:
            return part
        assert old in part
        return part.replace(old, new)

    return repacked(change)


def write_far_below(sheet: Worksheet) -> None:
    sheet[f"F{MOST_ROWS + 1}"].value = "line:11"


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda: b"", "input-sheet-broken"),
        (lambda: b"%PDF-1.7", "input-sheet-broken"),
        (lambda: door_sheet_xlsx(SHEET, MADE)[:3000], "input-sheet-broken"),
        (other_sheet, "input-sheet-strange"),
        (lambda: b"PK" * LARGEST_FILE, "input-sheet-large"),
        (lambda: repacked(lambda _, part: part, bomb=b"0" * 50_000_000), "input-sheet-large"),
        (lying_about_its_size, "input-sheet-broken"),
        (
            lambda: repacked(lambda _, part: part, **{str(n): b"" for n in range(300)}),
            "input-sheet-large",
        ),
        (lambda: repacked(lambda _, part: part[: len(part) // 2]), "input-sheet-broken"),
        (
            lambda: in_the_sheet(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet'),
            "input-sheet-broken",
        ),
        (lambda: in_the_sheet(b"line:11", b"line:eleven"), "input-sheet-broken"),
        (lambda: in_the_sheet(b"walk-ins:parent:", b"walk-ins:nobody:"), "input-sheet-broken"),
        (lambda: filled(write_far_below), "input-sheet-large"),
    ],
)
def test_a_file_that_is_no_list_is_refused(make: Callable[[], bytes], key: str) -> None:
    assert refused(make()) == key


def test_a_last_row_of_a_million_costs_nothing() -> None:
    def fill(sheet: Worksheet) -> None:
        write(A1="+")(sheet)
        sheet["XFD1048576"].value = "+"

    assert said(filled(fill)).rows == (SaidRow("A1", 11),)


def test_a_list_of_thousands_comes_back() -> None:
    rows = tuple(SheetRow(n, f"A{n}", f"Имя {n}", "9 класс", 1, None, None) for n in range(1, 3001))
    data = filled(write(A3000="+"), replace(SHEET, rows=rows))
    assert len(data) < LARGEST_FILE
    assert said(data).rows == (SaidRow("A3000", 3000),)


@needs_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_saves_it_readable(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(filled(write(A1="+", A2=None, A7=24, Y8=6)))
    cells = recalculated(path, tmp_path)
    assert FORMULA in cells.values()
    assert said((tmp_path / "recalculated" / path.name).read_bytes()) == Said(
        (SaidRow("A1", 11), SaidRow("A2", 12, cleared=True), SaidRow("A7", 13, 24)),
        (SaidWalkIns(Category.PARENT, 6),),
    )


def test_the_paper_takes_the_pages_it_needs() -> None:
    hostile = '#panic("!") #[*_$`<@"\\ //'
    row = SheetRow(1, "XX99.12", hostile + "Щ" * 160, "дополнительное образование", 300, 300, 600)
    long = replace(SHEET, title=hostile * 5, rows=(row,) * 90)
    assert papers.door_sheet_pdf(SHEET).startswith(b"%PDF-")
    pages = papers._compile("door_sheet.typ", papers._door_sheet_data(long), "png")
    assert isinstance(pages, list)
    assert len(pages) > 4
    nobody = replace(SHEET, rows=(), totals=())
    assert isinstance(
        papers._compile("door_sheet.typ", papers._door_sheet_data(nobody), "png"), bytes
    )


def test_names_marks_and_numbers_reach_the_paper() -> None:
    data: dict[str, Any] = papers._door_sheet_data(SHEET)
    assert [(row["who"], row["mark"], row["counted"]) for row in data["rows"]] == [
        (FORMULA, "", False),
        ("Борис", "+", False),
        ("Школа № 3", "", True),
        ("Школа № 3", "4", True),
    ]
    assert [total["mark"] for total in data["totals"]] == ["", "5", "2"]
