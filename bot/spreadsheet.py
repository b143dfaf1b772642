"""What every xlsx of ours needs: safe text, rows as tall as their words, formulas with values.

openpyxl sizes no rows, writes no values beside formulas and turns «=1+1» in a name into a formula.
Importing it costs a third of a second, so it is imported where the first report needs it.
"""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, cast
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet


# Control characters (line break and tab aside), lone surrogates, and what XML 1.0 forbids besides.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# «_x000D_» in a cell means a carriage return to a spreadsheet: escape its «_» to keep it as typed.
_CHARACTER_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CELL_LIMIT = 32_767  # UTF-16 code units, as spreadsheets count them

_FONT = "Times New Roman"
_POINTS_PER_CHARACTER = 5.25  # of a column's width, in the default font
_CELL_PADDING = 6.0
_INDENT = 7.0
_LINE_HEIGHT = 1.2  # of the font size, as Excel sets Times
_LINES_PER_ROW = 20  # a row is at most 409 points high: longer text takes several, merged
_ROW_PADDING = 5.0  # points, above and below the words together
_BOLDER = 1.06  # how much wider bold letters are
_WIDE_LETTERS = frozenset("жмфшщыюmw@№—%")
_NARROW_LETTERS = frozenset(" .,:;!|'()/-iljtf")

# A formula as openpyxl saves it, with an empty value. Typed text holds no «<»: it is escaped.
_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?/></c>')
_ANY_FORMULA = re.compile(rb"<f[ />]")
_STYLE = "_style"  # what openpyxl itself copies from cell to cell when it copies a sheet
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MODIFIED = "{http://purl.org/dc/terms/}modified"


def plain_text(value: str) -> str:
    """Make text that a spreadsheet can hold: no control characters, no broken Unicode, capped.

    Emoji, right-to-left marks and a leading «=» stay: in a text cell they are harmless. The cap is
    32,767 UTF-16 code units, the most a cell holds; no character is cut in two.
    """
    if value.isprintable() and len(value) <= _CELL_LIMIT // 2:
        return value  # most are, and a long table has a million of them
    text = _UNPRINTABLE.sub("", re.sub(r"\r\n?", "\n", value))
    return text.encode("utf-16-le")[: _CELL_LIMIT * 2].decode("utf-16-le", "ignore")


@lru_cache(maxsize=1024)  # a workbook of many sheets says the same words on each
def cell_text(value: str) -> str:
    """Make text that stands in the file of a spreadsheet as it was typed."""
    return _CHARACTER_ESCAPE.sub("_x005F_", plain_text(value))


def put_text(cell: "Cell", value: str) -> None:
    """Write words into a cell as words, whatever they begin with: the only way text enters."""
    if text := cell_text(value):
        cell.value = text
        cell.data_type = "s"  # openpyxl has guessed by the first character
        cell.quotePrefix = (
            True  # and so that Excel does not guess again when someone edits the cell
        )


@dataclass(frozen=True)
class Look:
    """How a cell looks: font size in points, and where its lines are."""

    size: int = 11
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center"] = "left"
    indent: int = 0
    lines: Literal["", "bottom", "all"] = ""


class Looks:
    """The looks of one workbook, each made once: openpyxl takes a millisecond to style a cell."""

    def __init__(self) -> None:
        self._made: dict[tuple[Look, bool], StyleArray] = {}

    def put_on(self, cell: "Cell", look: Look, *, top: bool = False) -> None:
        """Make a cell look so; `top` where its words begin at the top of several rows."""
        made = self._made.get((look, top))
        if made is not None:
            setattr(cell, _STYLE, copy(made))
            return
        _style(cell, look, top=top)
        self._made[look, top] = copy(getattr(cell, _STYLE))


