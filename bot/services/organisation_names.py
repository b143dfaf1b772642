"""Names of organisations as row 2.11 counts them: spellings together, and what is one by decision.

Headcounts keep each name as it was written; what is said here is read whenever they are summed. So
a name that somebody writes anew is counted as it was decided, and a decision can be taken back.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.models import OrganisationName

CountedAs = Mapping[str, str]
"""A folded name → the name it is counted as."""


@dataclass(frozen=True, slots=True)
class NamedCount:
    """The people of one organisation.

    Attributes:
        name: empty for those whose organisation nobody wrote down.
        merged: other names that are counted as this one by somebody's decision.
    """

    name: str
    people: int
    merged: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What a button names it by."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """Return what a button names an organisation by; case, ё and spaces make no other one of it."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:16]


async def read_counted_as(session: AsyncSession, places: Iterable[int]) -> dict[int, CountedAs]:
    """Return what was decided about names, by the municipality's id."""
    rows = await session.execute(
        select(
            OrganisationName.municipality_id, OrganisationName.name, OrganisationName.counted_as
        ).where(OrganisationName.municipality_id.in_(tuple(places)))
    )
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for place, name, counted_as in rows:
        found[place][fold(name)] = counted_as
    return dict(found)


def sum_by_name(people: Mapping[str, int], counted_as: CountedAs) -> tuple[NamedCount, ...]:
    """Sum spellings that differ by case, ё or spaces, and names that are one by decision.

    The spelling used most gives the name, unless somebody chose one.

    Args:
        people: by the name as it was written.
        counted_as: what was decided.

    Returns:
        The most people first, those without an organisation last.
    """
    together: dict[str, int] = {}
    shown: dict[str, str] = {}
    merged: dict[str, dict[str, str]] = {}
    for written, number in sorted(people.items(), key=lambda item: (-item[1], item[0])):
        key = fold(written)
        if chosen := counted_as.get(key):
            own, key = key, fold(chosen)
            shown[key] = chosen
            merged.setdefault(key, {}).setdefault(own, written)
        else:
            shown.setdefault(key, written)
        together[key] = together.get(key, 0) + number
    ranked = sorted(together, key=lambda key: (not key, -together[key], key))
    return tuple(
        NamedCount(shown[key], together[key], tuple(merged.get(key, {}).values())) for key in ranked
    )
