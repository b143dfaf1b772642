"""The filled list comes back: xlsx bytes → what they say. Run it off the event loop.

The file is a stranger's: it is measured before it is opened, and nothing in it is computed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from bot.cleaning import fold
from bot.door_sheet import HEAD, LINE, OF_MEETING, WALK_INS
from bot.errors import InvalidInput
from bot.rules import MOST_WALK_INS_ON_PAPER, Said, SaidRow, SaidWalkIns
from bot.vocabulary import Category

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

LARGEST_FILE = 1024 * 1024
LARGEST_UNPACKED = 12 * 1024 * 1024
MOST_PARTS = 200
MOST_ROWS = 12_000  # more than the largest meeting has
SHOWN_OF_A_CELL = 30

_TITLE_ROWS = 20  # the meeting is named at the top, even if somebody wrote something above
_COLUMNS = 7
_TICKS = frozenset(
    [
        "+",
        "++",
        "x",
        "х",
        "v",
        "y",
        "✓",
        "✔",
        "✅",
        "√",
        "да",
        "yes",
        "был",
        "была",
        "пришел",
        "пришла",
    ]
)
_DECLARATIONS = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_NOBODY = frozenset(["-", "–", "—", "−", "н", "нет", "no"])


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A file as it was read: the token of the meeting that it is of, and what it says."""

    token: str
    said: Said


@dataclass(frozen=True, slots=True)
class _Mark:
    """A cell for a mark: empty, ticked (`people` is None), or a number."""

    empty: bool = False
    people: int | None = None


def read_door_sheet(data: bytes, categories: Mapping[str, Category]) -> ReadSheet:
    """Read a list that somebody filled in.

    Only what differs from what the file was made with is said; a mark that was taken out is
    `cleared`, an empty cell says nothing.

    Args:
        data: the file.
        categories: what they are called, in every language, folded (`cleaning.fold`).

    Raises:
        InvalidInput: it is no xlsx, is broken or too large, or none of our lists.
    """
    _check(data)
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import, see bot/spreadsheet.py

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if (token := _token_of(sheet)) is not None:
                return ReadSheet(token, _read(sheet, categories))
    except InvalidInput:
        raise
    except Exception as error:
        raise InvalidInput("input-sheet-broken") from error
    raise InvalidInput("input-sheet-strange")


def _check(data: bytes) -> None:
    """Measure what the file unpacks to; zipfile never unpacks more of a part than it declares."""
    if len(data) > LARGEST_FILE:
        raise InvalidInput("input-sheet-large")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
                raise InvalidInput("input-sheet-large")
            if any(_declares_entities(archive.read(part)) for part in parts):
                raise InvalidInput("input-sheet-broken")
    except InvalidInput:
        raise
    except Exception as error:
        raise InvalidInput("input-sheet-broken") from error


def _declares_entities(part: bytes) -> bool:
    """Whether XML could grow when it is parsed; no spreadsheet program writes a DOCTYPE."""
    return any(declaration in part for declaration in _DECLARATIONS)


def _rows_of(sheet: "ReadOnlyWorksheet", last: int) -> Iterator[tuple[Any, ...]]:
    # The stubs call its `iter_rows` a method of another class.
    yield from sheet.iter_rows(  # type: ignore[misc]
        min_row=1, max_row=last, min_col=1, max_col=_COLUMNS, values_only=True
    )


def _token_of(sheet: "ReadOnlyWorksheet") -> str | None:
    for *_, key, _was in _rows_of(sheet, _TITLE_ROWS):
        kind, _, token = str(key or "").partition(":")
        if kind == OF_MEETING:
            return token
    return None


def _read(sheet: "ReadOnlyWorksheet", categories: Mapping[str, Category]) -> Said:
    rows: list[SaidRow] = []
    strange: list[str] = []
    before, after = _Totals(), _Totals()
    for number, (code, who, category, _seats, came, key, was) in enumerate(
        _rows_of(sheet, MOST_ROWS + 1), start=1
    ):
        if number > MOST_ROWS and key is not None:
            raise InvalidInput("input-sheet-large")
        mark, old = _mark(came), _mark(was)
        kind, _, about = str(key or "").partition(":")
        understood = mark is not None and mark.empty
        if kind == LINE and mark is not None:
            line_id = int(about)
            if mark != old:
                name = str(code or who or number)[:SHOWN_OF_A_CELL]
                rows.append(SaidRow(name, line_id, mark.people, cleared=mark.empty))
            understood = True
        elif kind == WALK_INS and mark is not None:
            value, _, organisation = about.partition(":")
            chosen = Category(value) if value else categories.get(fold(str(category or "")))
            understood = mark.empty or (chosen is not None and after.add(chosen, who, mark.people))
            if understood and value and old is not None:
                before.add(Category(value), organisation, old.people)
        if not understood and kind != HEAD:
            strange.append(f"{code or who or category or number}: {came}"[:SHOWN_OF_A_CELL])
    return Said(tuple(rows), after.since(before), tuple(dict.fromkeys(strange)))


def _mark(value: object) -> _Mark | None:
    """Return what a cell says, None when nobody can tell."""
    if value is None or isinstance(value, bool):
        return _Mark(empty=value is None, people=0 if value is False else None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return _Mark(people=value) if value >= 0 else None
    text = fold(str(value))
    if text.isascii() and text.isdecimal() and len(text) < 6:
        return _Mark(people=int(text))
    if text in _TICKS:
        return _Mark()
    if text in _NOBODY:
        return _Mark(people=0)
    return _Mark(empty=True) if not text else None


class _Totals:
    """People without a registration by category and organisation, summed."""

    def __init__(self) -> None:
        self._people: Counter[tuple[Category, str]] = Counter()
        self._spelled: dict[tuple[Category, str], str] = {}

    def add(self, category: Category, organisation: object, people: int | None) -> bool:
        """Add a row; say whether it has a number that can be."""
        if people is None or people > MOST_WALK_INS_ON_PAPER:
            return False
        # Only row 2.11 of Appendix 2 names organisations.
        name = str(organisation or "") if category is Category.OTHER else ""
        self._people[category, fold(name)] += people
        self._spelled.setdefault((category, fold(name)), name)
        return True

    def since(self, before: "_Totals") -> tuple[SaidWalkIns, ...]:
        """Return the totals that are others than before; those that are gone are 0."""
        spelled = before._spelled | self._spelled  # noqa: SLF001 (another one of its own kind)
        return tuple(
            SaidWalkIns(category, self._people[category, key], name)
            for (category, key), name in spelled.items()
            if self._people[category, key] != before._people[category, key]  # noqa: SLF001
        )
