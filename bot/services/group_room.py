"""What somebody who is about to bring a group is told: what is asked, and how many can come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import NotFound, Refused
from bot.models import Meeting
from bot.rules import SignUpTerms
from bot.services.booking import get_booker, is_counted
from bot.services.core import Account, Core
from bot.services.groups import Group
from bot.services.seats import get_sign_up_terms
from bot.vocabulary import Category

TOO_FEW = {
    "refused-full": "full",
    "refused-held": "held",
    "refused-limit": "limit",
    "refused-few-seats": "some",
}
"""The refusals after which a part of the group may come, or all of it may wait."""


class Shortage(StrEnum):
    """Why there are no seats for all of a group; or that there are some by now."""

    FULL = "full"
    HELD = "held"
    LIMIT = "limit"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Bringing:
    """What the questions about a group depend on.

    Attributes:
        organisation: of the one who brings it; may be empty.
        usual: their category.
        may_count: whether they can be counted with it: neither counted at this meeting already
            nor on its team.
        admits: who may sign up; empty: everybody.
    """

    title: str
    organisation: str
    usual: Category
    may_count: bool
    admits: frozenset[Category]


@dataclass(frozen=True, slots=True)
class Room:
    """How much room there is for a group now.

    Attributes:
        free: seats that somebody who comes now can have; None without a limit.
        wanted: seats for all of it, the one who brings it included.
        fits: how many of them can come now, 0 when nobody can.
        part: who these are, the one who brings it aside.
        full: the category whose own limit is in the way.
    """

    shortage: Shortage
    free: int | None
    wanted: int
    fits: int
    part: Mapping[Category, int]
    full: Category | None


async def get_bringing(core: Core, account: Account, meeting_token: str) -> Bringing:
    """Return what the questions about a group depend on, or say why one cannot be brought.

    Raises:
        ConsentRequired: no consent to the text as it is now, or the profile is not finished.
        NotFound: no such meeting, or a draft.
        Refused: a pupil brings no groups, or the meeting is not open for signing up.
    """
    async with core.db.read() as session:
        bringing, _ = await _look(session, core, account, meeting_token)
        return bringing


async def find_room(
    core: Core,
    account: Account,
    meeting_token: str,
    group: Group,
    *,
    at_most: int | None = None,
) -> Room:
    """Return how many of a group can come now, when not all of them can.

    Args:
        core: what every use case is given.
        account: who brings it.
        meeting_token: of the meeting's link.
        group: who would come.
        at_most: no more than so many, the one who brings it included.

    Raises:
        ConsentRequired, NotFound, Refused: as `get_bringing`.
    """
    async with core.db.read() as session:
        bringing, terms = await _look(session, core, account, meeting_token)
    own = int(group.with_me and bringing.may_count)
    people = dict(group.people)
    if own:
        people[bringing.usual] = people.get(bringing.usual, 0) + 1
    room = Room(Shortage.NONE, terms.free, sum(people.values()), 0, {}, None)
    try:
        rules.check_room(terms, people)
    except Refused as error:
        full = terms.full_category(people) if error.key == "refused-limit" else None
        room = replace(room, shortage=Shortage(TOO_FEW[error.key]), full=full)
    part = _part(terms, group.people, bringing.usual if own else None, at_most)
    return replace(room, part=part, fits=sum(part.values()) + own if part else 0)


def shrunk(people: Mapping[Category, int], seats: int) -> dict[Category, int]:
    """Return a group in the same proportions with `seats` people; the last lines give way first."""
    total = sum(people.values())
    if total <= seats:
        return {category: number for category, number in people.items() if number}
    shares = {category: number * seats // total for category, number in people.items()}
    rest = seats - sum(shares.values())
    for category in list(shares)[:rest]:
        shares[category] += 1
    return {category: number for category, number in shares.items() if number}


def _part(
    terms: SignUpTerms,
    people: Mapping[Category, int],
    own: Category | None,
    at_most: int | None,
) -> dict[Category, int]:
    """Return who of a group can come now beside the one who brings it (`own`, if counted)."""
    taken_by = dict(terms.taken_by)
    if own is not None:
        if terms.full_category({own: 1}) is not None:
            return {}
        taken_by[own] = taken_by.get(own, 0) + 1
    possible = {
        category: min(number, max(0, terms.limits[category] - taken_by.get(category, 0)))
        if category in terms.limits
        else number
        for category, number in people.items()
    }
    bounds = [seats for seats in (terms.free, at_most) if seats is not None]
    seats = min(bounds) - int(own is not None) if bounds else sum(possible.values())
    return shrunk(possible, seats) if seats > 0 else {}


async def _look(
    session: AsyncSession, core: Core, account: Account, meeting_token: str
) -> tuple[Bringing, SignUpTerms]:
    booker = await get_booker(session, core, account)
    rules.check_brings(booker.usual)
    meeting = await session.scalar(select(Meeting).where(Meeting.token == meeting_token))
    if meeting is None:
        raise NotFound("meeting-not-found")
    terms = await get_sign_up_terms(session, meeting)
    rules.check_open(terms, core.clock.now())
    counted = await is_counted(session, meeting.id, booker.person_id)
    bringing = Bringing(
        title=meeting.title,
        organisation=booker.organisation,
        usual=booker.usual,
        may_count=not counted,
        admits=terms.admits,
    )
    return bringing, terms
