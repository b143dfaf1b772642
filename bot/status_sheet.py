"""How each municipality stands with its report, for the region's workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.spreadsheet import Look, Looks, Page

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "Как сданы отчёты"
COLUMNS = ("Муниципалитет", "Состояние", "Версия", "Отправлен", "Решение", "В сводном")
_WIDTHS = {"A": 32, "B": 13, "C": 8, "D": 17, "E": 17, "F": 9}
_HEAD = Look(size=9, bold=True, align="center", lines="all")
_WORDS = Look(size=9, lines="all")
_CENTRED = Look(size=9, align="center", lines="all")


@dataclass(frozen=True)
class Status:
    """How one municipality stands.

    Attributes:
        number: of the latest version, None where none was sent.
        sent, decided: when and by whom.
        in_sum: whether its numbers are in the consolidated form, in a word.
    """

    name: str
    state: str
    number: int | None
    sent: str
    decided: str
    in_sum: str


def draw_status(
    sheet: "Worksheet", year: int, source: str, statuses: Sequence[Status], looks: Looks
) -> None:
    """Draw the list on an empty sheet.

    Args:
        sheet: the sheet to fill.
        year: of the reports.
        source: what the consolidated form sums, in words.
        statuses: in the order of the rows.
        looks: those of the workbook.
    """
    page = Page(sheet, _WIDTHS, looks)
    page.add(("A:F", f"{TITLE}: {year} год", Look(size=12, bold=True, align="center")))
    page.add(("A:F", source, Look(size=9, italic=True, align="center")))
    head = page.add(
        *((column, title, _HEAD) for column, title in zip(_WIDTHS, COLUMNS, strict=True))
    )
    sheet.print_title_rows = f"{head}:{head}"
    sheet.freeze_panes = f"A{head + 1}"
    for each in statuses:
        page.add(
            ("A", each.name, _WORDS),
            ("B", each.state, _CENTRED),
            ("C", "" if each.number is None else each.number, _CENTRED),
            ("D", each.sent, _CENTRED),
            ("E", each.decided, _CENTRED),
            ("F", each.in_sum, _CENTRED),
        )
    sheet.print_area = f"A1:F{page.row - 1}"
