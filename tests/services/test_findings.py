"""What stands in the way of a year's report, and what stands behind its numbers."""

import asyncio
import random
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.appendix2 import FORM, Words, form_values
from bot.clock import MovableClock
from bot.errors import Forbidden, InvalidInput, NotFound, Refused
from bot.i18n import Texts
from bot.models import (
    AnnualReport,
    AuditEntry,
    Feedback,
    FindingAnswer,
    Headcount,
    Meeting,
    Registration,
)
from bot.report_forms import notes_of, to_form
from bot.services import behind, deadline_marks, finding_answers, meetings, proposals, reports
from bot.services.core import Account, Core
from bot.services.deadline_ledger import gaps_of
from bot.services.door_groups import find_uncounted_groups
from bot.services.finding_answers import NOT_A_DUPLICATE
from bot.services.finding_facts import FindingKind
from bot.vocabulary import (
    Audience,
    Category,
    MeetingStatus,
    RegistrationKind,
    ReportSource,
    Role,
    Settled,
)
from tests.bot.story import stored
from tests.services.factory import (
    KRASNOYARSK,
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)
from tests.services.test_deadlines import ROADMAP

CURATOR, COORDINATOR, REGIONAL, OTHER, ORGANISER = (Account(each) for each in range(2, 7))
LOCAL = ZoneInfo(KRASNOYARSK)
HELD = {"status": MeetingStatus.HELD}
LINK = "https://disk.yandex.ru/d/1"


def at(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LOCAL)


@pytest.fixture
def core(core: Core) -> Core:
    """With the roadmap of Krasnoyarsk Krai."""
    return replace(core, deadlines=ROADMAP)


@pytest.fixture
async def places(core: Core) -> dict[str, int]:
    """The region in December, and who makes its reports."""
    assert isinstance(core.clock, MovableClock)
    core.clock.move_to(at(12, 10).astimezone(UTC))
    found = await make_region(core)
    for account, role, place in (
        (CURATOR, Role.CURATOR, found["achinsk"]),
        (COORDINATOR, Role.COORDINATOR, found["achinsk"]),
        (REGIONAL, Role.REGIONAL_COORDINATOR, None),
        (OTHER, Role.CURATOR, found["kansk"]),
        (ORGANISER, Role.ORGANISER, found["achinsk"]),
    ):
        await give_role(core, account.id, role, place)
    return found


async def count(core: Core, meeting_id: int, people: int, category: Category) -> None:
    async with core.db.write() as session:
        session.add(
            Headcount(meeting_id=meeting_id, category=category, people=people, organisation="")
        )


async def held(core: Core, municipality_id: int, people: int = 5, **fields: object) -> int:
    """A meeting with everything that a report needs."""
    facts = {"photo_link": LINK, "title": secrets.token_hex(4), **HELD, **fields}
    meeting = await make_meeting(core, municipality_id, **facts)  # type: ignore[arg-type]
    if people:
        await count(core, meeting, people, Category.GRADE_9)
    return meeting


async def keys(core: Core, place: int, account: Account = CURATOR) -> list[str]:
    shown = await finding_answers.get_findings(core, account, place, 2026)
    return [each.key for each in shown.found.open]


async def test_only_who_runs_a_meeting_leaves_it_out(core: Core, places: dict[str, int]) -> None:
    meeting = await held(core, places["achinsk"], starts_at=at(3, 1))
    for stranger in (OTHER, ORGANISER, REGIONAL):
        with pytest.raises(Forbidden):
            await meetings.leave_out_of_form(core, stranger, meeting)
        with pytest.raises(Forbidden):
            await find_uncounted_groups(core, stranger, meeting)
    assert [each.counts_in_form for each in await stored(core, Meeting)] == [True]
    await meetings.leave_out_of_form(core, COORDINATOR, meeting)
    assert [each.counts_in_form for each in await stored(core, Meeting)] == [False]


