"""The list of a meeting as an xlsx to be filled in and sent back.

Knows neither the database nor the messenger; run it off the event loop.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from bot.door_sheet import (
    BLANK_ROWS,
    CAME,
    CATEGORY,
    CHOICES,
    CODE,
    HEAD,
    KEY,
    LINE,
    OF_MEETING,
    SEATS,
    TICK,
    WALK_INS,
    WAS,
    WHO,
    DoorSheet,
    SheetRow,
    SheetTotal,
)
from bot.rules import MOST_WALK_INS_ON_PAPER
from bot.spreadsheet import Look, Page, plain_text, put_text, store_values

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {CODE: 9, WHO: 41, CATEGORY: 25, SEATS: 10, CAME: 11}
_ALL = f"{CODE}:{CAME}"
_BOXED = Look(lines="all")
_CENTRED = Look(align="center", lines="all")
_HEADING = Look(bold=True, align="center", lines="all")
_TO_FILL_IN = "FFF6DC"
_ROOM_FOR_A_PEN = 21.0  # points


def door_sheet_xlsx(sheet: DoorSheet, made_at: datetime) -> bytes:
    """Write the list as an A4 sheet to be filled in; equal arguments, equal bytes.

    Hidden columns say of which meeting and which line each row is, so that rows may be sorted or
    deleted, and what the cell for the mark held, so that only what somebody changed counts.

    Args:
        sheet: what it says.
        made_at: aware; it becomes the document's time of creation.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import, see bot/spreadsheet.py

    book = Workbook()
    drawn = book.worksheets[0]
    drawn.title = sheet.name
    _draw(drawn, sheet)
    book.properties.creator = sheet.name
    book.properties.title = plain_text(sheet.title)
    book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
    saved = BytesIO()
    book.save(saved)
    return store_values(saved.getvalue(), {}, made_at)


def _draw(drawn: "Worksheet", sheet: DoorSheet) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooterItem  # noqa: PLC0415 - see above

    page = Page(drawn, _WIDTHS)
    first = page.add((_ALL, sheet.title, Look(size=14, bold=True)))
    put_text(drawn[f"{KEY}{first}"], f"{OF_MEETING}:{sheet.token}")
    page.add((_ALL, f"{sheet.when}\n{sheet.place}", Look()))
    page.add((_ALL, sheet.file_hint, Look(italic=True)))
    head = page.add(
        *((column, title, _HEADING) for column, title in zip("ABCDE", sheet.columns, strict=True))
    )
    put_text(drawn[f"{KEY}{head}"], HEAD)
    drawn.freeze_panes = f"A{head + 1}"
    drawn.print_title_rows = f"{head}:{head}"
    numbers: defaultdict[int, list[str]] = defaultdict(list)
    ticks = [_draw_row(page, row, numbers) for row in sheet.rows]
    if not sheet.rows:
        page.add((_ALL, sheet.empty, _BOXED))
    page.add((_ALL, "", Look(size=6)))
    page.add((_ALL, sheet.apart, Look(bold=True)))
    numbers[MOST_WALK_INS_ON_PAPER] += [_draw_total(page, total) for total in sheet.totals]
    blank = [_draw_blank(page) for _ in range(BLANK_ROWS)]
    numbers[MOST_WALK_INS_ON_PAPER] += [f"{CAME}{row}" for row in blank]
    _help_to_fill_in(
        drawn,
        [cell for cell in ticks if cell],
        numbers,
        [f"{CATEGORY}{row}" for row in blank],
        len(sheet.categories),
    )
    for row, category in enumerate(sheet.categories, start=1):
        put_text(drawn[f"{CHOICES}{row}"], category)
    for column in (KEY, WAS, CHOICES):
        drawn.column_dimensions[column].hidden = True
    drawn.print_area = f"A1:{CAME}{page.row - 1}"
    footer = HeaderFooterItem()
    footer.right.text = f"{sheet.page} &P / &N"
    drawn.HeaderFooter.oddFooter = footer
    drawn.page_margins.bottom, drawn.page_margins.footer = 0.75, 0.35  # inches


