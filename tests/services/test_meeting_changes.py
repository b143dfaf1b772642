"""What may change under a meeting: its times, its maker, the municipality around it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from bot import rules
from bot.clock import MovableClock
from bot.errors import InvalidInput, Refused
from bot.models import DueMessage, Meeting, Municipality
from bot.services import attendance, consent, invitations, meetings, registrations, staff
from bot.services.core import Account, Core
from bot.services.meeting_draft import MeetingDraft
from bot.services.meeting_lists import get_overview
from bot.services.meeting_place import check_day
from bot.vocabulary import Audience, Category, MeetingStatus, MessageKind, MessageStatus, Mode, Role
from tests.services.factory import give_role, make_meeting, make_person, make_region

ADMIN, CURATOR, COORDINATOR, ORGANISER, PUPIL = (Account(each) for each in (1, 11, 12, 13, 14))
DAY = timedelta(days=1)


@pytest.fixture
async def towns(core: Core) -> dict[str, int]:
    """The region with a curator, a coordinator and an organiser in Ачинск, and a pupil."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, COORDINATOR.id, Role.COORDINATOR, towns["achinsk"])
    await give_role(core, 20, Role.CURATOR, towns["kansk"])
    await make_person(core, PUPIL.id, municipality_id=towns["achinsk"])
    return towns


@pytest.fixture
async def organiser(core: Core, towns: dict[str, int]) -> int:
    """The id of the organiser's role."""
    return await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])


async def a_draft(core: Core, towns: dict[str, int]) -> MeetingDraft:
    starts_at = core.clock.now() + 7 * DAY
    return MeetingDraft(
        municipality_id=towns["achinsk"],
        title="Инженеры будущего",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        audience=Audience.STUDENTS,
        mode=Mode.IN_PERSON,
        place="Центральная библиотека",
    )


async def published(core: Core, towns: dict[str, int]) -> Meeting:
    """A meeting of the organiser's, for which the pupil is signed up."""
    draft = await a_draft(core, towns)
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    async with core.db.read() as session:
        meeting = await session.get_one(Meeting, meeting_id)
    await registrations.sign_up(core, PUPIL, meeting.token)
    return meeting


async def owed(core: Core, kind: MessageKind) -> list[tuple[int, MessageStatus, datetime]]:
    async with core.db.read() as session:
        rows = await session.scalars(
            select(DueMessage).where(DueMessage.kind == kind).order_by(DueMessage.account_id)
        )
        return [(row.account_id, row.status, row.due_at) for row in rows]


def later(meeting: Meeting, by: timedelta) -> dict[str, datetime]:
    return {"starts_at": meeting.starts_at + by, "ends_at": meeting.ends_at + by}


async def test_a_meeting_that_is_over_keeps_its_times_and_its_questions(
    core: Core, towns: dict[str, int], organiser: int, clock: MovableClock
) -> None:
    meeting = await published(core, towns)
    before = [await owed(core, kind) for kind in MessageKind]
    clock.move_to(meeting.ends_at)
    for changes in (later(meeting, 9 * DAY), {"ends_at": clock.now() + timedelta(hours=1)}):
        with pytest.raises(Refused, match="refused-move"):
            await meetings.edit_meeting(core, ORGANISER, meeting.id, changes)
    await meetings.edit_meeting(core, ORGANISER, meeting.id, {"title": "Кто строит мосты"})
    overview = await get_overview(core, ORGANISER, meeting.id)
    assert (overview.plan.title, overview.plan.starts_at) == ("Кто строит мосты", meeting.starts_at)
    assert rules.MeetingAction.EDIT in overview.may
    assert rules.MeetingAction.MOVE not in overview.may
    assert [await owed(core, kind) for kind in MessageKind] == before


