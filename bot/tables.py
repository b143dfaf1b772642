"""Long tables as xlsx, row by row into a compressed file: memory does not grow with them.

Knows neither the database nor the messenger; call it off the event loop. openpyxl writes all but
the rows of the table: it takes eight times as long for them (`benchmarks/exports.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zipfile import ZIP_DEFLATED, ZipFile

from bot.spreadsheet import cell_text, fit_to_width, put_text

Value = str | int | float | datetime | None
"""What a cell can hold; a datetime is shown on the clock of its own time zone."""

MOST_ROWS = 2**20 - 1
"""What a sheet of a spreadsheet holds under its head."""

_MOMENT = "DD.MM.YYYY HH:MM"
_PART = "xl/worksheets/sheet1.xml"
_SECOND_ROW, _END_OF_ROWS = b'<row r="2"', b"</sheetData>"
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 (where a spreadsheet counts its days from)
_ABOUT_WIDTHS = (26, 90)
_LINE, _TALLEST = 15, 405  # points: a line, and the tallest row in whole lines
_HEAD_LINES = 2
_LETTERS_IN_WIDTH = 0.85  # a column holds less than its width where words do not end with a line
_HEAD_FILL = "EEF4F3"


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column and its width in characters."""

    title: str
    width: int = 12


class TableFile:
    """A table with filters and a head that stays in sight, and a sheet that says what it is.

    Open it by `with`, `add` rows, `save`; what was not saved is no file that anything can read.
    """

    def __init__(self, path: Path, title: str, columns: Sequence[Column]) -> None:
        """Begin a table.

        Args:
            path: of the file.
            title: of its first sheet, at most 31 characters.
            columns: from left to right.
        """
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - slow to import

        self.rows = 0
        self._path, self._title, self._columns = path, title, columns
        self._letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
        before, self._styles = self._begin()
        self._file = ZipFile(path, "w", ZIP_DEFLATED)
        self._part = self._file.open(_PART, "w", force_zip64=True)
        self._part.write(before)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._part.close()
        self._file.close()

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write rows below the last one."""
        lines = []
        for row in rows:
            self.rows += 1
            number = self.rows + 1  # the head is the first
            cells = "".join(
                self._cell(f"{letter}{number}", value)
                for letter, value in zip(self._letters, row, strict=True)
            )
            lines.append(f'<row r="{number}"{self._height(row)}>{cells}</row>')
        self._part.write("".join(lines).encode())

    def save(self, about_title: str, about: Sequence[tuple[str, Value]], made_at: datetime) -> int:
        """Finish the file.

        Args:
            about_title: of the last sheet.
            about: what stands on it, line by line.
            made_at: aware; becomes the document's time of creation.
        """
        book = self._book()
        sheet = book.create_sheet(about_title)
        for letter, width in zip("AB", _ABOUT_WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        _set_up_page(sheet)
        for label, value in about:
            sheet.append([_styled(sheet, label, bold=True), _styled(sheet, value, told=True)])
        book.properties.created = made_at.astimezone(UTC).replace(tzinfo=None)
        with _saved(book) as parts:
            self._part.write(_END_OF_ROWS + parts.read(_PART).partition(_END_OF_ROWS)[2])
            self._part.close()
            for name in parts.namelist():
                if name != _PART:
                    self._file.writestr(name, parts.read(name), ZIP_DEFLATED)
        self._file.close()
        return self._path.stat().st_size

    def _begin(self) -> tuple[bytes, dict[type, str]]:
        """Return the sheet up to the end of its head, and the number of each kind's style."""
        from openpyxl.xml.functions import fromstring  # noqa: PLC0415 - see above

        with _saved(self._book()) as parts:
            sheet = parts.read(_PART)
        before = sheet.partition(_SECOND_ROW)[0]
        row = fromstring(sheet[len(before) :].partition(_END_OF_ROWS)[0])
        return before, dict(
            zip(_SAMPLES, (cell.attrib["s"] for cell in row), strict=True),
        )

    def _book(self) -> Any:
        """Return the workbook with a row of samples in the place of the rows."""
        from openpyxl import Workbook  # noqa: PLC0415 - see above

        book = Workbook(write_only=True)
        sheet: Any = book.create_sheet(self._title)  # the stubs know no streamed sheets
        for letter, column in zip(self._letters, self._columns, strict=True):
            sheet.column_dimensions[letter].width = column.width
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        _set_up_page(sheet)
        sheet.row_dimensions[1].height = _HEAD_LINES * _LINE
        sheet.auto_filter.ref = f"A1:{self._letters[-1]}{self.rows + 1}"
        sheet.append([_head(sheet, column.title) for column in self._columns])
        sheet.append([_styled(sheet, sample) for sample in _SAMPLES.values()])
        return book

    def _height(self, row: Sequence[Value]) -> str:
        """Return how tall a row is where its words take more than a line: not all programs look."""
        lines = max(
            _lines(value, column.width) if isinstance(value, str) else 1
            for value, column in zip(row, self._columns, strict=True)
        )
        return f' ht="{min(lines * _LINE, _TALLEST)}"' if lines > 1 else ""

    def _cell(self, name: str, value: Value) -> str:
        if value is None or value == "":
            return ""
        style = self._styles[type(value)]
        if isinstance(value, str):
            text = escape(cell_text(value), quote=False)
            return (
                f'<c r="{name}" s="{style}" t="inlineStr">'
                f'<is><t xml:space="preserve">{text}</t></is></c>'
            )
        if isinstance(value, datetime):
            value = (_on_its_clock(value) - _DAY_ZERO).total_seconds() / 86_400
        return f'<c r="{name}" s="{style}"><v>{value!r}</v></c>'


_SAMPLES: dict[type, Value] = {
    str: "—",
    int: 1,
    float: 1.5,
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
}


def _saved(book: Any) -> ZipFile:
    content = BytesIO()
    book.save(content)
    return ZipFile(content)


def _lines(text: str, width: int) -> int:
    if len(text) <= width * _LETTERS_IN_WIDTH and "\n" not in text:
        return 1
    return sum(ceil(len(line) / width / _LETTERS_IN_WIDTH) or 1 for line in text.split("\n"))


def _set_up_page(sheet: Any) -> None:
    """Have it printed across the page, ruled, to its edges."""
    fit_to_width(sheet, "landscape")
    sheet.print_options.gridLines = True
    sheet.page_margins.left = sheet.page_margins.right = 0.3  # inches


def _head(sheet: Any, title: str) -> Any:
    from openpyxl.styles import Alignment, PatternFill  # noqa: PLC0415 - see above

    cell = _styled(sheet, title, bold=True)
    cell.fill = PatternFill("solid", start_color=_HEAD_FILL)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _styled(sheet: Any, value: Value, *, bold: bool = False, told: bool = False) -> Any:
    """Return a cell; `told` where a number is read after its label and not below others."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - see above
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, datetime):
        cell.value = _on_its_clock(value)
        cell.number_format = _MOMENT
    else:
        cell.value = value
    if isinstance(value, float):
        cell.number_format = "0.0"
    if bold:
        cell.font = Font(name="Calibri", size=11, bold=True)
    # Numbers keep off the words to their right; a moment is read as words.
    is_number = isinstance(value, int | float) and not told
    cell.alignment = Alignment(
        horizontal="right" if is_number else "left",
        indent=int(is_number),
        vertical="top",
        wrap_text=isinstance(value, str),
    )
    return cell


def _on_its_clock(moment: datetime) -> datetime:
    """Return what the clock of a place shows; a spreadsheet knows no time zones."""
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime {moment!r}")
    return moment.replace(tzinfo=None)