async def test_every_kind_is_found_and_only_it(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    assert await keys(core, achinsk) == ["proposals"]
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "Проводить и летом")
    await held(core, achinsk, starts_at=at(3, 1))
    for fields in (
        {"starts_at": at(12, 20)},  # to come
        {"starts_at": at(3, 2, year=2025), **HELD},
        {"starts_at": at(3, 3), "counts_in_form": False, **HELD},
        {"starts_at": at(3, 4), "status": MeetingStatus.CANCELLED},
    ):
        await make_meeting(core, achinsk, **fields)
    await held(core, places["kansk"], people=0, starts_at=at(3, 1), photo_link="")
    assert await keys(core, achinsk) == []

    unconfirmed = await make_meeting(core, achinsk, starts_at=at(4, 1))
    nobody = await held(core, achinsk, people=0, starts_at=at(4, 2))
    bare = await held(core, achinsk, starts_at=at(4, 3), photo_link="")
    group = await held(core, achinsk, starts_at=at(4, 4))
    registration = await sign_up_someone(core, group, None, Category.PARENT, Category.GRADE_9)
    praised = await held(core, achinsk, people=1, starts_at=at(4, 5))
    twin = [
        await held(core, achinsk, starts_at=at(4, 6, hour), title=title, place="Библиотека")
        for hour, title in ((10, "Мосты  и ёлки"), (12, "мосты и елки"), (14, "МОСТЫ и ёлки"))
    ]
    await held(core, achinsk, starts_at=at(4, 7), title="Мосты и ёлки", place="Библиотека")
    await held(core, achinsk, starts_at=at(4, 6, 16), title="Мосты и ёлки", place="Школа")
    async with core.db.write() as session:
        (await session.get_one(Registration, registration)).kind = RegistrationKind.GROUP
        session.add_all(
            Feedback(meeting_id=praised, answered_by=str(n), rating=5, created_at=at(4, 5))
            for n in range(2)
        )
        session.add(Feedback(meeting_id=bare, answered_by="0", rating=5, created_at=at(4, 3)))
    assert await keys(core, achinsk) == [
        f"unconfirmed:{unconfirmed}",
        f"nobody:{nobody}",
        f"groups:{group}",
        f"feedback:{praised}",
        f"duplicates:{twin[0]}:{twin[1]}",
        f"duplicates:{twin[1]}:{twin[2]}",
        f"photos:{bare}",
    ]
    # The deadlines say the same.
    shown = await finding_answers.get_findings(core, CURATOR, achinsk, 2026)
    deadline = await deadline_marks.get_deadline(core, CURATOR, "appendix2", 2026, achinsk)
    assert deadline.gaps == gaps_of(shown.found)
    assert (deadline.gaps.groups, deadline.gaps.duplicates, deadline.gaps.photos) == (1, 2, 1)

    async with core.db.write() as session:
        report = (await session.scalars(select(AnnualReport))).one()
        report.photo_folder = LINK
    assert f"photos:{bare}" not in await keys(core, achinsk)


