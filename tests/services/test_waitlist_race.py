"""300 people, groups among them, sign up, cancel and take offers while the capacity changes.

Whatever they do at once: never more people than seats, nobody lost, and the order is kept.
"""

import asyncio
import random
from collections.abc import Awaitable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import MovableClock
from bot.errors import Refused
from bot.models import DueMessage, Meeting, Person, Registration, RegistrationLine
from bot.rules import CONSENT_VERSION, SignUpTerms, next_in_line
from bot.services import groups, meetings, registrations, seats, waitlist
from bot.services.booking import LockedMeeting
from bot.services.core import Account, Core
from bot.services.groups import Group, resize_group, sign_up_group
from bot.services.registrations import cancel, sign_up
from bot.vocabulary import (
    TAKING_SEATS,
    Category,
    MessageKind,
    Messenger,
    RegistrationStatus,
    Role,
)
from tests.services.factory import give_role, make_meeting, make_region
from tests.services.unguarded import unguarded

PEOPLE, SEATS = 300, 60
TOKEN = "Poster_1-2026"
CURATOR = Account(900)
FIRST = 1000


@pytest.fixture
async def meeting_id(core: Core) -> int:
    achinsk = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    now = core.clock.now()
    async with core.db.write() as session:
        session.add_all(
            Person(
                messenger=Messenger.TELEGRAM,
                account_id=FIRST + number,
                locale="ru",
                name="Мария",
                category=Category.PARENT,
                profile_done_at=now,
                consent_version=CONSENT_VERSION,
                consented_at=now,
                created_at=now,
            )
            for number in range(PEOPLE)
        )
    return await make_meeting(core, achinsk, token=TOKEN, seats=SEATS)


class Crowd:
    """Everybody does what the dice say, all at once; each seventh brings a group."""

    def __init__(self, core: Core, meeting_id: int) -> None:
        self.core, self.meeting_id = core, meeting_id
        self.dice = random.Random(7)  # noqa: S311 (a story, no secret)

    async def come(self, *, return_exceptions: bool = False) -> None:
        await asyncio.gather(
            *(self._come(number) for number in range(PEOPLE)), return_exceptions=return_exceptions
        )

    async def change_their_minds(self) -> None:
        """Some cancel, take what is offered, decline it, or come with fewer."""
        async with self.core.db.read() as session:
            rows = await session.execute(
                select(Registration, Person.account_id)
                .join(Registration.person)
                .where(Registration.status != RegistrationStatus.CANCELLED)
            )
            everybody = [(row[0], Account(row[1])) for row in rows]
        deeds: list[Awaitable[object]] = [
            self._do(registration, account) for registration, account in everybody
        ]
        deeds += [
            meetings.edit_meeting(self.core, CURATOR, self.meeting_id, {"seats": number})
            for number in (SEATS + 5, SEATS + 9)
        ]
        for outcome in await asyncio.gather(*deeds, return_exceptions=True):
            assert (
                outcome is None
                or not isinstance(outcome, BaseException)
                or isinstance(outcome, Refused)
            ), outcome

    async def _come(self, number: int) -> None:
        account = Account(FIRST + number)
        if number % 7:
            await sign_up(self.core, account, TOKEN, wait=True)
            return
        group = Group("Школа № 3", {Category.GRADE_9: 2 + number % 9}, with_me=bool(number % 2))
        await sign_up_group(
            self.core, account, TOKEN, group, group_token=f"group-{number}", wait=True
        )

    async def _do(self, registration: Registration, account: Account) -> None:
        if registration.status is RegistrationStatus.OFFERED:
            deed = self.dice.choice([waitlist.accept, waitlist.accept, cancel])
            await deed(self.core, account, registration.id)
        elif registration.status is RegistrationStatus.ACTIVE and self.dice.random() < 0.4:
            await cancel(self.core, account, registration.id)
        elif registration.token.startswith("group-") and self.dice.random() < 0.5:
            await resize_group(self.core, account, registration.id, {Category.GRADE_9: 2})


async def taken(core: Core) -> int:
    async with core.db.read() as session:
        return (
            await session.scalar(
                select(func.sum(RegistrationLine.seats))
                .join(Registration)
                .where(Registration.status.in_(TAKING_SEATS))
            )
            or 0
        )


async def check(core: Core, meeting_id: int) -> SignUpTerms:
    """Nobody sits on another's seat, nobody who could have one waits, each offer was told once."""
    async with core.db.read() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        terms = await seats.get_sign_up_terms(session, meeting)
        offers = await session.scalars(
            select(Registration.offers_made).where(Registration.offers_made > 0)
        )
        told = await session.scalar(
            select(func.count()).where(DueMessage.kind == MessageKind.SEAT_OFFER)
        )
        made = sum(offers)
    assert terms.seats is not None
    assert await taken(core) <= terms.seats
    assert next_in_line(terms, terms.waiting)[0] is None
    assert told == made
    return terms


async def test_never_more_people_than_seats_and_nobody_lost(
    core: Core, clock: MovableClock, meeting_id: int
) -> None:
    crowd = Crowd(core, meeting_id)
    await crowd.come()
    terms = await check(core, meeting_id)
    async with core.db.read() as session:
        registered = await session.scalar(select(func.count()).select_from(Registration))
    assert registered == PEOPLE
    assert await taken(core) > SEATS - 10  # what is left is too little for the group it is held for
    for _ in range(2):
        await crowd.change_their_minds()
        await check(core, meeting_id)
        clock.advance(timedelta(days=1))
        await asyncio.gather(waitlist.lapse_offers(core), waitlist.lapse_offers(core))
        await check(core, meeting_id)
    assert terms.waiting


async def test_the_order_is_kept(core: Core, meeting_id: int) -> None:
    """Seats that become free one by one go to those who wait longest."""
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"seats": 5})
    signed = [await sign_up(core, Account(FIRST + n), TOKEN, wait=True) for n in range(20)]
    await asyncio.gather(
        *(cancel(core, Account(FIRST + n), signed[n].registration_id) for n in range(5))
    )
    async with core.db.read() as session:
        offered = await session.scalars(
            select(Registration.waiting_number)
            .where(Registration.status == RegistrationStatus.OFFERED)
            .order_by(Registration.waiting_number)
        )
        assert list(offered) == [1, 2, 3, 4, 5]


async def test_control_without_the_lock_seats_are_given_twice(
    core: Core, meeting_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the tests above would prove nothing."""
    at_once = registrations.get_sign_up_terms

    async def slowly(session: AsyncSession, meeting: LockedMeeting) -> SignUpTerms:
        terms = await at_once(session, meeting)
        await asyncio.sleep(0.003)  # the time that a network takes
        return terms

    for user in (registrations, groups):
        monkeypatch.setattr(user, "get_sign_up_terms", slowly)
    async with unguarded(core, monkeypatch) as careless:
        await Crowd(careless, meeting_id).come(return_exceptions=True)
    assert await taken(core) > SEATS
