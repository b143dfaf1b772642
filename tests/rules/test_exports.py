"""The Appendix 2 workbook: what a person opens, what is stored, what a spreadsheet recalculates."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.appendix2 import FORM, TITLE, Appendix2, Total, form_values
from bot.exports import PROJECT, appendix2_xlsx, draw_appendix2
from bot.spreadsheet import plain_text, put_text, store_values
from bot.vocabulary import Audience, Category
from tests.libreoffice import cells, disagreements, needs_libreoffice, recalculated

MADE_AT = datetime(2025, 12, 20, 5, 30, tzinfo=UTC)
REPORT = Appendix2(
    genitive="Ужурского муниципального округа",
    year=2025,
    meetings={Audience.STUDENTS: 14, Audience.PARENTS: 5, Audience.EMPLOYERS: 3},
    people={category: 3 + 2 * place for place, category in enumerate(Category)},
    other_organisations=(("Школа № 5", 12), ("Газета «Слово»", 1)),
    photo_links=("https://disk.yandex.ru/d/one", "https://cloud.mail.ru/public/two"),
    proposals="Приглашать шестиклассников",
    coordinator_name="Иванова Анна Петровна",
    curator_name="Сидорова Мария Ивановна",
    curator_phone="+7 39151 5-12-34",
    notes=("Вне формы: 8 обучающихся 5–6 классов.",),
)
TOTALS = {row.number for row in FORM if isinstance(row.counted, Total)}


def sheet_of(xlsx: bytes, *, data_only: bool = False) -> Worksheet:
    return load_workbook(BytesIO(xlsx), data_only=data_only).worksheets[0]


def form_rows(sheet: Worksheet) -> dict[str, tuple[Any, ...]]:
    """Return number → (label, unit, quantity) as they stand in the sheet."""
    numbers = {row.number for row in FORM}
    found = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=4)]
    return {str(row[0]): tuple(row[1:]) for row in found if row[0] in numbers}


def test_sheet_is_the_form_with_its_numbers() -> None:
    sheet = sheet_of(appendix2_xlsx(REPORT, MADE_AT), data_only=True)
    rows = form_rows(sheet)
    assert list(rows) == [row.number for row in FORM]
    assert {number: quantity for number, (_, _, quantity) in rows.items()} == form_values(REPORT)
    for row in FORM:
        label, unit, _ = rows[row.number]
        assert (label.split("\n")[0], unit or "") == (row.label, row.unit)
    assert rows["2.11."][0].split("\n")[1:] == ["Школа № 5 — 12", "Газета «Слово» — 1"]


def test_title_and_signatures_stand_around_the_table_and_notes_apart() -> None:
    content = appendix2_xlsx(REPORT, MADE_AT)
    sheet = sheet_of(content)
    texts = [
        row[column].value for row in sheet.iter_rows() for column in (0, 2) if row[column].value
    ]
    assert texts[:2] == [
        TITLE.format(genitive="Ужурского муниципального округа"),
        "за 2025 год",
    ]
    assert texts[-5:] == [
        "Координатор проекта",
        "Иванова Анна Петровна",
        "ФИО",
        "Куратор проекта (ФИО, телефон)",
        "Сидорова Мария Ивановна, +7 39151 5-12-34",
    ]
    notes = load_workbook(BytesIO(content))["Примечания"]
    assert [cell.value for cell in notes["A"] if cell.value] == [
        "Примечания",
        "Вне формы: 8 обучающихся 5–6 классов.",
    ]


def test_signature_lines_stay_empty_where_nobody_is_known() -> None:
    nobody = Appendix2("города Ачинска", 2025, meetings={}, people={})
    sheet = sheet_of(appendix2_xlsx(nobody, MADE_AT))
    signed = {row[0].value: row[2] for row in sheet.iter_rows() if row[0].value}
    line = signed["Куратор проекта (ФИО, телефон)"]
    assert line.value is None
    assert line.border.bottom.style == "thin"


def test_totals_are_live_formulas() -> None:
    rows = form_rows(sheet_of(appendix2_xlsx(REPORT, MADE_AT)))
    formulas = {n for n, (_, _, value) in rows.items() if str(value).startswith("=SUM(")}
    assert formulas == TOTALS


def test_prints_on_a4_one_page_wide_with_its_head_on_every_page() -> None:
    sheet = sheet_of(appendix2_xlsx(REPORT, MADE_AT))
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    head = int(str(sheet.print_title_rows).split(":")[0].strip("$"))
    assert sheet.cell(head, 1).value == "№"


def test_properties_carry_the_given_time_and_bytes_repeat() -> None:
    first, second = appendix2_xlsx(REPORT, MADE_AT), appendix2_xlsx(REPORT, MADE_AT)
    assert first == second
    properties = load_workbook(BytesIO(first)).properties
    assert properties.creator == PROJECT
    assert properties.title == "Приложение 2, Ужурского муниципального округа, 2025"
    assert properties.created == properties.modified == MADE_AT.replace(tzinfo=None)


def test_long_words_get_rows_tall_enough_for_a_spreadsheet() -> None:
    long = Appendix2("города Ачинска", 2025, {}, {}, proposals="Больше экскурсий на заводы. " * 200)
    sheet = sheet_of(appendix2_xlsx(long, MADE_AT))
    heights = [sheet.row_dimensions[row].height or 0 for row in range(1, sheet.max_row + 1)]
    assert max(heights) <= 409
    area = next(area for area in sheet.merged_cells.ranges if str(area).startswith("D"))
    assert sum(heights[area.min_row - 1 : area.max_row]) > 5600 / 45 * 13


@needs_libreoffice
@pytest.mark.libreoffice
def test_stored_totals_are_what_libreoffice_computes(tmp_path: Path) -> None:
    xlsx = appendix2_xlsx(REPORT, MADE_AT)
    assert disagreements(xlsx, tmp_path) == {}


@needs_libreoffice
@pytest.mark.libreoffice
def test_one_tampered_value_is_found(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    values = draw_appendix2(sheet, REPORT).formulas
    cell = max(values)
    saved = BytesIO()
    book.save(saved)
    tampered = store_values(
        saved.getvalue(), {sheet.title: {**values, cell: values[cell] + 1}}, MADE_AT
    )
    assert disagreements(tampered, tmp_path) == {
        f"{sheet.title}!{cell}": (values[cell] + 1, values[cell])
    }


@needs_libreoffice
@pytest.mark.libreoffice
def test_words_that_look_like_formulas_or_escapes_are_shown_as_typed(tmp_path: Path) -> None:
    typed = [
        "=1+1",
        '=HYPERLINK("x")',
        "+7",
        "-1",
        "@SUM(A1)",
        "#N/A",
        "a_x000D_b",
        "<b>😀</b>",
        " x ",
    ]
    book = Workbook()
    for row, text in enumerate(typed, start=1):
        put_text(book.worksheets[0][f"A{row}"], text)
    path = tmp_path / "typed.xlsx"
    book.save(path)
    # openpyxl shows the escape of «_» that LibreOffice wrote for a text it had understood as typed.
    shown = [str(text).replace("_x005F_", "_") for text in recalculated(path, tmp_path).values()]
    assert shown == typed


def test_store_values_reaches_any_sheet_and_refuses_what_does_not_fit() -> None:
    book = Workbook()
    book.worksheets[0].title = "A & B"
    second = book.create_sheet("'Итоги' <1>")
    book.worksheets[0]["A1"] = 4
    second["B2"] = "='A & B'!A1/8"
    saved = BytesIO()
    book.save(saved)
    title = second.title
    result = store_values(saved.getvalue(), {title: {"B2": 0.5}}, MADE_AT)
    assert cells(result, stored=True) == {"A & B!A1": 4, f"{title}!B2": 0.5}
    assert cells(result, stored=False)[f"{title}!B2"] == "='A & B'!A1/8"
    misfits: list[dict[str, dict[str, float]]] = [
        {},
        {title: {}},
        {title: {"B2": 1, "A1": 4}},
        {title: {"B2": 1}, "?": {}},
    ]
    for wrong in misfits:
        with pytest.raises(ValueError, match=r"B2|A1|\?"):
            store_values(saved.getvalue(), wrong, MADE_AT)


def test_plain_text_drops_only_what_breaks_files() -> None:
    assert plain_text("а\x00б\x0b\ud800в\ufffe\uffff\x85\r\nг\rд\tе") == "абв\nг\nд\tе"
    assert plain_text("=1 \u200f😀 é") == "=1 \u200f😀 é"
    assert plain_text("я" * 40_000) == "я" * 32_767
    assert plain_text("😀" * 20_000) == "😀" * 16_383  # two units each, none cut in two


words = st.text(st.characters(exclude_categories=[]), max_size=60)
hostile = st.sampled_from(
    [
        '=HYPERLINK("http://x")',
        "+7",
        "-1",
        "@x",
        "{=A1}",
        "#REF!",
        "\x00",
        "\ud83d",
        "\ufffe",
        "я" * 4000,
    ]
)
typed = words | hostile | st.builds(str.__add__, hostile, words)


@given(
    organisations=st.lists(st.tuples(typed, st.integers(1, 99)), max_size=3),
    links=st.lists(typed, max_size=3),
    proposals=typed,
    names=st.tuples(typed, typed, typed, typed),
)
@settings(max_examples=40, deadline=None)
def test_nothing_typed_becomes_a_formula_or_breaks_the_file(
    organisations: list[tuple[str, int]],
    links: list[str],
    proposals: str,
    names: tuple[str, str, str, str],
) -> None:
    report = Appendix2(
        genitive=names[0],
        year=2025,
        meetings=REPORT.meetings,
        people=REPORT.people,
        other_organisations=organisations,
        photo_links=links,
        proposals=proposals,
        coordinator_name=names[1],
        curator_name=names[2],
        curator_phone=names[3],
        notes=[proposals],
    )
    sheet = sheet_of(appendix2_xlsx(report, MADE_AT))
    numbers = {row.number for row in FORM}
    formulas = set()
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        assert cell.hyperlink is None
        if cell.data_type == "f":
            formulas.add(sheet[f"A{cell.row}"].value)
        elif cell.value is not None:
            assert cell.data_type == ("s" if isinstance(cell.value, str) else "n")
    assert formulas == TOTALS
    assert [cell.value for cell in sheet["A"] if cell.value in numbers] == [r.number for r in FORM]