async def test_no_said_to_the_proposals_is_an_answer(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    which = ("proposals", 2026, achinsk)
    await deadline_marks.settle(core, CURATOR, *which, Settled.NOT_NEEDED, "Всё хорошо")
    assert await keys(core, achinsk) == []
    await deadline_marks.unsettle(core, CURATOR, *which)
    assert await keys(core, achinsk) == ["proposals"]


async def test_an_answer_holds_until_it_is_taken_back(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    bare = await held(core, achinsk, starts_at=at(4, 3), photo_link="")
    twin = await held(core, achinsk, starts_at=at(4, 4), title="Мосты")
    other = await held(core, achinsk, starts_at=at(4, 4, 12), title="Мосты")
    photos, pair = f"photos:{bare}", f"duplicates:{twin}:{other}"
    where = (achinsk, 2026)
    assert set(await keys(core, achinsk)) == {photos, pair, "proposals"}
    for _ in range(2):  # the same tap again
        await finding_answers.answer_finding(core, CURATOR, *where, photos, "  Не снимали ")
        await finding_answers.answer_finding(core, CURATOR, *where, pair, "")
    with pytest.raises(Refused):
        await finding_answers.answer_finding(core, COORDINATOR, *where, photos, "Потеряли")
    assert await keys(core, achinsk) == ["proposals"]
    assert {each.finding: each.answer for each in await stored(core, FindingAnswer)} == {
        photos: "Не снимали",
        pair: NOT_A_DUPLICATE,
    }
    shown = await finding_answers.get_findings(core, REGIONAL, *where)
    assert [each.answer for each in shown.found.answered] == [NOT_A_DUPLICATE, "Не снимали"]
    assert not shown.may_mend
    gaps = (await deadline_marks.get_deadline(core, CURATOR, "appendix2", 2026, achinsk)).gaps
    assert (gaps.photos, gaps.duplicates) == (0, 0)

    for _ in range(2):
        await finding_answers.reopen_finding(core, COORDINATOR, *where, photos)
    assert set(await keys(core, achinsk)) == {photos, "proposals"}
    done = [each.action for each in await stored(core, AuditEntry) if "finding" in each.action]
    assert done == ["finding.answer", "finding.answer", "finding.reopen"]

    with pytest.raises(InvalidInput):
        await finding_answers.answer_finding(core, CURATOR, *where, photos, " … ")
    for wrong in ("proposals", "photos:404", f"unconfirmed:{bare}", "", f"nobody:{bare}"):
        with pytest.raises(NotFound):
            await finding_answers.answer_finding(core, CURATOR, *where, wrong, "Так вышло")
    with pytest.raises(NotFound):  # of another year
        await finding_answers.answer_finding(core, CURATOR, achinsk, 2025, photos, "Так вышло")


async def test_of_two_answers_at_once_one_holds(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    key = f"photos:{await held(core, achinsk, starts_at=at(4, 3), photo_link='')}"
    told = await asyncio.gather(
        *(
            finding_answers.answer_finding(core, account, achinsk, 2026, key, words)
            for account, words in ((CURATOR, "Не снимали"), (COORDINATOR, "Потеряли"))
        ),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in told) == ["NoneType", "Refused"]
    assert len(await stored(core, FindingAnswer)) == 1


async def test_rights(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    meeting = await held(core, achinsk, starts_at=at(4, 3), photo_link="")
    key = f"photos:{meeting}"
    await make_person(core, 99)
    for account in (OTHER, ORGANISER, Account(99), Account(404)):
        for attempt in (
            finding_answers.get_findings(core, account, achinsk, 2026),
            behind.list_behind(core, account, achinsk, 2026, "2.", 0, 8),
            behind.list_behind(core, account, None, 2026, "2.", 0, 8),
            behind.get_counts(core, account, meeting),
            reports.draft_of_year(core, account, 2026, achinsk),
            reports.draft_of_year(core, account, 2026, None),
        ):
            with pytest.raises(Forbidden):
                await attempt
    for account in (OTHER, ORGANISER, REGIONAL, Account(99)):
        with pytest.raises(Forbidden):
            await finding_answers.answer_finding(core, account, achinsk, 2026, key, "Так вышло")
        with pytest.raises(Forbidden):
            await finding_answers.reopen_finding(core, account, achinsk, 2026, key)
    assert await stored(core, FindingAnswer) == []
    assert not (await behind.get_counts(core, REGIONAL, meeting)).may_run
    assert (await behind.get_counts(core, CURATOR, meeting)).may_run
    with pytest.raises(NotFound):
        await finding_answers.get_findings(core, REGIONAL, 404, 2026)


@pytest.mark.parametrize("seed", range(5))
async def test_the_meetings_behind_a_number_add_up_to_it(
    core: Core, places: dict[str, int], seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 (the same each time)
    russian = Texts().speak("ru", core.clock.now(), KRASNOYARSK)
    for _ in range(25):
        place = dice.choice([*places.values()])
        meeting = await make_meeting(
            core,
            place,
            starts_at=at(1, 1, 0, 2025) + timedelta(hours=dice.randrange(3 * 365 * 24)),
            status=dice.choice([*MeetingStatus, *[MeetingStatus.HELD] * 4]),
            audience=dice.choice([*Audience]),
            counts_in_form=dice.random() < 0.8,
        )
        for category in dice.sample([*Category], dice.randrange(6)):
            await count(core, meeting, dice.randrange(1, 40), category)
    for account, place in ((CURATOR, places["achinsk"]), (REGIONAL, None)):
        report = await reports.draft_of_year(core, account, 2026, place)
        values = form_values(to_form(russian, report))
        for row in FORM:
            if isinstance(row.counted, Words):
                with pytest.raises(NotFound):
                    await behind.list_behind(core, account, place, 2026, row.number, 0, 3)
                continue
            pages, found = 0, []
            while True:
                page = await behind.list_behind(core, account, place, 2026, row.number, pages, 3)
                if not page.rows:
                    break
                found += page.rows
                pages += 1
            assert (page.number, page.total) == (values[row.number], len(found))
            assert sum(each.number for each in found) == values[row.number]
            assert [each.starts_at for each in found] == sorted(each.starts_at for each in found)
    region = await reports.consolidated_report(core, REGIONAL, 2026, ReportSource.DRAFTS)
    assert region.region.people == report.people
    assert region.region.meetings == report.meetings


async def test_counts_of_what_no_report_counts(core: Core, places: dict[str, int]) -> None:
    meeting = await held(core, places["achinsk"], starts_at=at(4, 3))
    assert (await behind.get_counts(core, CURATOR, meeting)).came == ((Category.GRADE_9, 5),)
    async with core.db.write() as session:
        stored_ = await session.get_one(Meeting, meeting)
        stored_.status, stored_.held_at, stored_.cancelled_at = (
            MeetingStatus.CANCELLED, None, core.clock.now(),
        )  # fmt: skip
    with pytest.raises(NotFound):
        await behind.get_counts(core, CURATOR, meeting)


async def test_what_was_answered_is_named_nowhere(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    nobody = await held(core, achinsk, people=0, starts_at=at(4, 2), title="Экскурсия")
    await held(core, achinsk, people=0, starts_at=at(4, 3), title="Забыли")
    await make_meeting(core, achinsk, starts_at=at(4, 4))
    # The same key in another municipality and year answers nothing here.
    async with core.db.write() as session:
        for place, year in ((places["kansk"], 2026), (achinsk, 2025)):
            session.add(
                FindingAnswer(
                    municipality_id=place,
                    year=year,
                    finding=f"nobody:{nobody + 1}",
                    answer="Другая",
                    answered_at=core.clock.now(),
                )
            )
    await finding_answers.answer_finding(
        core, CURATOR, achinsk, 2026, f"nobody:{nobody}", "Все ушли раньше"
    )
    shown = await finding_answers.get_findings(core, CURATOR, achinsk, 2026)
    russian = Texts().speak("ru", core.clock.now(), KRASNOYARSK)
    for report in (
        await reports.appendix2(core, CURATOR, 2026, achinsk),
        await reports.draft_of_year(core, REGIONAL, 2026, None),
    ):
        attention = report.attention
        assert [each.title for each in attention.without_attendance] == ["Забыли"]
        assert len(attention.without_attendance) == shown.found.count(FindingKind.NOBODY)
        assert len(attention.unconfirmed) == shown.found.count(FindingKind.UNCONFIRMED) == 1
        assert not any("Экскурсия" in note for note in notes_of(russian, report))
