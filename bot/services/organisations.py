"""The organisations of row 2.11: whether two names are one organisation, decided by a person.

A decision holds for the municipality, in every year. What is stored is never a chain: a name points
at the one it is counted as, and that one at nothing.
"""

import asyncio
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.errors import NotFound
from bot.models import FindingAnswer, Municipality, OrganisationName
from bot.rules import find_alike
from bot.services import audit
from bot.services.core import Account, Core
from bot.services.counting import YearCount
from bot.services.inserting import insert_into
from bot.services.organisation_names import NamedCount, key_of, read_counted_as, sum_by_name
from bot.services.report_place import get_written_place
from bot.services.territories import territory_key

_FINDING = "names:"
_DIFFERENT = "different"
"""What is kept as the answer about two names that are not one organisation."""


@dataclass(frozen=True, slots=True)
class Organisations:
    """Row 2.11 of a year.

    Attributes:
        place: the municipality's name.
        listed: the organisations, the most people first.
        unnamed: people whose organisation nobody wrote down.
        alike: pairs that may be one organisation and about which nobody has decided yet.
    """

    place: str
    listed: tuple[NamedCount, ...]
    unnamed: int
    alike: tuple[tuple[NamedCount, NamedCount], ...]


async def get_organisations(
    core: Core, account: Account, municipality_id: int, year: int
) -> Organisations:
    """Return row 2.11 as it counts now, and which names may be one organisation.

    Raises:
        Forbidden: this account does not write this report.
        Refused: the year lies ahead.
        NotFound: there is no such municipality.
    """
    async with core.db.read() as session:
        _, place = await get_written_place(session, core, account, municipality_id, year)
        counted = await _count(session, core, place, year)
        answered = await session.scalars(
            select(FindingAnswer.finding).where(
                FindingAnswer.municipality_id == municipality_id,
                FindingAnswer.finding.startswith(_FINDING),
            )
        )
        different = set(answered)
    named = {each.name: each for each in counted if each.name}
    alike = await asyncio.to_thread(find_alike, [*named])
    return Organisations(
        place=place.name,
        listed=tuple(named.values()),
        unnamed=sum(each.people for each in counted if not each.name),
        alike=tuple(
            (named[one], named[other])
            for one, other in alike
            if not different & _findings(named[one], named[other])
        ),
    )


async def merge_names(
    core: Core, account: Account, municipality_id: int, year: int, gone: str, stays: str
) -> None:
    """Count two names as one organisation from now on; saying so again changes nothing.

    Args:
        core: what every use case is given.
        account: who decides.
        municipality_id: whose report it is.
        year: whose row 2.11 lists both.
        gone: the key of the name that is no longer listed.
        stays: the key of the name that is.

    Raises:
        Forbidden, Refused: as of `get_organisations`.
        NotFound: no such municipality, or a name that the row does not list.
    """
    async with core.db.write() as session:
        actor, place = await get_written_place(
            session, core, account, municipality_id, year, lock=True
        )
        counted = await _count(session, core, place, year)
        loser, winner = _find(counted, gone), _find(counted, stays)
        if loser is winner:
            return
        rows = await session.scalars(
            select(OrganisationName).where(OrganisationName.municipality_id == municipality_id)
        )
        for row in rows:
            if fold(row.counted_as) == fold(loser.name):
                row.counted_as = winner.name
                row.decided_by_id, row.decided_at = actor.person_id, core.clock.now()
        session.add(
            OrganisationName(
                municipality_id=municipality_id,
                name=loser.name,
                counted_as=winner.name,
                decided_by_id=actor.person_id,
                decided_at=core.clock.now(),
            )
        )
        _record(session, core, account, "report.merge", municipality_id, year)


async def split_name(
    core: Core, account: Account, municipality_id: int, year: int, name: str
) -> None:
    """Count a name for itself again; where it already is, nothing changes.

    Args:
        core, account, municipality_id, year: as of `merge_names`.
        name: its key.

    Raises:
        Forbidden, Refused, NotFound: as of `get_organisations`.
    """
    async with core.db.write() as session:
        await get_written_place(session, core, account, municipality_id, year, lock=True)
        rows = await session.scalars(
            select(OrganisationName).where(OrganisationName.municipality_id == municipality_id)
        )
        found = [row for row in rows if key_of(row.name) == name]
        for row in found:
            await session.delete(row)
        if found:
            _record(session, core, account, "report.split", municipality_id, year)


async def keep_apart(
    core: Core, account: Account, municipality_id: int, year: int, one: str, other: str
) -> None:
    """Remember that two names are two organisations: they are not asked about again.

    Args:
        core, account, municipality_id, year: as of `merge_names`.
        one, other: their keys.

    Raises:
        Forbidden, Refused, NotFound: as of `merge_names`.
    """
    async with core.db.write() as session:
        actor, place = await get_written_place(
            session, core, account, municipality_id, year, lock=True
        )
        counted = await _count(session, core, place, year)
        pair = _find(counted, one), _find(counted, other)
        if pair[0] is pair[1]:
            return
        row = {
            "municipality_id": municipality_id,
            "year": year,
            "finding": _finding(*(each.key for each in pair)),
        }
        inserted = await session.scalar(
            insert_into(session, FindingAnswer)
            .values(
                **row,
                answer=_DIFFERENT,
                answered_by_id=actor.person_id,
                answered_at=core.clock.now(),
            )
            .on_conflict_do_nothing(index_elements=list(row))
            .returning(FindingAnswer.id)
        )
        if inserted is not None:
            _record(session, core, account, "report.apart", municipality_id, year)


async def _count(
    session: AsyncSession, core: Core, place: Municipality, year: int
) -> tuple[NamedCount, ...]:
    count = YearCount(session, [place], year, core.clock.now())
    decided = await read_counted_as(session, [place.id])
    return sum_by_name(await count.organisations(), decided.get(place.id, {}))


def _find(counted: Sequence[NamedCount], key: str) -> NamedCount:
    """Return the organisation that a key names, by its own name or one counted as it."""
    for each in counted:
        if each.name and key in _keys(each):
            return each
    raise NotFound


def _keys(counted: NamedCount) -> Collection[str]:
    return {key_of(name) for name in (counted.name, *counted.merged)}


def _finding(one: str, other: str) -> str:
    digest = hashlib.sha256(":".join(sorted((one, other))).encode()).hexdigest()
    return f"{_FINDING}{digest[:32]}"


def _findings(one: NamedCount, other: NamedCount) -> set[str]:
    """Return what an answer may stand under: names merged since were another pair then."""
    return {_finding(each, another) for each in _keys(one) for another in _keys(other)}


def _record(
    session: AsyncSession,
    core: Core,
    account: Account,
    action: str,
    municipality_id: int,
    year: int,
) -> None:
    audit.record(session, core, account, action, territory_key(municipality_id), year=year)
