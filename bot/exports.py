"""Rows → xlsx bytes. Knows neither the database nor the messenger; run it off the event loop."""

from collections.abc import Iterable, Iterator
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
    form_values,
)
from bot.spreadsheet import Look, Page, plain_text, store_values
from bot.vocabulary import Category

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PROJECT = "Профориентационный нетворкинг"
SHEET = "Приложение 2"
NOTES_SHEET = "Примечания"

_WIDTHS = {"A": 7, "B": 48, "C": 12, "D": 29}
_HEAD = Look(bold=True, align="center", lines="all")


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
    stored = draw_appendix2(sheet, report)
    if report.notes:
        _draw_notes(book.create_sheet(NOTES_SHEET), report.notes)
    book.properties.creator = PROJECT
    book.properties.title = plain_text(f"{SHEET}, {report.genitive}, {report.year}")
    book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
    saved = BytesIO()
    book.save(saved)
    return store_values(saved.getvalue(), {SHEET: stored}, made_at)


def draw_appendix2(sheet: "Worksheet", report: Appendix2) -> dict[str, float]:
    """Draw the form on an empty sheet and return cell → value of its formulas (`store_values`)."""
    page = Page(sheet, _WIDTHS)
    page.add(
        ("A:D", TITLE.format(genitive=report.genitive), Look(size=12, bold=True, align="center"))
    )
    page.add(("A:D", f"за {report.year} год", Look(align="center")))
    page.add(("A:D", "", Look(size=6)))
    head = page.add(
        *((column, title, _HEAD) for column, title in zip("ABCD", COLUMNS, strict=True))
    )
    sheet.print_title_rows = f"{head}:{head}"
    values = form_values(report)
    cells = {row.number: f"D{page.add(*_boxes(row, values[row.number], report))}" for row in FORM}
    stored: dict[str, float] = {}
    for row in FORM:
        if isinstance(row.counted, Total):
            cell = cells[row.number]
            sheet[cell].value = f"=SUM({','.join(cells[part] for part in row.counted.rows)})"
            stored[cell] = int(values[row.number])
    _sign(page, report)
    sheet.print_area = f"A1:D{page.row - 1}"
    return stored


def _draw_notes(sheet: "Worksheet", notes: Iterable[str]) -> None:
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
    if row.counted == People(Category.OTHER):
        label = "\n".join(
            [
                label,
                *(
                    f"{' '.join(name.split())} — {people}"
                    for name, people in report.other_organisations
                ),
            ]
        )
    yield "A", row.number, centred
    yield "B", label, Look(bold=row.bold, indent=row.number.count("."), lines="all")
    yield "C", row.unit, centred
    yield "D", value, centred if isinstance(value, int) else Look(indent=1, lines="all")


def _sign(page: Page, report: Appendix2) -> None:
    under = Look(size=9, align="center")
    line = Look(lines="bottom", align="center")
    curator = ", ".join(part for part in (report.curator_name, report.curator_phone) if part)
    page.add(("A:D", "", Look()))
    page.add(("A:B", COORDINATOR, Look()), ("C:D", report.coordinator_name, line))
    page.add(("C:D", COORDINATOR_UNDER_LINE, under))
    page.add(("A:B", CURATOR, Look()), ("C:D", curator, line))
    page.add(("A:D", "", Look(size=9)))
