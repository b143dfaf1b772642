"""Limits of a category and times of signing up: checked, carried over, and what follows of them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.errors import Forbidden, InvalidInput
from bot.models import Meeting, Registration, SeatLimit
from bot.services import meetings, series
from bot.services.catalogue import get_card
from bot.services.core import Account, Core
from bot.services.meeting_draft import MeetingDraft
from bot.services.registrations import cancel, sign_up
from bot.vocabulary import Audience, Category, Mode, RegistrationStatus, Role
from tests.services.factory import give_role, make_person, make_region

CURATOR, ELSEWHERE, PUPIL = Account(11), Account(12), Account(13)
PARENT, NINTH = Category.PARENT, Category.GRADE_9
ACTIVE, WAITING, OFFERED = (
    RegistrationStatus.ACTIVE,
    RegistrationStatus.WAITING,
    RegistrationStatus.OFFERED,
)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
async def draft(core: Core) -> MeetingDraft:
    """A meeting in Ачинск in a week, with a curator there and one in Канск."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, ELSEWHERE.id, Role.CURATOR, towns["kansk"])
    await make_person(core, PUPIL.id)
    starts_at = core.clock.now() + 7 * DAY
    return MeetingDraft(
        municipality_id=towns["achinsk"],
        title="Инженеры будущего",
        starts_at=starts_at,
        ends_at=starts_at + 2 * HOUR,
        audience=Audience.STUDENTS,
        mode=Mode.IN_PERSON,
        place="Библиотека",
        seats=40,
        limits={PARENT: 2},
        sign_up_opens_at=core.clock.now() + DAY,
        sign_up_closes_at=starts_at - 2 * HOUR,
    )


async def publish(core: Core, draft: MeetingDraft, **fields: Any) -> int:
    return await meetings.create_meeting(
        core, CURATOR, replace(draft, **fields), publish=True, token="open"
    )


async def edit(core: Core, meeting_id: int, **changes: Any) -> None:
    await meetings.edit_meeting(core, CURATOR, meeting_id, changes)


async def row_of(core: Core, meeting_id: int) -> Meeting:
    async with core.db.read() as session:
        return await session.get_one(Meeting, meeting_id)


async def limits(core: Core) -> list[tuple[int, Category, int]]:
    async with core.db.read() as session:
        rows = await session.scalars(
            select(SeatLimit).order_by(SeatLimit.meeting_id, SeatLimit.category)
        )
        return [(row.meeting_id, row.category, row.seats) for row in rows]


async def statuses(core: Core) -> list[RegistrationStatus]:
    async with core.db.read() as session:
        return list(await session.scalars(select(Registration.status).order_by(Registration.id)))


async def parents(core: Core, number: int) -> list[int]:
    """Let parents sign up, or wait."""
    ids = []
    for account in range(100, 100 + number):
        await make_person(core, account, category=PARENT)
        ids.append((await sign_up(core, Account(account), "open", wait=True)).registration_id)
    return ids


async def test_they_are_stored_and_shown(core: Core, draft: MeetingDraft) -> None:
    meeting_id = await publish(core, draft, sign_up_opens_at=None)
    assert await limits(core) == [(meeting_id, PARENT, 2)]
    await parents(core, 1)
    card = await get_card(core, PUPIL, "open")
    assert card.limits == ((PARENT, 2, 1),)
    assert (card.opens_at, card.closes_at) == (None, draft.sign_up_closes_at)


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("limits", {PARENT: 0}, "input-limit"),
        ("limits", {PARENT: 41}, "input-limit"),
        ("sign_up_closes_at", 2 * HOUR + timedelta(minutes=1), "input-sign-up-end"),
        ("sign_up_opens_at", -2 * HOUR, "input-sign-up-order"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    core: Core, draft: MeetingDraft, field: str, value: Any, key: str
) -> None:
    if isinstance(value, timedelta):
        value = draft.starts_at + value
    with pytest.raises(InvalidInput, match=f"^{key}$"):
        await publish(core, draft, **{field: value})
    meeting_id = await publish(core, draft)
    with pytest.raises(InvalidInput, match=f"^{key}$"):
        await edit(core, meeting_id, **{field: value})
    assert await limits(core) == [(meeting_id, PARENT, 2)]


async def test_without_seats_any_limit_is_one_and_opening_needs_no_closing(
    core: Core, draft: MeetingDraft
) -> None:
    meeting_id = await publish(
        core, draft, seats=None, limits={PARENT: 500}, sign_up_closes_at=None
    )
    assert await limits(core) == [(meeting_id, PARENT, 500)]
    with pytest.raises(InvalidInput, match="input-sign-up-order"):
        await edit(core, meeting_id, sign_up_opens_at=draft.ends_at)


async def test_the_limit_of_who_may_not_sign_up_goes(core: Core, draft: MeetingDraft) -> None:
    meeting_id = await publish(core, draft, limits={PARENT: 2, NINTH: 10})
    await edit(core, meeting_id, admits=frozenset({NINTH}))
    assert await limits(core) == [(meeting_id, NINTH, 10)]