def _draw_row(page: Page, row: SheetRow, numbers: dict[int, list[str]]) -> str:
    """Draw a row; return its cell for a tick, or nothing where a number is asked for."""
    number = page.add(
        (CODE, row.code, _CENTRED),
        (WHO, row.who, _BOXED),
        (CATEGORY, row.category, _BOXED),
        (SEATS, row.seats, _CENTRED),
        (CAME, "", _CENTRED),
    )
    _finish(page.sheet, number, f"{LINE}:{row.line_id}", CAME)
    _put_mark(page.sheet, number, row.mark)
    if row.most is None:
        page.sheet[f"{CAME}{number}"].number_format = "@"  # a lone «+» begins no formula
        return f"{CAME}{number}"
    numbers[row.most].append(f"{CAME}{number}")
    return ""


def _draw_total(page: Page, total: SheetTotal) -> str:
    number = page.add(
        (CODE, total.code, _CENTRED),
        (WHO, total.organisation, _BOXED),
        (CATEGORY, total.category, _BOXED),
        (SEATS, "", _CENTRED),
        (CAME, "", _CENTRED),
    )
    key = f"{WALK_INS}:{total.value}:{total.organisation}"
    _finish(page.sheet, number, key, WHO + CAME if total.asks_organisation else CAME)
    _put_mark(page.sheet, number, "" if total.people is None else str(total.people))
    return f"{CAME}{number}"


def _draw_blank(page: Page) -> int:
    number = page.add(*((column, "", _BOXED) for column in (CODE, WHO, CATEGORY, SEATS, CAME)))
    _finish(page.sheet, number, WALK_INS, WHO + CATEGORY + CAME)
    return number


def _finish(drawn: "Worksheet", row: int, key: str, to_fill_in: str) -> None:
    """Say what a drawn row is, mark the cells to be filled in, and leave room for a pen."""
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - see above

    put_text(drawn[f"{KEY}{row}"], key)
    drawn[f"{CODE}{row}"].number_format = "@"
    for column in to_fill_in:
        drawn[f"{column}{row}"].fill = PatternFill("solid", start_color=_TO_FILL_IN)
    height = drawn.row_dimensions[row]
    height.height = max(height.height or 0.0, _ROOM_FOR_A_PEN)


def _put_mark(drawn: "Worksheet", row: int, mark: str) -> None:
    for column in (CAME, WAS):
        cell = drawn[f"{column}{row}"]
        if mark.isdecimal():
            cell.value = int(mark)
        else:
            put_text(cell, mark)
    drawn[f"{CAME}{row}"].quotePrefix = False  # what somebody types there is theirs


def _help_to_fill_in(
    drawn: "Worksheet",
    ticks: Sequence[str],
    numbers: dict[int, list[str]],
    blank: Sequence[str],
    count: int,
) -> None:
    """Offer the tick and the categories to choose from, and warn of numbers that cannot be."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - see above

    choices = f"${CHOICES}$1:${CHOICES}${count}"
    one_of_them = DataValidation("list", formula1=choices, allow_blank=True)
    one_of_them.showErrorMessage = True
    # Other ticks than the offered one are understood too, and not refused.
    tick = DataValidation("list", formula1=f'"{TICK}"', allow_blank=True)
    helps: list[tuple[DataValidation, Sequence[str]]] = [(tick, ticks), (one_of_them, blank)]
    for most, of_most in numbers.items():
        whole = DataValidation(
            "whole", operator="between", formula1="0", formula2=str(most), allow_blank=True
        )
        whole.showErrorMessage = True
        helps.append((whole, of_most))
    for rule, cells in helps:
        if cells:
            drawn.add_data_validation(rule)
        for cell in cells:
            rule.add(cell)