def fit_to_width(sheet: Any, orientation: Literal["portrait", "landscape"]) -> None:
    """Have a sheet printed on A4, all its columns on one page, on as many pages as it takes."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - see the module

    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


class Page:
    """A sheet filled from top to bottom, for A4 portrait one page wide, rows as tall as words."""

    def __init__(
        self, sheet: "Worksheet", widths: Mapping[str, int], looks: Looks | None = None
    ) -> None:
        """Set up an empty sheet.

        Args:
            sheet: the sheet to fill.
            widths: column letter → width in characters; 96 in all fill the page without scaling.
            looks: those of the workbook, where it has many sheets.
        """
        self.sheet = sheet
        self.row = 1
        self._widths = widths
        self._looks = looks or Looks()
        for column, width in widths.items():
            sheet.column_dimensions[column].width = width
        sheet.sheet_view.showGridLines = False
        fit_to_width(sheet, "portrait")
        sheet.page_margins.left, sheet.page_margins.right = 0.79, 0.39  # inches: 20 and 10 mm
        sheet.page_margins.top = sheet.page_margins.bottom = 0.59
        sheet.print_options.horizontalCentered = True

    def add(self, *boxes: tuple[str, str | int, Look]) -> int:
        """Put one row below the last and return the number of the sheet's row its cells are in.

        Args:
            boxes: column «A», or columns «A:D» to merge; words or a number; how it looks. Words
                too long for one row of a sheet get several, merged.
        """
        from openpyxl.worksheet.cell_range import CellRange  # noqa: PLC0415 - see the module

        first = self.row
        lines, size = max(
            (self._lines(columns, value, look), look.size) for columns, value, look in boxes
        )
        rows = ceil(lines / _LINES_PER_ROW)
        self.row += rows
        for row in range(first, self.row):
            self.sheet.row_dimensions[row].height = (
                ceil(lines / rows) * size * _LINE_HEIGHT + _ROW_PADDING
            )
        for columns, value, look in boxes:
            left, right = ord(columns[0]) - ord("@"), ord(columns[-1]) - ord("@")
            for row in range(first, self.row):
                for column in range(left, right + 1):
                    self._looks.put_on(self._cell(row, column), look, top=rows > 1)
            cell = self._cell(first, left)
            if isinstance(value, str):
                put_text(cell, value)
            else:
                cell.value = value
            if rows > 1 or left != right:
                # `merge_cells` would style each cell again, though all of them have their lines,
                # and look through all the areas there are, though none overlaps.
                area = f"{columns[0]}{first}:{columns[-1]}{self.row - 1}"
                self.sheet.merged_cells.ranges.add(CellRange(area))
        return first

    def _cell(self, row: int, column: int) -> "Cell":
        # By number: openpyxl takes four times as long to read a name. None here is merged yet.
        return cast("Cell", self.sheet.cell(row, column))

    def _lines(self, columns: str, value: str | int, look: Look) -> int:
        left, right = columns[0], columns[-1]
        characters = sum(width for column, width in self._widths.items() if left <= column <= right)
        room = characters * _POINTS_PER_CHARACTER - _CELL_PADDING - look.indent * _INDENT
        ems = room / look.size / (_BOLDER if look.bold else 1)
        return _lines_of(str(value), ems)


def _style(cell: "Cell", look: Look, *, top: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - see the module

    thin = Side(style="thin")
    cell.font = Font(name=_FONT, size=look.size, bold=look.bold, italic=look.italic)
    cell.border = {
        "": Border(),
        "bottom": Border(bottom=thin),
        "all": Border(left=thin, right=thin, top=thin, bottom=thin),
    }[look.lines]
    cell.alignment = Alignment(
        horizontal=look.align,
        vertical="top" if top else "center",
        indent=look.indent,
        wrap_text=True,
    )


def store_values(
    xlsx: bytes, values: Mapping[str, Mapping[str, float]], made_at: datetime
) -> bytes:
    """Give the formulas of a workbook saved by openpyxl their numbers; the formulas stay live.

    Args:
        xlsx: the workbook's bytes.
        values: sheet title → cell («D7») → number.
        made_at: aware; becomes the time of every part of the file, so that equal workbooks are
            equal bytes.

    Raises:
        ValueError: the cells named are not exactly the formulas of the workbook.
    """
    from openpyxl.xml.functions import fromstring, tostring  # noqa: PLC0415 - see the module

    moment = made_at.astimezone(UTC)
    result = BytesIO()
    with ZipFile(BytesIO(xlsx)) as source, ZipFile(result, "w") as target:
        titles = _sheet_titles(source)
        if unknown := values.keys() - set(titles.values()):
            raise ValueError(f"no such sheets: {', '.join(sorted(unknown))}")
        for part in source.namelist():
            content = source.read(part)
            if part in titles:
                content = _stored(content, titles[part], values.get(titles[part], {}))
            elif part == "docProps/core.xml":
                properties = fromstring(content)
                for modified in properties.iter(_MODIFIED):
                    modified.text = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
                # The stub says str; the encoding argument makes it bytes.
                content = cast("bytes", tostring(properties))
            target.writestr(ZipInfo(part, moment.timetuple()[:6]), content, ZIP_DEFLATED)
    return result.getvalue()


def _stored(sheet: bytes, title: str, values: Mapping[str, float]) -> bytes:
    """Put the values into a sheet's XML where it stands: to parse and write it takes far longer."""
    formulas = [match[2].decode() for match in _FORMULA.finditer(sheet)]
    if len(formulas) != len(_ANY_FORMULA.findall(sheet)):
        raise ValueError(f"a formula on «{title}» is not as openpyxl writes one")
    if differing := set(formulas) ^ values.keys():
        raise ValueError(f"formulas and values differ on «{title}»: {', '.join(sorted(differing))}")

    def with_value(match: re.Match[bytes]) -> bytes:
        return b"%s<v>%r</v></c>" % (match[1], values[match[2].decode()])

    return _FORMULA.sub(with_value, sheet)


def _sheet_titles(archive: ZipFile) -> dict[str, str]:
    """Path of each sheet's part → the sheet's title."""
    from openpyxl.xml.functions import fromstring  # noqa: PLC0415 - see the module

    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    paths = {link.attrib["Id"]: link.attrib["Target"].removeprefix("/") for link in links}
    book = fromstring(archive.read("xl/workbook.xml"))
    return {paths[s.attrib[_LINK]]: s.attrib["name"] for s in book.iter(f"{_MAIN}sheet")}


@lru_cache(maxsize=1024)
def _lines_of(text: str, room: float) -> int:
    return sum(_wrapped(line, room) for line in plain_text(text).split("\n"))


def _wrapped(line: str, room: float) -> int:
    """How many lines a paragraph takes in `room` ems; rather one too many, since fonts differ."""
    lines, used = 1, 0.0
    for word in line.split(" "):
        width = sum(_em(letter) for letter in word)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        if width > room:
            lines, width = lines + int(width // room), width % room
        used += width + _em(" ")
    return lines


def _em(letter: str) -> float:
    if ord(letter) > 0xFFFF or east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW_LETTERS:
        return 0.28
    return 0.73 if letter.isupper() or letter in _WIDE_LETTERS else 0.48
