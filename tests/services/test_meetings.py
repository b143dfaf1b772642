"""Making, publishing, changing and cancelling meetings, and who may."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import rules
from bot.clock import MovableClock
from bot.errors import Forbidden, InvalidInput, Refused
from bot.models import AuditEntry, DueMessage, Meeting, StaffRole
from bot.services import attendance, meeting_lists, meetings, own_words, registrations
from bot.services.core import Account, Core
from bot.services.crowding import find_crowding
from bot.services.door_list import list_lines
from bot.services.meeting_draft import MeetingDraft
from bot.services.meeting_lists import Tab
from bot.services.results import get_results
from bot.services.room_codes import show_code
from bot.vocabulary import Audience, Category, MeetingStatus, MessageKind, MessageStatus, Mode, Role
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

STRANGER, CURATOR, ORGANISER, COLLEAGUE, ELSEWHERE, PUPIL = (
    Account(each) for each in (10, 11, 12, 13, 14, 15)
)


@pytest.fixture
async def towns(core: Core) -> dict[str, int]:
    """The region with a curator and two organisers in Ачинск, and a curator in Канск."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])
    await give_role(core, COLLEAGUE.id, Role.ORGANISER, towns["achinsk"])
    await give_role(core, ELSEWHERE.id, Role.CURATOR, towns["kansk"])
    await make_person(core, PUPIL.id, municipality_id=towns["achinsk"])
    return towns


def a_draft(core: Core, municipality_id: int, **fields: Any) -> MeetingDraft:
    starts_at = core.clock.now() + timedelta(days=7)
    draft = MeetingDraft(
        municipality_id=municipality_id,
        title="Инженеры будущего",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        audience=Audience.STUDENTS,
        mode=Mode.IN_PERSON,
        place="Центральная библиотека",
        seats=40,
    )
    return replace(draft, **fields)


async def stored(core: Core, meeting_id: int) -> Meeting:
    async with core.db.read() as session:
        return await session.get_one(Meeting, meeting_id)


async def planned(core: Core, kind: MessageKind) -> list[tuple[int, str, MessageStatus, datetime]]:
    async with core.db.read() as session:
        rows = await session.scalars(
            select(DueMessage).where(DueMessage.kind == kind).order_by(DueMessage.account_id)
        )
        return [(row.account_id, row.subject, row.status, row.due_at) for row in rows]


async def audited(core: Core) -> list[str]:
    async with core.db.read() as session:
        return list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


async def test_a_meeting_is_made_and_published(core: Core, towns: dict[str, int]) -> None:
    draft = a_draft(
        core,
        towns["achinsk"],
        title="  Инженеры\u202e\x00 будущего ",
        admits=frozenset({Category.GRADE_9, Category.PARENT}),
    )
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    overview = await meeting_lists.get_overview(core, ORGANISER, meeting_id)
    assert overview.plan == replace(draft, title="Инженеры будущего")
    assert overview.status is MeetingStatus.PUBLISHED
    assert len(overview.token) == 16
    asked_at = draft.ends_at + rules.HELD_QUESTION_AFTER
    assert await planned(core, MessageKind.HELD_QUESTION) == [
        (ORGANISER.id, f"meeting:{meeting_id}", MessageStatus.PLANNED, asked_at)
    ]
    assert await audited(core) == ["meeting.create", "meeting.publish"]


async def test_the_same_call_again_finds_its_own_meeting(core: Core, towns: dict[str, int]) -> None:
    draft = a_draft(core, towns["achinsk"])
    first = await meetings.create_meeting(core, ORGANISER, draft, publish=True, token="t1")
    again = await meetings.create_meeting(core, ORGANISER, draft, publish=True, token="t1")
    assert again == first
    assert len(await audited(core)) == 2


