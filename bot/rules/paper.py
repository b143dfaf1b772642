"""What a paper list says about who came, and what that changes."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rules.meetings import most_who_come
from bot.vocabulary import Category

MOST_WALK_INS_ON_PAPER = 999


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What is said about a row of the list.

    Attributes:
        code: of the row, as it is printed.
        line_id: which line the row is, where a file says so; else the code does.
        people: how many came; None: the row is ticked.
        cleared: a mark that the list had was taken away.
        whole: every row of the ticket is meant, of which `code` is the first.
    """

    code: str
    line_id: int | None = None
    people: int | None = None
    cleared: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SaidWalkIns:
    """How many people of a category came without a registration, in all, by the list."""

    category: Category
    people: int
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """All that was typed or stands in a file; `strange` is what nobody understands of it."""

    rows: tuple[SaidRow, ...] = ()
    walk_ins: tuple[SaidWalkIns, ...] = ()
    strange: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What becomes of something said about a row."""

    CHANGES = "changes"
    SAME = "same"
    UNNUMBERED = "unnumbered"
    IMPOSSIBLE = "impossible"
    OFF_LIST = "off_list"


def judge(
    said: SaidRow, *, seats: int, came: int | None, is_group: bool, signed_up: bool
) -> tuple[Verdict, int | None]:
    """Return what becomes of a row, and how many came of it then (None: it has no mark).

    A tick is enough for one person; of a group only its number counts.

    Args:
        said: what the list says.
        seats: how many people the row is for.
        came: how many are marked now, None until it is.
        is_group: whether people are counted on the row.
        signed_up: whether the registration is active.
    """
    takes_back = said.cleared or said.people == 0
    if not signed_up and came is None and not takes_back:
        return Verdict.OFF_LIST, None
    if is_group and said.people is None and not said.cleared:
        return (Verdict.UNNUMBERED if came is None else Verdict.SAME), came
    if (said.people or 0) > (most_who_come(seats) if is_group else 1):
        return Verdict.IMPOSSIBLE, came
    wanted: int | None
    if said.cleared or (takes_back and not is_group):
        wanted = None
    else:
        wanted = said.people if is_group else seats
    if wanted == came:
        return Verdict.SAME, came
    if wanted and not signed_up:
        return Verdict.OFF_LIST, came
    return Verdict.CHANGES, wanted
