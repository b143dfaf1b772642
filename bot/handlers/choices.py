"""What a button carries is read here: anybody can forge it."""

from enum import StrEnum
from typing import TypeVar

from bot.errors import NotFound

LARGEST_ID = 2**31 - 1

E = TypeVar("E", bound=StrEnum)


def as_id(carried: str) -> int:
    """Return the id that a button carries.

    Raises:
        NotFound: it is none that a database could have.
    """
    if not (carried.isascii() and carried.isdigit() and len(carried) <= len(str(LARGEST_ID))):
        raise NotFound
    if not 0 < int(carried) <= LARGEST_ID:
        raise NotFound
    return int(carried)


def as_count(carried: str) -> int:
    """Return the number of people that a button carries, 0 among them.

    Raises:
        NotFound: it is none.
    """
    return 0 if carried == "0" else as_id(carried)


def as_one_of(values: type[E], carried: str) -> E:
    """Return the value of a closed list that a button carries.

    Raises:
        NotFound: the list has no such value.
    """
    try:
        return values(carried)
    except ValueError:
        raise NotFound from None
