"""The timetable of a half-year in words, and as an xlsx to print; knows no database."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from bot.spreadsheet import Look, Page, plain_text

_TITLE, _PERIOD = Look(size=14, bold=True, align="center"), Look(size=12, align="center")
_HEAD = Look(size=10, bold=True, align="center", lines="all")
_WORDS, _NUMBER = Look(size=10, lines="all"), Look(size=10, align="center", lines="all")
_MADE = Look(size=9, italic=True)


@dataclass(frozen=True, slots=True)
class TimetableSheet:
    """What a timetable says, in words.

    Attributes:
        name: of the sheet, at most 31 characters.
        title: as the project's plan calls it, with whose it is.
        period: of which half of which year.
        columns: the headings with their widths in characters; the first is the number.
        rows: a meeting each, without its number.
        page: the word before a page's number.
        made: when it was made, and by whose clock.
    """

    lang: str
    name: str
    title: str
    period: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]
    page: str
    made: str


def timetable_xlsx(sheet: TimetableSheet, made_at: datetime) -> bytes:
    """Return a timetable as a workbook: A4 across, the headings on every page.

    Args:
        sheet: what it says.
        made_at: aware; becomes the document's time of creation.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - see above
    from openpyxl.worksheet.header_footer import HeaderFooterItem  # noqa: PLC0415 - see above

    book = Workbook()
    drawn = book.active
    assert drawn is not None  # noqa: S101 (a new workbook has a sheet)
    drawn.title = sheet.name
    letters = [get_column_letter(number) for number in range(1, len(sheet.columns) + 1)]
    widths = {letter: width for letter, (_, width) in zip(letters, sheet.columns, strict=True)}
    page = Page(drawn, widths)
    whole = f"A:{letters[-1]}"
    page.add((whole, sheet.title, _TITLE))
    page.add((whole, sheet.period, _PERIOD))
    head = page.add(
        *((letter, name, _HEAD) for letter, (name, _) in zip(letters, sheet.columns, strict=True))
    )
    for number, row in enumerate(sheet.rows, 1):
        cells = zip(letters[1:], row, strict=True)
        page.add(("A", number, _NUMBER), *((letter, words, _WORDS) for letter, words in cells))
    page.add((whole, sheet.made, _MADE))
    drawn.page_setup.orientation = "landscape"
    drawn.print_title_rows = f"{head}:{head}"
    footer = HeaderFooterItem()
    footer.right.text = f"{sheet.page} &P / &N"
    drawn.HeaderFooter.oddFooter = footer
    drawn.page_margins.bottom, drawn.page_margins.footer = 0.75, 0.35  # inches
    drawn.freeze_panes = f"A{head + 1}"
    book.properties.title = plain_text(sheet.title)
    book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
