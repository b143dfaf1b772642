"""The list of a meeting to be printed and filled in, in words.

`bot/door_sheet_writing.py` makes the file of it, `bot/door_sheet_reading.py` reads that when it
comes back, and `papers.door_sheet_pdf` makes the paper.
"""

from dataclasses import dataclass

TICK = "+"
BLANK_ROWS = 4

# What the reader looks for in the hidden columns.
CODE, WHO, CATEGORY, SEATS, CAME, KEY, WAS, CHOICES = "ABCDEFGH"
OF_MEETING, HEAD, LINE, WALK_INS = "meeting", "head", "line", "walk-ins"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """Somebody, or people of a group, on the list.

    Attributes:
        line_id: which line of the meeting it is.
        who: a name, or where a group comes from.
        came: how many are marked already, None when nobody is.
        most: how many may come of a group, None for one person.
    """

    line_id: int
    code: str
    who: str
    category: str
    seats: int
    came: int | None
    most: int | None

    @property
    def mark(self) -> str:
        """What stands in the last column before anybody writes there."""
        if self.came is None:
            return ""
        return TICK if self.most is None else str(self.came)


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """People of a category without a registration; `people` is what earlier lists said.

    Attributes:
        value: of the category, by which the file names it.
        asks_organisation: whether it is written beside it (row 2.11 of Appendix 2).
    """

    code: str
    value: str
    category: str
    organisation: str
    people: int | None
    asks_organisation: bool


@dataclass(frozen=True, slots=True)
class DoorSheet:
    """A list in words.

    Attributes:
        token: of the meeting; a file of another one is told apart by it.
        name: of the paper: «Лист для отметки».
        when: day and time.
        place: where.
        columns: the five headings.
        hint: how to fill in the paper; `file_hint`: the same of the file.
        apart: stands above those without a registration.
        categories: what can be chosen for them in the file.
        page: the word before a page's number.
    """

    lang: str
    token: str
    name: str
    title: str
    when: str
    place: str
    columns: tuple[str, str, str, str, str]
    rows: tuple[SheetRow, ...]
    empty: str
    apart: str
    totals: tuple[SheetTotal, ...]
    categories: tuple[str, ...]
    hint: str
    file_hint: str
    page: str
