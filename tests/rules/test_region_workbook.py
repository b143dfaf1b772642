"""The region's workbook: sums over municipal sheets, a comparison, names of sheets."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.appendix2 import FORM, Appendix2, Words, form_values
from bot.comparison_sheet import COMPARED, IN_ITALICS
from bot.region_workbook import Consolidated, region_xlsx
from bot.sheet_names import in_formula, sheet_names
from bot.status_sheet import COLUMNS, Status
from bot.vocabulary import Audience, Category
from tests.libreoffice import cells, disagreements, formula_cells, needs_libreoffice, recalculated

MADE_AT = datetime(2027, 1, 12, 5, tzinfo=UTC)
LONG = "Таймырский Долгано-Ненецкий муниципальный район"
# As long a title makes a form's rows stand elsewhere; a name may hold what a formula quotes.
NAMES = ("Ачинск", "Кот-д'Ивуар: «округ»", LONG, f"{LONG} 2")


def form(number: int, year: int, **words: Any) -> Appendix2:
    return Appendix2(
        genitive="очень " * 30 * (number % 2) + f"места {number}",
        year=year,
        meetings={audience: number + place for place, audience in enumerate(Audience)},
        people={category: 10 * number + place for place, category in enumerate(Category)},
        **words,
    )


REPORT = Consolidated(
    region=Appendix2("Красноярского края", 2026, {}, {}, notes=("Вне формы: 8.",)),
    municipalities={
        NAMES[0]: form(
            1,
            2026,
            other_organisations=(("Школа № 5", 3), ("Газета", 1)),
            photo_links=("https://disk.yandex.ru/d/one", "https://cloud.mail.ru/two"),
        ),
        NAMES[1]: form(2, 2026, proposals="=1+1", coordinator_name="Орлова Анна"),
        NAMES[2]: form(3, 2026, other_organisations=(("Школа № 5", 2),)),
        NAMES[3]: form(4, 2026),
    },
    earlier={
        2024: {NAMES[0]: form(5, 2024), "Упразднённый район": form(6, 2024)},
        2025: {NAMES[0]: form(7, 2025), NAMES[1]: form(8, 2025)},
    },
)

# The same from accepted reports, of which one is missing.
ACCEPTED = replace(
    REPORT,
    region=replace(REPORT.region, remark="По принятым отчётам: 3 из 4"),
    municipalities={
        **{
            name: replace(each, remark=f"Версия {number}")
            for number, (name, each) in enumerate(REPORT.municipalities.items(), 1)
        },
        NAMES[3]: Appendix2("места 4", 2026, {}, {}, remark="Принятого нет", is_blank=True),
    },
    statuses=(
        Status(NAMES[0], "Принят", 1, "пн, 21 декабря, =Анна", "вт, 22 декабря, Ольга", "да"),
        Status(NAMES[3], "Не начат", None, "", "", "нет"),
    ),
)


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """The workbook of REPORT."""
    return region_xlsx(REPORT, MADE_AT)


def rows_of(xlsx: bytes, sheet: str) -> list[tuple[Any, ...]]:
    book = load_workbook(BytesIO(xlsx), data_only=True)
    return list(book[sheet].iter_rows(values_only=True))


def test_the_summary_sums_the_sheets_and_names_whose_words_they_are(workbook: bytes) -> None:
    rows = rows_of(workbook, "Сводный")
    shown = {row[0]: row[3] for row in rows if row[0] in {each.number for each in FORM}}
    values = [form_values(each) for each in REPORT.municipalities.values()]
    assert shown == {
        row.number: None
        if isinstance(row.counted, Words)
        else sum(int(each[row.number]) for each in values)
        for row in FORM
    }
    head = [row[0] for row in rows].index("№")
    assert [row[1::2] for row in rows[head:-5] if not row[0] and row[1]] == [
        ("Ачинск", "Школа № 5 — 3\nГазета — 1"),
        (LONG, "Школа № 5 — 2"),
        ("Ачинск", "https://disk.yandex.ru/d/one\nhttps://cloud.mail.ru/two"),
        (NAMES[1], "=1+1"),
    ]
    assert rows[0][0].endswith("на территории Красноярского края")


def test_a_long_list_takes_several_rows_of_the_summary() -> None:
    schools = tuple((f"Школа № {number}", 1) for number in range(20))
    long = replace(REPORT.municipalities[NAMES[0]], other_organisations=schools)
    rows = rows_of(
        region_xlsx(replace(REPORT, municipalities={NAMES[0]: long}, earlier={}), MADE_AT),
        "Сводный",
    )
    listed = [str(row[3]).splitlines() for row in rows if not row[0] and row[1] == NAMES[0]]
    assert [len(lines) for lines in listed] == [5, 5, 5, 5, 2]  # and the links to photos
    assert [*chain(*listed[:4])] == [f"{name} — 1" for name, _ in schools]


def test_each_number_of_the_summary_is_a_formula_that_lists_the_sheets(workbook: bytes) -> None:
    counted = [row for row in FORM if not isinstance(row.counted, Words)]
    on_summary = {name for name in formula_cells(workbook) if name.startswith("Сводный!")}
    assert len(on_summary) == len(counted)
    formulas = cells(workbook, stored=False)
    leaves = [formulas[name] for name in on_summary if "!" in formulas[name]]
    assert len(leaves) == len(counted) - 4  # 1., 2., 2.1. and 2.3. sum the rows of their sheet
    assert all(formula.count("!") == len(NAMES) for formula in leaves)
    assert ":" not in "".join(formula.replace("'", "") for formula in leaves)


def test_a_sheet_for_each_municipality_in_its_order(workbook: bytes) -> None:
    book = load_workbook(BytesIO(workbook), data_only=True)
    assert book.sheetnames == [
        "Сводный",
        "Статус",
        "Сравнение",
        "Ачинск",
        "Кот-д'Ивуар «округ»",
        "Таймырский Долгано-Ненецкий му…",
        "Таймырский Долгано-Ненецкий… 2",
        "Примечания",
    ]
    for title, each in zip(book.sheetnames[3:-1], REPORT.municipalities.values(), strict=True):
        rows = {row[0]: row[3] for row in book[title].iter_rows(values_only=True)}
        assert {row.number: rows[row.number] or "" for row in FORM} == {
            number: value or "" for number, value in form_values(each).items()
        }


def test_the_comparison_leaves_a_year_without_the_municipality_empty(workbook: bytes) -> None:
    rows = rows_of(workbook, "Сравнение")
    years = {**REPORT.earlier, 2026: REPORT.municipalities}
    assert rows[3][1:] == (2024, 2025, 2026) * len(COMPARED)
    assert [row[0] for row in rows[4:]] == [*NAMES, "Упразднённый район", "Всего"]
    for name, *numbers in rows[4:-1]:
        assert numbers == [
            sum(int(form_values(forms[name])[row]) for row in added) if name in forms else None
            for _, added in COMPARED
            for forms in years.values()
        ]
    columns = list(zip(*rows[4:-1], strict=True))[1:]
    assert list(rows[-1][1:]) == [sum(filter(None, column)) for column in columns]


def test_it_says_what_was_accepted_and_leaves_the_others_empty() -> None:
    xlsx = region_xlsx(ACCEPTED, MADE_AT)
    book = load_workbook(BytesIO(xlsx), data_only=True)
    assert book["Сводный"]["A3"].value == "По принятым отчётам: 3 из 4"
    assert [book[name]["A3"].value for name in book.sheetnames[3:-1]] == [
        "Версия 1",
        "Версия 2",
        "Версия 3",
        "Принятого нет",
    ]
    rows = {row[0]: row[3] for row in book[book.sheetnames[6]].iter_rows(values_only=True)}
    assert {number: rows[number] for number in ("1.", "1.1.", "2.", "2.1.3.", "4.")} == {
        "1.": 0,  # sums stay formulas, so that numbers typed in are summed
        "1.1.": None,
        "2.": 0,
        "2.1.3.": None,
        "4.": None,
    }
    in_italics = [row[0].value for row in book["Сравнение"].iter_rows() if row[0].font.italic]
    assert in_italics == [NAMES[3], IN_ITALICS]
    title, source, *told = book["Статус"].iter_rows(values_only=True)
    assert (title[0], source[0]) == ("Как сданы отчёты: 2026 год", "По принятым отчётам: 3 из 4")
    assert told == [
        COLUMNS,
        (NAMES[0], "Принят", 1, "пн, 21 декабря, =Анна", "вт, 22 декабря, Ольга", "да"),
        (NAMES[3], "Не начат", None, None, None, "нет"),
    ]


def test_equal_reports_are_equal_bytes(workbook: bytes) -> None:
    assert region_xlsx(REPORT, MADE_AT) == workbook


@needs_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_computes_what_is_stored(workbook: bytes, tmp_path: Path) -> None:
    assert disagreements(workbook, tmp_path) == {}


@needs_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_finds_one_tampered_total(workbook: bytes, tmp_path: Path) -> None:
    tampered = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(tampered, "w", ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</f><v>", b"</f><v>9", 1)
            target.writestr(part, content)
    (found,) = disagreements(tampered.getvalue(), tmp_path)
    assert found.startswith("Сводный!")


def _raised(xlsx: bytes, sheet: str, tmp_path: Path) -> dict[str, int]:
    """By how much each sheet's formulas rise when a thousand pupils are added on one sheet."""
    book = load_workbook(BytesIO(xlsx))
    (mended,) = (row for row in book[sheet].iter_rows() if row[0].value == "2.1.3.")
    mended[3].value = (mended[3].value or 0) + 1000
    path = tmp_path / "mended.xlsx"
    book.save(path)
    before, after = cells(xlsx, stored=True), recalculated(path, tmp_path)
    return {
        name.split("!")[0]: after[name] - before[name]
        for name in formula_cells(xlsx)
        if after[name] != before[name]
    }


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_number_mended_in_a_municipality_reaches_the_region(
    workbook: bytes, tmp_path: Path
) -> None:
    raised = _raised(workbook, "Ачинск", tmp_path)
    assert raised == {"Ачинск": 1000, "Сводный": 1000, "Сравнение": 1000}


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_number_filled_in_where_nothing_was_accepted_reaches_the_region(tmp_path: Path) -> None:
    xlsx, sheet = region_xlsx(ACCEPTED, MADE_AT), "Таймырский Долгано-Ненецкий… 2"
    assert disagreements(xlsx, tmp_path) == {}
    raised = _raised(xlsx, sheet, tmp_path)
    assert raised == {sheet: 1000, "Сводный": 1000, "Сравнение": 1000}


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@given(st.lists(names | st.sampled_from(["A" * 40, "a" * 40, "'", "[/]", "History"]), unique=True))
def test_names_of_sheets_are_what_a_spreadsheet_takes(found: list[str]) -> None:
    titles = list(sheet_names(found, taken=("Сводный",)).values())
    assert len({title.casefold() for title in [*titles, "Сводный"]}) == len(found) + 1
    for title in titles:
        assert 0 < len(title.encode("utf-16-le")) // 2 <= 31
        assert not set(title) & set("[]:*?/\\")
        assert title == title.strip("'")
        assert title.casefold() != "history"


def test_a_sheet_in_a_formula_is_quoted() -> None:
    assert in_formula("Кот-д'Ивуар", "D5") == "'Кот-д''Ивуар'!D5"