async def test_a_meeting_at_which_somebody_is_marked_keeps_its_times(
    core: Core, towns: dict[str, int], organiser: int, clock: MovableClock
) -> None:
    meeting = await published(core, towns)
    clock.move_to(meeting.starts_at - timedelta(hours=1))
    walk_in = await attendance.add_walk_in(core, ORGANISER, meeting.id, Category.PARENT)
    with pytest.raises(Refused, match="refused-move"):
        await meetings.edit_meeting(core, ORGANISER, meeting.id, later(meeting, DAY))
    await attendance.undo_walk_in(core, ORGANISER, meeting.id, walk_in)
    await meetings.edit_meeting(core, ORGANISER, meeting.id, later(meeting, DAY))
    assert (await get_overview(core, ORGANISER, meeting.id)).plan.starts_at == (
        meeting.starts_at + DAY
    )


async def test_moving_a_meeting_reads_its_people_at_once(
    core: Core, towns: dict[str, int], organiser: int
) -> None:
    meeting = await published(core, towns)
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if "FROM people" in statement:
            asked.append(statement)

    event.listen(core.db._writing_engine.sync_engine, "before_cursor_execute", note)
    await meetings.edit_meeting(core, ORGANISER, meeting.id, later(meeting, DAY))
    alone = len(asked)
    for account in range(30, 40):
        await make_person(core, account)
        await registrations.sign_up(core, Account(account), meeting.token)
    asked.clear()
    await meetings.edit_meeting(core, ORGANISER, meeting.id, later(meeting, 2 * DAY))
    assert len(asked) == alone


async def test_a_draft_whose_time_has_passed_gets_a_new_one(
    core: Core, towns: dict[str, int], organiser: int, clock: MovableClock
) -> None:
    draft = await a_draft(core, towns)
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=False)
    clock.move_to(draft.ends_at + DAY)
    changes = {"starts_at": draft.starts_at + 9 * DAY, "ends_at": draft.ends_at + 9 * DAY}
    await meetings.edit_meeting(core, ORGANISER, meeting_id, changes)
    await meetings.publish_meeting(core, ORGANISER, meeting_id)


async def test_every_question_moves_along_those_that_wait_to_be_revived_too(
    core: Core, towns: dict[str, int], organiser: int
) -> None:
    meeting = await published(core, towns)
    for account in (30, 31):
        await make_person(core, account)
        await registrations.sign_up(core, Account(account), meeting.token)
    async with core.db.write() as session:
        dropped = await session.scalar(select(DueMessage).where(DueMessage.account_id == 31))
        assert dropped is not None
        dropped.status = MessageStatus.DROPPED
    await meetings.edit_meeting(core, ORGANISER, meeting.id, later(meeting, DAY))
    asked_at = meeting.ends_at + DAY + rules.FEEDBACK_AFTER
    assert [row[2] for row in await owed(core, MessageKind.FEEDBACK_QUESTION)] == [asked_at] * 3
    [held] = await owed(core, MessageKind.HELD_QUESTION)
    assert held[2] == meeting.ends_at + DAY + rules.HELD_QUESTION_AFTER


async def test_when_the_makers_role_is_taken_the_municipality_is_asked(
    core: Core, towns: dict[str, int], organiser: int, clock: MovableClock
) -> None:
    meeting = await published(core, towns)
    await make_meeting(core, towns["achinsk"], status=MeetingStatus.HELD)
    asked_at = meeting.ends_at + rules.HELD_QUESTION_AFTER
    planned = MessageStatus.PLANNED
    assert await owed(core, MessageKind.HELD_QUESTION) == [(ORGANISER.id, planned, asked_at)]
    await staff.revoke(core, ADMIN, organiser)
    questions = await owed(core, MessageKind.HELD_QUESTION)
    assert [row for row in questions if row[0] != ORGANISER.id] == [
        (CURATOR.id, planned, asked_at),
        (COORDINATOR.id, planned, asked_at),
    ]
    clock.move_to(meeting.ends_at)
    await attendance.close_list(core, COORDINATOR, meeting.id)
    assert {row[1] for row in await owed(core, MessageKind.HELD_QUESTION)} == {
        MessageStatus.DROPPED
    }


