"""Rows → xlsx bytes. Knows neither the database nor the messenger; run it off the event loop."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from bot.appendix2 import (
    COLUMNS,
    COORDINATOR,
    COORDINATOR_UNDER_LINE,
    CURATOR,
    FORM,
    TITLE,
    Appendix2,
    People,
    Row,
    Total,
    Words,
    form_values,
    words_of,
)
from bot.spreadsheet import Look, Looks, Page, plain_text, store_values

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

PROJECT = "Профориентационный нетворкинг"
SHEET = "Приложение 2"
NOTES_SHEET = "Примечания"


@dataclass(frozen=True)
class Drawn:
    """A form on its sheet.

    Attributes:
        cells: printed row number → the cell of its quantity.
        formulas: cell → value of its formulas (`store_values`).
    """

    cells: Mapping[str, str]
    formulas: Mapping[str, float]


@dataclass(frozen=True)
class SumOf:
    """Where a form's numbers come from and its words stand, when it sums other sheets.

    Attributes:
        formulas: printed row number → the formula of its quantity.
        words: printed row number → (municipality, its words), a row of the sheet for each.
    """

    formulas: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


_WIDTHS = {"A": 7, "B": 48, "C": 12, "D": 29}
_HEAD = Look(bold=True, align="center", lines="all")
_WORDS = Look(indent=1, lines="all")


def appendix2_xlsx(report: Appendix2, made_at: datetime) -> bytes:
    """Write the form of Appendix 2 as an A4 sheet; equal arguments, equal bytes.

    Totals are formulas that also carry their value: a phone's preview shows only what is stored, a
    spreadsheet recalculates. What is said besides stands on a second sheet: the first is sent on.

    Args:
        report: what the form says.
        made_at: aware; it becomes the document's time of creation.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, see bot/spreadsheet.py

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    formulas = draw_appendix2(sheet, report).formulas
    if report.notes:
        draw_notes(book.create_sheet(NOTES_SHEET), report.notes)
    return save(book, report, {SHEET: formulas}, made_at)


def save(
    book: "Workbook",
    report: Appendix2,
    formulas: Mapping[str, Mapping[str, float]],
    made_at: datetime,
) -> bytes:
    """Save a workbook with its properties and the values of its formulas (`store_values`)."""
    book.properties.creator = PROJECT
    book.properties.title = plain_text(f"{SHEET}, {report.genitive}, {report.year}")
    book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
    saved = BytesIO()
    book.save(saved)
    return store_values(saved.getvalue(), formulas, made_at)


def draw_appendix2(
    sheet: "Worksheet",
    report: Appendix2,
    looks: Looks | None = None,
    sums: SumOf = SumOf(),
) -> Drawn:
    """Draw the form on an empty sheet.

    Args:
        sheet: the sheet to fill.
        report: what the form says.
        looks: those of the workbook, where it has many sheets.
        sums: what it sums, where it does not bring its own numbers.
    """
    page = Page(sheet, _WIDTHS, looks)
    page.add(
        ("A:D", TITLE.format(genitive=report.genitive), Look(size=12, bold=True, align="center"))
    )
    page.add(("A:D", f"за {report.year} год", Look(align="center")))
    page.add(("A:D", report.remark, Look(size=9, italic=True, align="center")))
    head = page.add(
        *((column, title, _HEAD) for column, title in zip("ABCD", COLUMNS, strict=True))
    )
    sheet.print_title_rows = f"{head}:{head}"
    values = form_values(report)
    shown: dict[str, int | str] = dict.fromkeys(values, "") if report.is_blank else values
    cells: dict[str, str] = {}
    for row in FORM:
        cells[row.number] = f"D{page.add(*_boxes(row, shown[row.number], report))}"
        for municipality, words in sums.words.get(row.number, ()):
            page.add(("A", "", _WORDS), ("B:C", municipality, _WORDS), ("D", words, _WORDS))
    totals = {
        row.number: f"=SUM({','.join(cells[part] for part in row.counted.rows)})"
        for row in FORM
        if isinstance(row.counted, Total)
    }
    formulas: dict[str, float] = {}
    for number, formula in {**sums.formulas, **totals}.items():
        sheet[cells[number]].value = formula
        formulas[cells[number]] = int(values[number])
    _sign(page, report)
    sheet.print_area = f"A1:D{page.row - 1}"
    return Drawn(cells, formulas)


def draw_notes(sheet: "Worksheet", notes: Iterable[str]) -> None:
    """Draw what is said besides on an empty sheet."""
    page = Page(sheet, _WIDTHS)
    page.add(("A:D", NOTES_SHEET, Look(size=12, bold=True, align="center")))
    for note in notes:
        page.add(("A:D", "", Look(size=6)))
        page.add(("A:D", note, Look()))
    sheet.print_area = f"A1:D{page.row - 1}"


def _boxes(row: Row, value: int | str, report: Appendix2) -> Iterator[tuple[str, str | int, Look]]:
    """The four cells of a row of the form; row 2.11. lists its organisations under its label."""
    centred = Look(bold=row.bold, align="center", lines="all")
    label = row.label
    if isinstance(row.counted, People) and (organisations := words_of(report, row)):
        label = f"{label}\n{organisations}"
    yield "A", row.number, centred
    yield "B", label, Look(bold=row.bold, indent=row.number.count("."), lines="all")
    yield "C", row.unit, centred
    yield "D", value, _WORDS if isinstance(row.counted, Words) else centred


def _sign(page: Page, report: Appendix2) -> None:
    under = Look(size=9, align="center")
    line = Look(lines="bottom", align="center")
    curator = ", ".join(part for part in (report.curator_name, report.curator_phone) if part)
    page.add(("A:D", "", Look()))
    page.add(("A:B", COORDINATOR, Look()), ("C:D", report.coordinator_name, line))
    page.add(("C:D", COORDINATOR_UNDER_LINE, under))
    page.add(("A:B", CURATOR, Look()), ("C:D", curator, line))
    page.add(("A:D", "", Look(size=9)))