async def test_a_draft_is_published_later_but_not_too_late(
    core: Core, towns: dict[str, int], clock: MovableClock
) -> None:
    draft = a_draft(core, towns["achinsk"])
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=False)
    late_id = await meetings.create_meeting(core, ORGANISER, draft, publish=False)
    assert await planned(core, MessageKind.HELD_QUESTION) == []
    await meetings.publish_meeting(core, CURATOR, meeting_id)
    await meetings.publish_meeting(core, CURATOR, meeting_id)
    assert (await stored(core, meeting_id)).status is MeetingStatus.PUBLISHED
    clock.move_to(draft.starts_at)
    with pytest.raises(Refused, match="refused-publish"):
        await meetings.publish_meeting(core, ORGANISER, late_id)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"title": " \u200b "}, "input-empty"),
        ({"title": "x" * 121}, "input-too-long"),
        ({"place": ""}, "input-empty"),
        ({"mode": Mode.BY_CORRESPONDENCE, "place": ""}, "input-empty"),
        ({"mode": Mode.ONLINE, "link": ""}, "input-link"),
        ({"mode": Mode.ONLINE, "link": "javascript:alert(1)"}, "input-link"),
        ({"seats": 0}, "input-seats"),
        ({"seats": 10_001}, "input-seats"),
        ({"description": "x" * 2001}, "input-too-long"),
    ],
)
async def test_a_field_that_cannot_be_used(
    core: Core, towns: dict[str, int], fields: dict[str, Any], key: str
) -> None:
    draft = a_draft(core, towns["achinsk"], **fields)
    with pytest.raises(InvalidInput, match=key):
        await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    assert await audited(core) == []


@pytest.mark.parametrize(
    ("start", "length", "key"),
    [
        (timedelta(0), timedelta(hours=1), "input-past"),
        (timedelta(hours=1), timedelta(minutes=14), "input-length"),
        (timedelta(hours=1), timedelta(hours=12, minutes=1), "input-length"),
    ],
)
async def test_a_time_that_cannot_be_used(
    core: Core, towns: dict[str, int], start: timedelta, length: timedelta, key: str
) -> None:
    starts_at = core.clock.now() + start
    draft = a_draft(core, towns["achinsk"], starts_at=starts_at, ends_at=starts_at + length)
    with pytest.raises(InvalidInput, match=key):
        await meetings.create_meeting(core, ORGANISER, draft, publish=True)


async def test_online_keeps_a_link_and_no_place(core: Core, towns: dict[str, int]) -> None:
    draft = a_draft(core, towns["achinsk"], mode=Mode.ONLINE, link="telemost.yandex.ru/j/1")
    meeting = await stored(
        core, await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    )
    assert (meeting.place, meeting.link) == ("", "https://telemost.yandex.ru/j/1")


async def test_an_edit_moves_what_is_planned(
    core: Core, towns: dict[str, int], clock: MovableClock
) -> None:
    draft = a_draft(core, towns["achinsk"])
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    token = (await stored(core, meeting_id)).token
    signed = await registrations.sign_up(core, PUPIL, token, [Category.GRADE_9])
    later = {
        "starts_at": draft.starts_at + timedelta(days=1),
        "ends_at": draft.ends_at + timedelta(days=1),
    }
    await meetings.edit_meeting(core, ORGANISER, meeting_id, later)
    ends_at = later["ends_at"]
    held = await planned(core, MessageKind.HELD_QUESTION)
    asked = await planned(core, MessageKind.FEEDBACK_QUESTION)
    assert [row[3] for row in held] == [ends_at + rules.HELD_QUESTION_AFTER]
    assert asked == [
        (
            PUPIL.id,
            f"registration:{signed.registration_id}",
            MessageStatus.PLANNED,
            ends_at + rules.FEEDBACK_AFTER,
        )
    ]
    with pytest.raises(InvalidInput, match="input-past"):
        await meetings.edit_meeting(
            core,
            ORGANISER,
            meeting_id,
            {"starts_at": clock.now(), "ends_at": clock.now() + timedelta(hours=1)},
        )


async def test_seats_do_not_go_below_those_taken(core: Core, towns: dict[str, int]) -> None:
    meeting_id = await make_meeting(core, towns["achinsk"])
    for _ in range(3):
        await sign_up_someone(core, meeting_id, None, Category.GRADE_9)
    with pytest.raises(Refused, match="refused-seats-taken") as refusal:
        await meetings.edit_meeting(core, CURATOR, meeting_id, {"seats": 2})
    assert refusal.value.facts == {"taken": 3, "seats": 2}
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"seats": 3})
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"seats": None})
    assert (await stored(core, meeting_id)).seats is None


async def test_admissions_are_replaced(core: Core, towns: dict[str, int]) -> None:
    meeting_id = await make_meeting(
        core, towns["achinsk"], admits=[Category.GRADE_9, Category.PARENT]
    )
    for admits in ({Category.PARENT, Category.HEAD}, set(Category), {Category.OTHER}):
        await meetings.edit_meeting(core, CURATOR, meeting_id, {"admits": frozenset(admits)})
        plan = (await meeting_lists.get_overview(core, CURATOR, meeting_id)).plan
        assert plan.admits == (frozenset() if admits == set(Category) else admits)


