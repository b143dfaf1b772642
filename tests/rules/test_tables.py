"""Streamed tables: what is put in comes out again, and nothing typed is more than text."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.spreadsheet import plain_text
from bot.tables import Column, TableFile, Value
from tests.libreoffice import needs_libreoffice, recalculated

KRASNOYARSK = ZoneInfo("Asia/Krasnoyarsk")
STARTS = datetime(2026, 3, 14, 8, 30, tzinfo=UTC).astimezone(KRASNOYARSK)
COLUMNS = [Column("Встреча", 40), Column("Начало", 17), Column("Мест"), Column("Оценка")]
ROWS: list[list[Value]] = [["Мосты", STARTS, 40, 4.5], ["", None, 0, None]]
TYPED = ["=1+1", '=HYPERLINK("x")', "+7", "-1", "@SUM(A1)", "#N/A", "<b>&amp;</b>", " x ", "a\nb"]


def made(path: Path, rows: list[list[Value]], columns: list[Column] = COLUMNS) -> Path:
    with TableFile(path, "Встречи", columns) as table:
        for row in rows:  # one by one, as pages come
            table.add([row])
        assert table.rows == len(rows)
        size = table.save("О файле", [("Что", "=Встречи"), ("Строк", len(rows))], STARTS)
    assert size == path.stat().st_size
    return path


def test_values_keep_their_types_and_the_clock_of_their_place(tmp_path: Path) -> None:
    book = load_workbook(made(tmp_path / "table.xlsx", ROWS))
    sheet, about = book.worksheets
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["Встреча", "Начало", "Мест", "Оценка"],
        ["Мосты", datetime(2026, 3, 14, 15, 30), 40, 4.5],  # noqa: DTZ001 (as it is shown)
        [None, None, 0, None],
    ]
    assert [sheet.cell(2, column).number_format for column in range(1, 5)] == [
        "General",
        "DD.MM.YYYY HH:MM",
        "General",
        "0.0",
    ]
    assert sheet["A2"].quotePrefix
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:D3", "A2")
    assert sheet.column_dimensions["A"].width == 40
    assert sheet["A1"].font.bold
    assert list(about.iter_rows(values_only=True)) == [("Что", "=Встречи"), ("Строк", 2)]
    assert about["B1"].data_type == "s"
    assert book.properties.created == datetime(2026, 3, 14, 8, 30)  # noqa: DTZ001


def test_an_empty_table_opens(tmp_path: Path) -> None:
    sheet = load_workbook(made(tmp_path / "table.xlsx", [])).worksheets[0]
    assert (sheet.max_row, sheet.auto_filter.ref) == (1, "A1:D1")


def test_rows_are_as_tall_as_their_words(tmp_path: Path) -> None:
    texts = ["Мосты", "Ж" * 41, "слово " * 30, "а\nб", "ю" * 40_000]
    path = made(tmp_path / "table.xlsx", [[text, STARTS, 1, 4.5] for text in texts])
    sheet = load_workbook(path).worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in range(2, len(texts) + 2)]
    assert heights[0] is None
    assert [height // 15 for height in heights[1:]] == [2, 6, 2, 27]


def test_all_columns_are_printed_on_one_page(tmp_path: Path) -> None:
    for sheet in load_workbook(made(tmp_path / "table.xlsx", ROWS)).worksheets:
        fitting = sheet.sheet_properties.pageSetUpPr
        assert fitting is not None
        assert fitting.fitToPage
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def test_what_was_not_saved_is_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with TableFile(path, "Встречи", COLUMNS) as table:
        table.add(ROWS)
        with pytest.raises(ValueError, match="naive"):
            table.add([["Мосты", STARTS.replace(tzinfo=None), 1, 1.0]])
    with pytest.raises((KeyError, BadZipFile)):
        load_workbook(path)


words = st.text(st.characters(exclude_categories=[]), max_size=40)
hostile = st.sampled_from(
    [
        *TYPED,
        "\x00",
        "\ud83d",
        "\ufffe",
        "_x000D_",
        "]]>",
        "</t>",
        "\r\n",
        "я" * 40_000,
        "😀" * 20_000,
    ]
)


@given(st.lists(words | hostile | st.builds(str.__add__, hostile, words), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_nothing_typed_becomes_a_formula_or_a_link_or_breaks_the_file(typed: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        with TableFile(path, "Встречи", [Column("=1")] * 2) as table:
            table.add([[text, 1] for text in typed])
            table.save("О файле", [(text, text) for text in typed], STARTS)
        with ZipFile(path) as parts:
            assert parts.testzip() is None
        book = load_workbook(path)
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type == ("s" if isinstance(cell.value, str) else "n")
            assert cell.hyperlink is None
    sheet = book.worksheets[0]
    shown = [str(sheet.cell(row, 1).value or "") for row in range(2, len(typed) + 2)]
    # openpyxl shows the escape that keeps «_x000D_» as it was typed.
    assert [text.replace("_x005F_", "_") for text in shown] == [
        plain_text(text).replace("_x005F_", "_") for text in typed
    ]


@needs_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_shows_what_was_put_in(tmp_path: Path) -> None:
    rows: list[list[Value]] = [[text, STARTS, 1, 4.5] for text in [*TYPED, "a_x000D_b"]]
    shown = recalculated(made(tmp_path / "table.xlsx", rows), tmp_path)
    for number, row in enumerate(rows, start=2):
        assert str(shown[f"Встречи!A{number}"]).replace("_x005F_", "_") == row[0]
        assert shown[f"Встречи!B{number}"] == STARTS.replace(tzinfo=None)
        assert (shown[f"Встречи!C{number}"], shown[f"Встречи!D{number}"]) == (1, 4.5)
