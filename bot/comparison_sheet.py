"""Municipalities and years side by side, for the region's workbook."""

from collections.abc import Mapping
from itertools import count
from math import ceil
from typing import TYPE_CHECKING

from bot.appendix2 import Appendix2, form_values
from bot.spreadsheet import Look, Looks, fit_to_width, put_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "Сравнение муниципалитетов и лет"
PLACE = "Муниципалитет"
TOTAL = "Всего"
IN_ITALICS = "Курсивом — у кого нет принятого отчёта за этот год: в сумму не вошли."
# What is compared: its heading, and the rows of the form that are added up for it.
COMPARED = (
    ("1. Встречи, всего", ("1.",)),
    ("1.1. со школьниками", ("1.1.",)),
    ("1.2. с родителями", ("1.2.",)),
    ("1.3. с работодателями", ("1.3.",)),
    ("2. Участники, всего", ("2.",)),
    ("2.1. школьники", ("2.1.",)),
    ("2.2. родители", ("2.2.",)),
    ("2.3. работодатели", ("2.3.",)),
    ("2.4–2.11. остальные", tuple(f"2.{part}." for part in range(4, 12))),
)
_TITLE_ROW, _HEAD_ROW, _YEAR_ROW = 1, 3, 4
_NAME_WIDTH, _NUMBER_WIDTH = 32, 6
_BLANK_NAME = Look(size=9, italic=True, lines="all")
_NAME, _NUMBER = Look(size=9, lines="all"), Look(size=9, align="center", lines="all")
_HEAD_HEIGHT, _LINE_HEIGHT = 28.0, 13.0
_TITLE = Look(size=12, bold=True)
_LEGEND = Look(size=9, italic=True)
_HEAD = Look(size=9, bold=True, align="center", lines="all")


def draw_comparison(
    sheet: "Worksheet",
    years: Mapping[int, Mapping[str, Appendix2]],
    cells: Mapping[str, Mapping[str, str]],
    looks: Looks,
) -> dict[str, float]:
    """Draw the comparison on an empty sheet and return cell → value of its formulas.

    Args:
        sheet: the sheet to fill.
        years: year → municipality → form, the oldest first; the last year is that of the workbook.
            Where a municipality has no form in a year, its cells stay empty; where its form of the
            last year is blank, its name stands in italics.
        cells: municipality → printed row number → the cell of the workbook with that number.
        looks: those of the workbook.
    """
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see bot/spreadsheet.py

    this_year = max(years)
    names = list(
        dict.fromkeys(name for year in sorted(years, reverse=True) for name in years[year])
    )
    rows = {name: row for row, name in enumerate(names, _YEAR_ROW + 1)}
    total = _YEAR_ROW + 1 + len(names)
    blank = {name for name, form in years[this_year].items() if form.is_blank}
    values = {
        year: {name: form_values(form) for name, form in forms.items()}
        for year, forms in years.items()
    }
    grid = _Grid(sheet, looks)
    grid.words(f"A{_TITLE_ROW}", f"{TITLE}: {this_year} год и предыдущие", _TITLE)
    grid.words(f"A{_HEAD_ROW}", PLACE, _HEAD)
    grid.words(f"A{_YEAR_ROW}", "", _HEAD)
    for name, row in rows.items():
        grid.words(f"A{row}", name, _BLANK_NAME if name in blank else _NAME)
        sheet.row_dimensions[row].height = _LINE_HEIGHT * ceil(len(name) / _NAME_WIDTH)
    grid.words(f"A{total}", TOTAL, _HEAD)
    if blank:
        grid.words(f"A{total + 1}", IN_ITALICS, _LEGEND)
    columns = map(get_column_letter, count(2))
    for heading, added in COMPARED:
        group = [next(columns) for _ in years]
        for column, year in zip(group, sorted(years), strict=True):
            grid.words(f"{column}{_HEAD_ROW}", heading if column == group[0] else "", _HEAD)
            grid.number(f"{column}{_YEAR_ROW}", year, _HEAD)
            for name, row in rows.items():
                form = values[year].get(name)
                number = None if form is None else sum(int(form[each]) for each in added)
                live = year == this_year and form is not None
                formula = "+".join(cells[name][each] for each in added) if live else ""
                grid.number(f"{column}{row}", number, _NUMBER, formula)
            everywhere = sum(int(form[each]) for form in values[year].values() for each in added)
            sums = f"SUM({column}{_YEAR_ROW + 1}:{column}{total - 1})"
            grid.number(f"{column}{total}", everywhere, _HEAD, sums)
            sheet.column_dimensions[column].width = _NUMBER_WIDTH
        sheet.merged_cells.add(f"{group[0]}{_HEAD_ROW}:{group[-1]}{_HEAD_ROW}")
    sheet.merged_cells.add(f"A{_TITLE_ROW}:{group[-1]}{_TITLE_ROW}")
    if blank:
        sheet.merged_cells.add(f"A{total + 1}:{group[-1]}{total + 1}")
    sheet.merged_cells.add(f"A{_HEAD_ROW}:A{_YEAR_ROW}")
    sheet.column_dimensions["A"].width = _NAME_WIDTH
    sheet.row_dimensions[_HEAD_ROW].height = _HEAD_HEIGHT
    _set_up_page(sheet)
    return grid.formulas


class _Grid:
    """Cells by name, each with its look; keeps the values of its formulas."""

    def __init__(self, sheet: "Worksheet", looks: Looks) -> None:
        self.formulas: dict[str, float] = {}
        self._sheet, self._looks = sheet, looks

    def words(self, cell: str, words: str, look: Look) -> None:
        self._looks.put_on(self._sheet[cell], look)
        put_text(self._sheet[cell], words)

    def number(self, cell: str, number: int | None, look: Look, formula: str = "") -> None:
        self._looks.put_on(self._sheet[cell], look)
        if formula and number is not None:
            self._sheet[cell].value = f"={formula}"
            self.formulas[cell] = number
        else:
            self._sheet[cell].value = number


def _set_up_page(sheet: "Worksheet") -> None:
    sheet.freeze_panes = f"B{_YEAR_ROW + 1}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_YEAR_ROW}"
    fit_to_width(sheet, "landscape")
    sheet.page_margins.left = sheet.page_margins.right = 0.3  # inches
    sheet.page_margins.top = sheet.page_margins.bottom = 0.4
