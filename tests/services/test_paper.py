"""Marks from paper: compared, applied in one go, and the same list again changes nothing."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import MovableClock
from bot.errors import Forbidden, Refused
from bot.models import (
    AuditEntry,
    DueMessage,
    Headcount,
    Meeting,
    Municipality,
    Registration,
    RegistrationLine,
    WalkIn,
)
from bot.rules import Said, SaidRow, SaidWalkIns
from bot.services import attendance, headcounts, paper_marks, paper_sheet
from bot.services.consent import withdraw_consent
from bot.services.core import Account, Core
from bot.services.door_list import list_lines
from bot.services.groups import Group, sign_up_group
from bot.services.paper_marks import Differences
from bot.services.registrations import cancel, sign_up
from bot.services.team_invitations import invite, new_invitation_token
from bot.services.team_joining import join
from bot.vocabulary import Category, MeetingStatus, MessageKind, RegistrationStatus, Role, TeamRole
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

TOKEN = "Poster_1-2026"
CURATOR, COLLEAGUE, TEACHER, STRANGER = Account(900), Account(901), Account(1000), Account(7)
OTHER_CURATOR, PUPIL = Account(902), Account(1001)
NINTH, TENTH, OTHER, PARENT = (
    Category.GRADE_9, Category.GRADE_10, Category.OTHER, Category.PARENT,
)  # fmt: skip
SCHOOL = "Школа № 3"


@pytest.fixture
async def meeting_id(core: Core, clock: MovableClock) -> int:
    """A meeting that begins now: Анна (A1), a class (A2, A2.2, its teacher A2.3), Яна and child."""
    places = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, places["achinsk"])
    await give_role(core, COLLEAGUE.id, Role.CURATOR, places["achinsk"])
    await give_role(core, OTHER_CURATOR.id, Role.CURATOR, places["kansk"])
    await make_person(core, TEACHER.id, name="Ольга", category=OTHER, organisation=SCHOOL)
    await make_person(core, PUPIL.id, name="Анна")
    parent = await make_person(core, 1002, name="Яна", category=PARENT)
    meeting_id = await make_meeting(core, places["achinsk"], token=TOKEN, seats=40)
    await sign_up(core, PUPIL, TOKEN)
    group = Group(SCHOOL, {NINTH: 20, TENTH: 5}, with_me=True)
    await sign_up_group(core, TEACHER, TOKEN, group, group_token="class")
    await sign_up_someone(core, meeting_id, parent, PARENT, NINTH)
    clock.advance(timedelta(days=7))
    return meeting_id


def codes(*rows: SaidRow | str, walk_ins: tuple[SaidWalkIns, ...] = ()) -> Said:
    said = (SaidRow(row) if isinstance(row, str) else row for row in rows)
    return Said(tuple(said), walk_ins)


EVERYTHING = codes(
    "A1",
    SaidRow("A2", people=18),
    "A2.3",
    SaidRow("A3", whole=True),
    walk_ins=(SaidWalkIns(PARENT, 4), SaidWalkIns(OTHER, 2, "Газета «Причулымье»")),
)


async def marks(core: Core) -> list[int | None]:
    async with core.db.read() as session:
        return list(
            await session.scalars(select(RegistrationLine.came).order_by(RegistrationLine.id))
        )


async def counted(core: Core, meeting_id: int) -> dict[tuple[Category, str], int]:
    """The headcounts, after a look that they are what a recount makes of the marks."""
    async with core.db.write() as session:
        statement = select(Headcount.category, Headcount.organisation, Headcount.people)
        before = {tuple(row) for row in await session.execute(statement)}
        await headcounts.recount(session, meeting_id)
        assert {tuple(row) for row in await session.execute(statement)} == before
    return {(category, organisation): people for category, organisation, people in before}


async def audited(core: Core) -> list[dict[str, int]]:
    async with core.db.read() as session:
        return list(
            await session.scalars(
                select(AuditEntry.details).where(AuditEntry.action == "attendance.paper")
            )
        )


async def test_the_sheet_lists_everybody_by_name(core: Core, meeting_id: int) -> None:
    await cancel(core, PUPIL, 1)
    await sign_up_someone(core, meeting_id, None, NINTH, came=1)
    sheet = await paper_sheet.get_sheet(core, CURATOR, meeting_id)
    assert [(line.code, line.name, line.category, line.seats) for line in sheet.lines] == [
        ("A2.3", "Ольга", OTHER, 1),
        ("A2", "Ольга", NINTH, 20),
        ("A2.2", "Ольга", TENTH, 5),
        ("A3", "Яна", PARENT, 1),
        ("A3.2", "Яна", NINTH, 1),
        ("A4", None, NINTH, 1),
    ]
    assert [line.is_group for line in sheet.lines] == [False, True, True, False, False, False]
    assert sheet.token == TOKEN
    assert sheet.municipality == "Ачинск"
    assert PARENT in {total.category for total in sheet.walk_ins}
    assert {total.people for total in sheet.walk_ins} == {None}


async def test_a_list_is_applied_once_however_often_it_is_sent(core: Core, meeting_id: int) -> None:
    first = await paper_marks.compare(core, CURATOR, meeting_id, EVERYTHING)
    assert await marks(core) == [None] * 6
    assert first.changes
    assert [(row.code, row.after) for row in first.marked] == [
        ("A1", 1), ("A2", 18), ("A2.3", 1), ("A3", 1), ("A3.2", 1),
    ]  # fmt: skip
    assert await paper_marks.apply(core, CURATOR, meeting_id, EVERYTHING) == first
    people = {
        (NINTH, ""): 20,
        (OTHER, SCHOOL): 1,
        (OTHER, "Газета «Причулымье»"): 2,
        (PARENT, ""): 5,
    }
    assert await counted(core, meeting_id) == people
    for account in (CURATOR, COLLEAGUE):
        again = await paper_marks.apply(core, account, meeting_id, EVERYTHING)
        assert not again.changes
        assert again.already == 5
    assert await counted(core, meeting_id) == people
    assert await audited(core) == [{"marked": 5, "cleared": 0, "walk_ins": 2}]
    async with core.db.read() as session:
        asked = await session.scalars(
            select(DueMessage.subject).where(DueMessage.kind == MessageKind.FEEDBACK_QUESTION)
        )
        assert sorted(asked) == [f"registration:{number}" for number in (1, 2, 3)]


async def test_two_curators_apply_one_list_at_once(core: Core, meeting_id: int) -> None:
    done = await asyncio.gather(
        *(
            paper_marks.apply(core, account, meeting_id, EVERYTHING)
            for account in (CURATOR, COLLEAGUE, CURATOR)
        )
    )
    assert sorted(each.changes for each in done) == [False, False, True]
    assert (await counted(core, meeting_id))[PARENT, ""] == 5
    assert len(await audited(core)) == 1


async def test_totals_are_replaced_and_taken_back(core: Core, meeting_id: int) -> None:
    async def say(people: int, organisation: str = "Завод") -> Differences:
        said = codes(walk_ins=(SaidWalkIns(OTHER, people, organisation),))
        return await paper_marks.apply(core, CURATOR, meeting_id, said)

    await attendance.add_walk_in(core, CURATOR, meeting_id, OTHER, "Завод", tap="tap")
    await say(5)
    assert (await say(7)).walk_ins[0].before == 5
    assert (await say(7, " ЗАВОД ")).walk_ins == ()
    assert await counted(core, meeting_id) == {(OTHER, "Завод"): 8}
    sheet = await paper_sheet.get_sheet(core, CURATOR, meeting_id)
    assert [each.people for each in sheet.walk_ins if each.organisation == "Завод"] == [7]
    assert (await say(0)).by_tap == 1
    assert not (await say(0)).changes
    assert await counted(core, meeting_id) == {(OTHER, "Завод"): 1}


async def test_undo_at_the_door_takes_no_total_of_a_paper_list(core: Core, meeting_id: int) -> None:
    walk_in = await attendance.add_walk_in(core, CURATOR, meeting_id, PARENT, tap="tap")
    await paper_marks.apply(core, CURATOR, meeting_id, EVERYTHING)
    door = await list_lines(core, CURATOR, meeting_id, 0, 8)
    assert door.last_walk_in is not None
    assert door.last_walk_in.id == walk_in
    async with core.db.read() as session:
        totals = await session.scalars(select(WalkIn.id).where(WalkIn.people > 1))
    for total in totals.all():
        await attendance.undo_walk_in(core, CURATOR, meeting_id, total)
    assert (await counted(core, meeting_id))[PARENT, ""] == 6


async def test_totals_stand_once_though_who_gave_them_was_erased(
    core: Core, meeting_id: int
) -> None:
    await paper_marks.apply(core, CURATOR, meeting_id, EVERYTHING)
    await attendance.add_walk_in(core, CURATOR, meeting_id, PARENT, tap=f"tap:{CURATOR.id}:1")
    before = await counted(core, meeting_id)
    await withdraw_consent(core, CURATOR)
    async with core.db.read() as session:
        rows = (await session.scalars(select(WalkIn).order_by(WalkIn.id))).all()
        assert [row.created_by for row in rows] == [0, 0, 0]
        assert [row.tap is None for row in rows] == [False, False, True]
    assert not (await paper_marks.apply(core, COLLEAGUE, meeting_id, EVERYTHING)).changes
    assert await counted(core, meeting_id) == before


async def test_the_childs_row_keeps_its_code_when_the_parent_joins_the_team(
    core: Core, meeting_id: int, clock: MovableClock
) -> None:
    token = new_invitation_token()
    await invite(core, CURATOR, meeting_id, TeamRole.HELPER, token)
    await join(core, Account(1002), token)
    done = await paper_marks.apply(core, CURATOR, meeting_id, codes("A3", "A3.2"))
    assert (done.unknown, [row.code for row in done.marked]) == (("A3",), ["A3.2"])
    assert await counted(core, meeting_id) == {(NINTH, ""): 1}


async def test_marks_are_taken_back_when_a_list_says_so(core: Core, meeting_id: int) -> None:
    await paper_marks.apply(core, CURATOR, meeting_id, EVERYTHING)
    back = codes(SaidRow("A1", cleared=True), SaidRow("A2", cleared=True), SaidRow("A3", people=0))
    done = await paper_marks.apply(core, CURATOR, meeting_id, back)
    assert [row.code for row in done.cleared] == ["A1", "A2", "A3"]
    assert not (await paper_marks.apply(core, CURATOR, meeting_id, back)).changes
    assert (await counted(core, meeting_id))[NINTH, ""] == 1
    async with core.db.read() as session:
        unmarked = await session.scalar(
            select(func.count()).where(
                RegistrationLine.came.is_(None) == RegistrationLine.marked_at.is_(None)
            )
        )
    assert unmarked == 6


async def test_what_is_said_is_compared_with_how_it_stands_then(
    core: Core, meeting_id: int
) -> None:
    before = await paper_marks.compare(core, CURATOR, meeting_id, codes("A1", "A3"))
    assert len(before.marked) == 2
    await attendance.mark(core, COLLEAGUE, 1, came=True)
    done = await paper_marks.apply(core, CURATOR, meeting_id, codes("A1", "A3"))
    assert [row.code for row in done.marked] == ["A3"]
    assert done.already == 1


async def test_what_cannot_be_is_named_and_the_rest_is_done(core: Core, meeting_id: int) -> None:
    said = codes(
        "B13",
        "A2",
        SaidRow("A2.2", people=11),
        SaidRow("A1", people=2),
        SaidRow("A9", whole=True),
        SaidRow("A44", line_id=10**9),
        "A3",
    )
    done = await paper_marks.apply(core, CURATOR, meeting_id, said)
    assert [row.code for row in done.marked] == ["A3"]
    assert [row.code for row in done.unnumbered] == ["A2"]
    assert [row.code for row in done.impossible] == ["A1", "A2.2"]
    assert done.unknown == ("A9", "B13", "A44")


async def test_who_cancelled_or_waits_is_not_marked(core: Core, meeting_id: int) -> None:
    async with core.db.write() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        meeting.starts_at += timedelta(hours=1)
        meeting.ends_at += timedelta(hours=1)
        await session.flush()
        waiting = await session.get_one(Registration, 3)
        waiting.status, waiting.waiting_number = RegistrationStatus.WAITING, 1
    await cancel(core, PUPIL, 1)
    done = await paper_marks.apply(core, CURATOR, meeting_id, codes("A1", "A3", "A2.3"))
    assert [row.code for row in done.off_list] == ["A1", "A3"]
    assert [row.code for row in done.marked] == ["A2.3"]


async def test_a_line_of_another_meeting_is_none_of_this_one(core: Core, meeting_id: int) -> None:
    async with core.db.read() as session:
        place = await session.scalar(select(Municipality.id).where(Municipality.code == "kansk"))
    assert place is not None
    kansk = await make_meeting(core, place, starts_at=core.clock.now())
    theirs = await sign_up_someone(core, kansk, None, NINTH)
    async with core.db.read() as session:
        line = await session.scalar(
            select(RegistrationLine.id).where(RegistrationLine.registration_id == theirs)
        )
    assert line is not None
    said = Said((SaidRow("A1", line_id=line),))
    done = await paper_marks.apply(core, CURATOR, meeting_id, said)
    assert done.unknown == ("A1",)
    assert await marks(core) == [None] * 7


@pytest.mark.parametrize("account", [STRANGER, TEACHER, OTHER_CURATOR])
async def test_nobody_else_sees_or_changes_anything(
    core: Core, meeting_id: int, account: Account
) -> None:
    for id_ in (meeting_id, 10**6):
        for attempt in (
            paper_sheet.get_desk(core, account, id_),
            paper_sheet.get_sheet(core, account, id_),
            paper_sheet.get_token(core, account, id_),
            paper_marks.compare(core, account, id_, EVERYTHING),
            paper_marks.apply(core, account, id_, EVERYTHING),
        ):
            with pytest.raises(Forbidden):
                await attempt
    assert await marks(core) == [None] * 6


@pytest.mark.parametrize("status", [MeetingStatus.DRAFT, MeetingStatus.CANCELLED])
async def test_a_draft_and_a_cancelled_meeting_have_no_sheet(
    core: Core, status: MeetingStatus
) -> None:
    achinsk = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    meeting_id = await make_meeting(core, achinsk, status=status)
    with pytest.raises(Refused, match="refused-paper"):
        await paper_sheet.get_sheet(core, CURATOR, meeting_id)
    with pytest.raises(Refused, match="refused-door"):
        await paper_marks.apply(core, CURATOR, meeting_id, EVERYTHING)


async def test_a_sheet_is_there_days_before_and_marks_are_not(core: Core) -> None:
    achinsk = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    meeting_id = await make_meeting(core, achinsk)
    assert (await paper_sheet.get_sheet(core, CURATOR, meeting_id)).lines == ()
    assert not (await paper_sheet.get_desk(core, CURATOR, meeting_id)).may_mark
    for use in (paper_marks.compare, paper_marks.apply):
        with pytest.raises(Refused, match="refused-door"):
            await use(core, CURATOR, meeting_id, EVERYTHING)


async def test_the_longest_name_of_an_organisation_is_cut_not_refused(
    core: Core, meeting_id: int
) -> None:
    said = codes(
        walk_ins=(SaidWalkIns(OTHER, 1, "Щ" * 30_000), SaidWalkIns(OTHER, 2, " \x00…\n")),
    )
    await paper_marks.apply(core, CURATOR, meeting_id, said)
    assert not (await paper_marks.apply(core, CURATOR, meeting_id, said)).changes
    people = await counted(core, meeting_id)
    assert people == {(OTHER, "Щ" * 159 + "…"): 1, (OTHER, ""): 2}