async def test_only_photos_can_be_added_after_a_meeting_was_held(
    core: Core, towns: dict[str, int], clock: MovableClock
) -> None:
    meeting_id = await make_meeting(core, towns["achinsk"])
    with pytest.raises(Refused, match="refused-photos"):
        await meetings.set_photo_link(core, CURATOR, meeting_id, "disk.yandex.ru/d/1")
    clock.advance(timedelta(days=8))
    await attendance.close_list(core, CURATOR, meeting_id)
    with pytest.raises(Refused, match="refused-edit"):
        await meetings.edit_meeting(core, CURATOR, meeting_id, {"title": "Другое"})
    await meetings.set_photo_link(core, CURATOR, meeting_id, "disk.yandex.ru/d/1")
    assert (await stored(core, meeting_id)).photo_link == "https://disk.yandex.ru/d/1"
    with pytest.raises(Refused, match="refused-cancel"):
        await meetings.cancel_meeting(core, CURATOR, meeting_id, "передумали")


async def test_everybody_signed_up_is_told_of_a_cancellation(
    core: Core, towns: dict[str, int]
) -> None:
    draft = a_draft(core, towns["achinsk"])
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    token = (await stored(core, meeting_id)).token
    await registrations.sign_up(core, PUPIL, token)
    await make_person(core, 16, name="Пётр")
    gone = await registrations.sign_up(core, Account(16), token)
    await registrations.cancel(core, Account(16), gone.registration_id)
    with pytest.raises(InvalidInput):
        await meetings.cancel_meeting(core, ORGANISER, meeting_id, " ")
    await meetings.cancel_meeting(core, ORGANISER, meeting_id, "Заболел ведущий")
    await meetings.cancel_meeting(core, ORGANISER, meeting_id, "ещё раз")
    told = await planned(core, MessageKind.MEETING_CANCELLED)
    assert [row[:2] for row in told] == [(PUPIL.id, f"meeting:{meeting_id}")]
    assert (await stored(core, meeting_id)).cancel_reason == "Заболел ведущий"
    for kind in (MessageKind.HELD_QUESTION, MessageKind.FEEDBACK_QUESTION):
        assert {row[2] for row in await planned(core, kind)} == {MessageStatus.DROPPED}


async def test_a_draft_that_is_thrown_away_stands_nowhere(
    core: Core, towns: dict[str, int]
) -> None:
    draft = a_draft(core, towns["achinsk"])
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=False)
    await meetings.cancel_meeting(core, ORGANISER, meeting_id, "")
    for tab in Tab:
        assert (await meeting_lists.list_meetings(core, ORGANISER, tab, 0, 8)).total == 0


async def test_lists(core: Core, towns: dict[str, int], clock: MovableClock) -> None:
    async with core.db.read() as session:
        me = await session.scalar(
            select(StaffRole.person_id)
            .where(StaffRole.municipality_id == towns["achinsk"])
            .order_by(StaffRole.id)
            .offset(1)
        )
    day = timedelta(days=1)
    now = clock.now()
    mine = await make_meeting(core, towns["achinsk"], created_by_id=me, starts_at=now + 2 * day)
    near = await make_meeting(core, towns["achinsk"], starts_at=now + day)
    draft = await make_meeting(core, towns["achinsk"], status=MeetingStatus.DRAFT)
    past = await make_meeting(core, towns["achinsk"], starts_at=now - 2 * day)
    held = await make_meeting(
        core, towns["achinsk"], starts_at=now - day, status=MeetingStatus.HELD
    )
    cancelled = await make_meeting(
        core, towns["achinsk"], starts_at=now + day, status=MeetingStatus.CANCELLED
    )
    missed = await make_meeting(
        core, towns["achinsk"], starts_at=now - 3 * day, status=MeetingStatus.CANCELLED
    )
    await make_meeting(core, towns["kansk"])

    async def ids(account: Account, tab: Tab, page: int = 0, per_page: int = 8) -> list[int]:
        rows = await meeting_lists.list_meetings(core, account, tab, page, per_page)
        return [row.id for row in rows.rows]

    assert await ids(CURATOR, Tab.UPCOMING) == [near, mine, cancelled]
    assert await ids(CURATOR, Tab.PAST) == [held, past, missed]
    assert await ids(CURATOR, Tab.PAST, 1, 2) == [missed]
    assert await ids(CURATOR, Tab.OPEN) == [past]
    assert await ids(CURATOR, Tab.DRAFTS) == [draft]
    assert await ids(ORGANISER, Tab.UPCOMING) == [mine]
    assert await ids(COLLEAGUE, Tab.UPCOMING) == []
    with pytest.raises(Forbidden):
        await ids(PUPIL, Tab.UPCOMING)
    assert [ground.name for ground in await meeting_lists.list_grounds(core, ELSEWHERE)] == [
        "Канск"
    ]
    with pytest.raises(Forbidden):
        await meeting_lists.list_grounds(core, STRANGER)