async def test_when_the_maker_is_erased_the_municipality_is_asked_at_once_if_it_is_late(
    core: Core, towns: dict[str, int], organiser: int, clock: MovableClock
) -> None:
    meeting = await published(core, towns)
    clock.move_to(meeting.ends_at + DAY)
    await consent.withdraw_consent(core, ORGANISER)
    assert await owed(core, MessageKind.HELD_QUESTION) == [
        (CURATOR.id, MessageStatus.PLANNED, clock.now()),
        (COORDINATOR.id, MessageStatus.PLANNED, clock.now()),
    ]


async def test_who_is_appointed_later_is_asked_about_what_nobody_runs(core: Core) -> None:
    towns = await make_region(core)
    role = await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])
    await make_person(core, PUPIL.id)
    await published(core, towns)
    await staff.revoke(core, ADMIN, role)
    await make_person(core, CURATOR.id)
    token = await invitations.invite(core, ADMIN, Role.CURATOR, towns["achinsk"])
    await invitations.accept_invitation(core, CURATOR, token)
    asked = [row[0] for row in await owed(core, MessageKind.HELD_QUESTION)]
    assert asked == [CURATOR.id, ORGANISER.id]


async def test_a_draft_of_somebody_who_left_is_published_by_the_curator(
    core: Core, towns: dict[str, int], organiser: int
) -> None:
    draft = await a_draft(core, towns)
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=False)
    await staff.revoke(core, ADMIN, organiser)
    assert await owed(core, MessageKind.HELD_QUESTION) == []
    await meetings.publish_meeting(core, CURATOR, meeting_id)
    asked = [row[0] for row in await owed(core, MessageKind.HELD_QUESTION)]
    assert asked == [CURATOR.id, COORDINATOR.id]


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "merged", "key"),
    [
        (None, date(2026, 3, 9), True, "input-place-merged"),
        (None, date(2026, 3, 9), False, "input-place-gone"),
        (date(2026, 3, 10), None, False, "input-place-not-yet"),
    ],
)
async def test_a_meeting_needs_a_municipality_on_its_day(
    core: Core,
    towns: dict[str, int],
    organiser: int,
    valid_from: date | None,
    valid_until: date | None,
    merged: bool,
    key: str,
) -> None:
    draft = await a_draft(core, towns)  # on Monday, 9 March
    stored = await meetings.create_meeting(core, ORGANISER, draft, publish=False)
    good_day = 2 * DAY if valid_from else -2 * DAY
    other = replace(draft, starts_at=draft.starts_at + good_day, ends_at=draft.ends_at + good_day)
    async with core.db.write() as session:
        place = await session.get_one(Municipality, towns["achinsk"])
        place.valid_from, place.valid_until = valid_from, valid_until
        place.merged_into_id = towns["achinsky"] if merged else None
    with pytest.raises(InvalidInput, match=key) as refusal:
        await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    successor = {"successor": "Ачинский район"} if merged else {}
    assert refusal.value.facts == {"name": "Ачинск"} | successor
    with pytest.raises(InvalidInput, match=key):
        await meetings.publish_meeting(core, ORGANISER, stored)
    fine = await meetings.create_meeting(core, ORGANISER, other, publish=True)
    times = {"starts_at": draft.starts_at, "ends_at": draft.ends_at}
    with pytest.raises(InvalidInput, match=key):
        await meetings.edit_meeting(core, ORGANISER, fine, times)
    with pytest.raises(InvalidInput, match=key):
        await check_day(core, towns["achinsk"], draft.starts_at.date())


async def test_the_day_is_the_municipalitys_own(
    core: Core, towns: dict[str, int], organiser: int
) -> None:
    async with core.db.write() as session:
        place = await session.get_one(Municipality, towns["achinsk"])
        place.valid_until = date(2026, 3, 10)
    late = datetime(2026, 3, 9, 16, 59, tzinfo=UTC)  # 23:59 in Krasnoyarsk, the last minute
    draft = replace(
        await a_draft(core, towns), starts_at=late, ends_at=late + timedelta(minutes=30)
    )
    await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    minute = timedelta(minutes=1)
    after = replace(draft, starts_at=late + minute, ends_at=draft.ends_at + minute)
    with pytest.raises(InvalidInput, match="input-place-gone"):
        await meetings.create_meeting(core, ORGANISER, after, publish=True)