async def test_a_limit_below_those_who_are_in_keeps_them(core: Core, draft: MeetingDraft) -> None:
    meeting_id = await publish(core, draft, limits={}, sign_up_opens_at=None)
    await parents(core, 3)
    await edit(core, meeting_id, limits={PARENT: 1})
    assert await statuses(core) == [ACTIVE] * 3
    assert (await get_card(core, PUPIL, "open")).limits == ((PARENT, 1, 0),)


@pytest.mark.parametrize("grown", [{PARENT: 3}, {}])
async def test_who_waits_is_offered_what_a_grown_limit_gives(
    core: Core, draft: MeetingDraft, grown: dict[Category, int]
) -> None:
    meeting_id = await publish(core, draft, limits={PARENT: 2}, sign_up_opens_at=None)
    await parents(core, 4)
    assert await statuses(core) == [ACTIVE, ACTIVE, WAITING, WAITING]
    await edit(core, meeting_id, limits=grown)
    fourth = WAITING if grown else OFFERED
    assert await statuses(core) == [ACTIVE, ACTIVE, OFFERED, fourth]


async def test_who_waits_keeps_the_place_before_signing_up_opens(
    core: Core, clock: MovableClock, draft: MeetingDraft
) -> None:
    """Whoever stood in line when the time was changed is offered seats at once, not at opening."""
    meeting_id = await publish(core, draft, limits={PARENT: 1}, sign_up_opens_at=None)
    first, *_ = await parents(core, 3)
    await edit(core, meeting_id, sign_up_opens_at=clock.now() + 2 * DAY)
    await cancel(core, Account(100), first)
    assert (await statuses(core))[1:] == [OFFERED, WAITING]
    await edit(core, meeting_id, limits={PARENT: 2})
    assert (await statuses(core))[1:] == [OFFERED, OFFERED]
    clock.advance(2 * DAY)
    await make_person(core, 200, category=NINTH)
    await sign_up(core, Account(200), "open")
    assert (await statuses(core))[3] is ACTIVE


async def test_a_series_carries_them_over(core: Core, draft: MeetingDraft) -> None:
    meeting_id = await publish(core, draft)
    days = [draft.starts_at.date() + 7 * DAY, draft.starts_at.date() + 14 * DAY]
    await series.create_series(core, CURATOR, meeting_id, days, publish=True, token="weekly")
    assert draft.sign_up_opens_at is not None
    assert draft.sign_up_closes_at is not None
    for week, each in enumerate((meeting_id, meeting_id + 1, meeting_id + 2)):
        row = await row_of(core, each)
        assert row.sign_up_opens_at == draft.sign_up_opens_at + 7 * week * DAY
        assert row.sign_up_closes_at == draft.sign_up_closes_at + 7 * week * DAY
    assert [seats for _, _, seats in await limits(core)] == [2, 2, 2]

    closes_at = draft.starts_at + 7 * DAY - HOUR
    await series.edit_following(
        core, CURATOR, meeting_id + 1, {"limits": {NINTH: 5}, "sign_up_closes_at": closes_at}
    )
    for each in (meeting_id + 1, meeting_id + 2):
        row = await row_of(core, each)
        assert row.sign_up_closes_at == row.starts_at - HOUR
    assert [who for _, who, _ in await limits(core)] == [PARENT, NINTH, NINTH]


def _later(moment: datetime | None, by: timedelta) -> datetime:
    assert moment is not None
    return moment + by


async def test_a_moved_meeting_closes_as_long_before(core: Core, draft: MeetingDraft) -> None:
    meeting_id = await publish(core, draft)
    week = 7 * DAY
    await edit(core, meeting_id, starts_at=draft.starts_at + week, ends_at=draft.ends_at + week)
    row = await row_of(core, meeting_id)
    assert row.sign_up_closes_at == _later(draft.sign_up_closes_at, week)
    assert row.sign_up_opens_at == draft.sign_up_opens_at  # people may know it already
    earlier = timedelta(days=-6, hours=-6)  # before signing up would open
    await edit(
        core, meeting_id, starts_at=draft.starts_at + earlier, ends_at=draft.ends_at + earlier
    )
    row = await row_of(core, meeting_id)
    assert row.sign_up_closes_at == _later(draft.sign_up_closes_at, earlier)
    assert row.sign_up_opens_at is not None
    assert row.sign_up_opens_at < row.sign_up_closes_at


@pytest.mark.parametrize("who", [ELSEWHERE, PUPIL, Account(99)], ids=["elsewhere", "pupil", "no"])
async def test_nobody_else_changes_them(core: Core, draft: MeetingDraft, who: Account) -> None:
    meeting_id = await publish(core, draft)
    for changes in ({"limits": {}}, {"sign_up_opens_at": None}, {"sign_up_closes_at": None}):
        with pytest.raises(Forbidden):
            await meetings.edit_meeting(core, who, meeting_id, changes)
    row = await row_of(core, meeting_id)
    assert (row.sign_up_opens_at, row.sign_up_closes_at) == (
        draft.sign_up_opens_at, draft.sign_up_closes_at,
    )  # fmt: skip
    assert await limits(core) == [(meeting_id, PARENT, 2)]
