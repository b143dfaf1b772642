"""Who stands at the other end: the one read that every update starts with."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.models import Municipality, Region
from bot.rules import Grant, grade_is_stale
from bot.services.access import actor_of, find_person
from bot.services.core import Account, Core


@dataclass(frozen=True, slots=True)
class Visitor:
    """An account as screens need it.

    Attributes:
        account: the account itself.
        person_id: None before consent.
        locale: the language chosen, None before consent.
        timezone: of the person's municipality, else of the region.
        profile_done: whether the sign-up questions are all answered.
        grade_is_stale: a pupil whose grade must be asked again.
        grants: the roles in force.
    """

    account: Account
    person_id: int | None
    locale: str | None
    timezone: str | None
    municipality_id: int | None
    profile_done: bool
    grade_is_stale: bool
    grants: tuple[Grant, ...]
    blocked: bool


async def recognise(core: Core, account: Account) -> Visitor:
    """Return what is known about an account; nothing is stored about a stranger."""
    async with core.db.read() as session:
        person = await find_person(session, account)
        actor = await actor_of(session, core, account, person)
        timezone = None
        if person is not None and person.municipality_id is not None:
            timezone = await session.scalar(
                select(Municipality.timezone).where(Municipality.id == person.municipality_id)
            )
        if timezone is None:
            timezone = await session.scalar(select(Region.timezone).limit(1))
    today = core.today()
    return Visitor(
        account=account,
        person_id=person.id if person else None,
        locale=person.locale if person else None,
        timezone=timezone,
        municipality_id=person.municipality_id if person else None,
        profile_done=person is not None and person.profile_done_at is not None,
        grade_is_stale=person is not None
        and person.grade is not None
        and grade_is_stale(person.grade_asked_on, today),
        grants=actor.grants,
        blocked=person is not None and person.blocked_at is not None,
    )