Use = Callable[[Core, Account, int, int, int], Awaitable[object]]
USES: dict[str, Use] = {
    "publish": lambda core, who, meeting, _line, _walk: meetings.publish_meeting(
        core, who, meeting
    ),
    "edit": lambda core, who, meeting, _line, _walk: meetings.edit_meeting(
        core, who, meeting, {"title": "Чужое"}
    ),
    "photos": lambda core, who, meeting, _line, _walk: meetings.set_photo_link(
        core, who, meeting, "https://a.ru"
    ),
    "cancel": lambda core, who, meeting, _line, _walk: meetings.cancel_meeting(
        core, who, meeting, "нет"
    ),
    "overview": lambda core, who, meeting, _line, _walk: meeting_lists.get_overview(
        core, who, meeting
    ),
    "lines": lambda core, who, meeting, _line, _walk: list_lines(core, who, meeting, 0, 8),
    "results": lambda core, who, meeting, _line, _walk: get_results(core, who, meeting, 0, 8),
    "mark": lambda core, who, _meeting, line, _walk: attendance.mark(core, who, line, came=True),
    "confirm": lambda core, who, meeting, _line, _walk: own_words.confirm_words(core, who, meeting),
    "unconfirm": lambda core, who, meeting, line, _walk: own_words.undo_confirm(
        core, who, meeting, [line]
    ),
    "clear": lambda core, who, _meeting, line, _walk: attendance.clear_came(core, who, line),
    "code": lambda core, who, meeting, _line, _walk: show_code(core, who, meeting),
    "crowding": lambda core, who, meeting, _line, _walk: find_crowding(core, who, meeting),
    "walk-in": lambda core, who, meeting, _line, _walk: attendance.add_walk_in(
        core, who, meeting, Category.PARENT
    ),
    "undo": lambda core, who, meeting, _line, walk: attendance.undo_walk_in(
        core, who, meeting, walk
    ),
    "close": lambda core, who, meeting, _line, _walk: attendance.close_list(core, who, meeting),
}


@pytest.mark.parametrize("use", USES)
async def test_nobody_without_the_right_does_anything(
    core: Core, towns: dict[str, int], clock: MovableClock, use: str
) -> None:
    draft = a_draft(core, towns["achinsk"])
    meeting_id = await meetings.create_meeting(core, ORGANISER, draft, publish=True)
    await sign_up_someone(core, meeting_id, None, Category.GRADE_9)
    revoked = Account(20)
    role_id = await give_role(core, revoked.id, Role.CURATOR, towns["achinsk"])
    async with core.db.write() as session:
        (await session.get_one(StaffRole, role_id)).revoked_at = clock.now()
    clock.move_to(draft.starts_at + timedelta(minutes=10))
    line = (await list_lines(core, CURATOR, meeting_id, 0, 8)).lines[0].line_id
    walk_in = await attendance.add_walk_in(core, ORGANISER, meeting_id, Category.HEAD)
    before = await meeting_lists.get_overview(core, CURATOR, meeting_id)
    log = await audited(core)
    for who in (STRANGER, PUPIL, COLLEAGUE, ELSEWHERE, revoked, Account(1)):
        with pytest.raises(Forbidden):
            await USES[use](core, who, meeting_id, line, walk_in)
        with pytest.raises(Forbidden):
            await USES[use](core, who, meeting_id + 99, line + 99, walk_in)
    assert await meeting_lists.get_overview(core, CURATOR, meeting_id) == before
    assert await audited(core) == log


async def test_nobody_creates_where_they_have_no_role(core: Core, towns: dict[str, int]) -> None:
    for who in (STRANGER, PUPIL, ELSEWHERE, Account(1)):
        with pytest.raises(Forbidden):
            await meetings.create_meeting(core, who, a_draft(core, towns["achinsk"]), publish=True)
    assert await audited(core) == []
