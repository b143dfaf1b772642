"""300 people, 30 seats, everybody taps twice at once; and what happens without the guard."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Refused
from bot.models import Person, Registration, RegistrationLine
from bot.rules import CONSENT_VERSION, SignUpTerms
from bot.services import groups, registrations
from bot.services.booking import LockedMeeting, SignedUp
from bot.services.core import Account, Core
from bot.services.registrations import sign_up
from bot.vocabulary import Category, Messenger, RegistrationStatus
from tests.services.factory import make_meeting, make_region
from tests.services.unguarded import unguarded

PEOPLE, SEATS = 300, 30
TOKEN = "Poster_1-2026"
NETWORK = 0.003

Outcome = SignedUp | BaseException


@pytest.fixture
async def crowd(core: Core) -> list[Account]:
    """300 people who want into the only meeting."""
    await make_meeting(core, (await make_region(core))["achinsk"], token=TOKEN, seats=SEATS)
    now = core.clock.now()
    async with core.db.write() as session:
        session.add_all(
            Person(
                messenger=Messenger.TELEGRAM,
                account_id=account_id,
                locale="ru",
                name="Мария",
                category=Category.PARENT,
                profile_done_at=now,
                consent_version=CONSENT_VERSION,
                consented_at=now,
                created_at=now,
            )
            for account_id in range(1000, 1000 + PEOPLE)
        )
    return [Account(account_id) for account_id in range(1000, 1000 + PEOPLE)]


@pytest.fixture(autouse=True)
def _slow_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between counting the seats and taking one passes the time that a network takes."""

    at_once = registrations.get_sign_up_terms

    async def get_sign_up_terms(session: AsyncSession, meeting: LockedMeeting) -> SignUpTerms:
        terms = await at_once(session, meeting)
        await asyncio.sleep(NETWORK)
        return terms

    for user in (registrations, groups):
        monkeypatch.setattr(user, "get_sign_up_terms", get_sign_up_terms)


async def rush(
    core: Core, crowd: list[Account], *, taps_each: int
) -> list[tuple[Account, Outcome]]:
    """Everybody taps «Записаться», all at once."""
    taps = [account for account in crowd for _ in range(taps_each)]
    outcomes = await asyncio.gather(
        *(sign_up(core, account, TOKEN) for account in taps), return_exceptions=True
    )
    return list(zip(taps, outcomes, strict=True))


async def people_in(core: Core) -> int:
    async with core.db.read() as session:
        return (
            await session.scalar(
                select(func.sum(RegistrationLine.seats))
                .join(Registration)
                .where(Registration.status == RegistrationStatus.ACTIVE)
            )
            or 0
        )


async def test_exactly_as_many_are_in_as_there_are_seats(core: Core, crowd: list[Account]) -> None:
    results = await rush(core, crowd, taps_each=2)

    signed = [(account, out) for account, out in results if isinstance(out, SignedUp)]
    new = {account for account, out in signed if not out.already}
    again = {account for account, out in signed if out.already}
    refused = Counter(account for account, out in results if isinstance(out, Refused))
    assert len(new) == SEATS
    assert again == new  # the second tap of somebody who is in says so, and never «full»
    assert refused == dict.fromkeys(set(crowd) - new, 2)
    assert {out.key for _, out in results if isinstance(out, Refused)} == {"refused-full"}
    assert len({out.code for _, out in signed}) == SEATS
    assert await people_in(core) == SEATS


async def test_control_without_the_guard_it_oversells(
    core: Core, crowd: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the test above would prove nothing."""
    async with unguarded(core, monkeypatch) as careless:
        await rush(careless, crowd[: 3 * SEATS], taps_each=1)
    assert await people_in(core) > SEATS
