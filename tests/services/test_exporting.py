"""Exports: what is in them, for whom, page by page; and who took what."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import Forbidden, NotFound, Refused
from bot.models import AuditEntry, Feedback, Headcount, Municipality, StaffRole, TeamMember
from bot.services import audit, exporting
from bot.services.core import Account, Core
from bot.services.export_audit import AuditFacts
from bot.services.export_rows import FeedbackFacts, MeetingFacts, RegistrationFacts
from bot.services.export_scope import Period, Wanted
from bot.services.exporting import Facts, fetch_page, get_export, record_export
from bot.services.registrations import cancel, sign_up
from bot.services.year_feedback import FormatRating, get_year_feedback
from bot.themes import Theme
from bot.vocabulary import Category, ExportKind, Format, MeetingStatus, Role, TeamRole
from tests.services.factory import (
    give_role,
    make_held_meeting,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

CURATOR, ORGANISER, OTHER, REGIONAL = (Account(number) for number in (11, 12, 13, 14))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table takes several pages."""
    monkeypatch.setattr(exporting, "PER_PAGE", 2)


@pytest.fixture
async def towns(core: Core) -> dict[str, int]:
    """Ачинск with a curator and an organiser, Канск with a curator, and somebody of the region."""
    towns = await make_region(core)
    for account, name in (
        (CURATOR, "Анна"),
        (ORGANISER, "Олег"),
        (OTHER, "Пётр"),
        (REGIONAL, "Ия"),
    ):
        await make_person(core, account.id, name=name, category=Category.JOB_CENTRE)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])
    await give_role(core, OTHER.id, Role.CURATOR, towns["kansk"])
    await give_role(core, REGIONAL.id, Role.REGIONAL_CURATOR)
    return towns


def of(town: int | None, kind: ExportKind = ExportKind.MEETINGS, period: Period = YEAR) -> Wanted:
    return Wanted(kind, period, municipality_id=town)


def own(kind: ExportKind = ExportKind.MEETINGS) -> Wanted:
    return Wanted(kind, YEAR, own=True)


async def pages(core: Core, account: Account, wanted: Wanted) -> AsyncIterator[tuple[Facts, ...]]:
    page = await fetch_page(core, account, wanted)
    yield page.rows
    while page.last is not None:
        page = await fetch_page(core, account, wanted, page.last)
        yield page.rows


async def taken(core: Core, account: Account, wanted: Wanted) -> list[Facts]:
    """All rows; as many as were announced."""
    rows = [row async for page in pages(core, account, wanted) for row in page]
    assert len(rows) == (await get_export(core, account, wanted, most=99)).rows
    return rows


async def titles(core: Core, account: Account, wanted: Wanted) -> list[str]:
    return [row.meeting.title for row in await taken(core, account, wanted)]  # type: ignore[union-attr]


async def person_id(core: Core, account: Account) -> int:
    from bot.services.access import find_person

    async with core.db.read() as session:
        person = await find_person(session, account)
    assert person is not None
    return person.id


async def answer(core: Core, meeting: int, rating: int, comment: str = "", came: int = 1) -> None:
    registration = await sign_up_someone(core, meeting, None, Category.GRADE_9, came=came)
    async with core.db.write() as session:
        session.add(
            Feedback(
                meeting_id=meeting,
                registration_id=registration,
                category=Category.GRADE_9,
                rating=rating,
                useful=["people"],
                comment=comment,
                created_at=core.clock.now(),
            )
        )


async def test_meetings_with_their_numbers_in_the_order_of_time(
    core: Core, towns: dict[str, int]
) -> None:
    now = core.clock.now()
    late = await make_meeting(
        core,
        towns["achinsk"],
        title="Мосты",
        starts_at=now - timedelta(days=1),
        status=MeetingStatus.HELD,
        photo_link="https://example.org/1",
    )
    await make_meeting(core, towns["achinsk"], title="Черновик", status=MeetingStatus.DRAFT)
    await make_meeting(core, towns["kansk"], title="Канск")
    for day in range(3):
        await make_meeting(
            core, towns["achinsk"], title=f"День {day}", starts_at=now + timedelta(days=day)
        )
    guest = await make_person(core, 70)
    await sign_up_someone(core, late, guest, Category.PARENT, Category.GRADE_9)
    await answer(core, late, 4)
    await answer(core, late, 5)
    await answer(core, late, 1, came=0)
    async with core.db.write() as session:
        session.add(Headcount(meeting_id=late, category=Category.PARENT, organisation="", people=7))

    rows = await taken(core, CURATOR, of(towns["achinsk"]))
    assert [row.meeting.title for row in rows if isinstance(row, MeetingFacts)] == [
        "Мосты",
        "День 0",
        "День 1",
        "День 2",
    ]
    first = rows[0]
    assert isinstance(first, MeetingFacts)
    assert (first.signed_up, first.came, first.answers, first.average) == (5, 7, 2, 4.5)
    assert (first.status, first.seats, first.photo_link) == (
        MeetingStatus.HELD,
        40,
        "https://example.org/1",
    )
    assert (first.meeting.municipality, first.meeting.starts_at) == (
        "Ачинск",
        now - timedelta(days=1),
    )
    second = rows[1]
    assert isinstance(second, MeetingFacts)
    assert (second.signed_up, second.came, second.answers, second.average) == (0, 0, 0, None)


async def test_a_day_begins_at_midnight_of_its_municipality(
    core: Core, towns: dict[str, int]
) -> None:
    midnight = datetime(2026, 2, 28, 17, tzinfo=UTC)  # in Krasnoyarsk
    for title, starts_at in (
        ("до", midnight - timedelta(minutes=1)),
        ("в", midnight),
        ("конец", midnight + timedelta(days=31, minutes=-1)),
        ("после", midnight + timedelta(days=31)),
    ):
        await make_meeting(core, towns["achinsk"], title=title, starts_at=starts_at)
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert await titles(core, CURATOR, of(towns["achinsk"], period=march)) == ["в", "конец"]


async def test_the_region_has_every_municipality_by_its_own_clock(
    core: Core, towns: dict[str, int]
) -> None:
    new_year = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight in Krasnoyarsk
    await make_meeting(core, towns["kansk"], title="Канск", starts_at=new_year)
    await make_meeting(core, towns["achinsk"], title="Ачинск", starts_at=new_year)
    assert await titles(core, REGIONAL, of(None)) == ["Канск", "Ачинск"]
    async with core.db.write() as session:
        (await session.get_one(Municipality, towns["kansk"])).timezone = "Europe/Moscow"
    assert await titles(core, REGIONAL, of(None)) == ["Ачинск"]
    assert (await get_export(core, REGIONAL, of(None), 99)).timezones == (
        "Asia/Krasnoyarsk",
        "Europe/Moscow",
    )


async def test_registrations_are_those_that_lists_show(core: Core, towns: dict[str, int]) -> None:
    await make_meeting(core, towns["achinsk"], token="few", seats=1, title="Мосты")
    for account, name in ((70, "Мария"), (71, "Иван"), (72, "Лена")):
        await make_person(core, account, name=name)
    first = await sign_up(core, Account(70), "few")
    await sign_up(core, Account(71), "few", wait=True)
    gone = await sign_up(core, Account(72), "few", wait=True)
    await cancel(core, Account(72), gone.registration_id)
    wanted = of(towns["achinsk"], ExportKind.REGISTRATIONS)

    async def listed(account: Account) -> list[tuple[str, str, str, int | None]]:
        rows = await taken(core, account, wanted)
        return [
            (row.code, row.name, row.status.value, row.came)
            for row in rows
            if isinstance(row, RegistrationFacts)
        ]

    assert await listed(CURATOR) == [
        ("A1", "Мария", "active", None),
        ("A2", "Иван", "waiting", None),
    ]
    # The regional staff run no meetings: they see that somebody came, not who.
    assert await listed(REGIONAL) == [("A1", "", "active", None), ("A2", "", "waiting", None)]
    assert not (await get_export(core, REGIONAL, wanted, 99)).shows_names
    assert first.registration_id


async def test_feedback_of_those_who_came_and_of_one_meeting(
    core: Core, towns: dict[str, int]
) -> None:
    now = core.clock.now()
    meetings = [
        await make_meeting(core, towns["achinsk"], title=title, starts_at=now - timedelta(days=1))
        for title in ("Мосты", "Заводы")
    ]
    for meeting in meetings:
        for rating in (5, 4, 3):
            await answer(core, meeting, rating, comment=f"=слова {rating}")
        await answer(core, meeting, 1, came=0)
    rows = await taken(core, CURATOR, of(towns["achinsk"], ExportKind.FEEDBACK))
    assert [row.rating for row in rows if isinstance(row, FeedbackFacts)] == [5, 4, 3, 5, 4, 3]
    one = Wanted(ExportKind.FEEDBACK, meeting_id=meetings[1])
    rows = await taken(core, CURATOR, one)
    assert [
        (row.meeting.title, row.rating, row.useful, row.comment)
        for row in rows
        if isinstance(row, FeedbackFacts)
    ] == [("Заводы", rating, ("people",), f"=слова {rating}") for rating in (5, 4, 3)]
    for stranger in (OTHER, ORGANISER, REGIONAL, Account(99)):
        with pytest.raises(Forbidden, match="forbidden-meeting"):
            await fetch_page(core, stranger, one)


async def test_the_region_recognises_nobody_in_a_few_answers(
    core: Core, towns: dict[str, int]
) -> None:
    now = core.clock.now()
    few, many = [
        await make_meeting(core, towns["achinsk"], title=title, starts_at=now - timedelta(days=1))
        for title in ("Мосты", "Заводы")
    ]
    for meeting, ratings in ((few, (1, 2, 3, 4)), (many, (5, 4, 3, 2, 1))):
        for rating in ratings:
            await answer(core, meeting, rating)
        await answer(core, meeting, 1, came=0)  # does not count
    rows = await taken(core, REGIONAL, of(None, ExportKind.FEEDBACK))
    assert [
        (row.meeting.title, row.rating, row.category)
        for row in rows
        if isinstance(row, FeedbackFacts)
    ] == [("Заводы", rating, None) for rating in (5, 4, 3, 2, 1)]
    for account, place, average in ((REGIONAL, None, None), (CURATOR, towns["achinsk"], 2.5)):
        found = await taken(core, account, of(place))
        assert [(row.answers, row.average) for row in found if isinstance(row, MeetingFacts)] == [
            (4, average),
            (5, 3.0),
        ]


async def test_an_organiser_takes_their_own_meetings_alone(
    core: Core, towns: dict[str, int]
) -> None:
    made_by = await person_id(core, ORGANISER)
    await make_meeting(core, towns["achinsk"], title="Своя", created_by_id=made_by)
    await make_meeting(core, towns["achinsk"], title="Чужая")
    await make_meeting(core, towns["kansk"], title="Без роли", created_by_id=made_by)
    assert await titles(core, ORGANISER, own()) == ["Своя"]
    assert (await get_export(core, ORGANISER, own(), 99)).shows_names
    for forged in (of(towns["achinsk"]), of(None), own(ExportKind.AUDIT)):
        for use in (get_export(core, ORGANISER, forged, 99), fetch_page(core, ORGANISER, forged)):
            with pytest.raises(Forbidden):
                await use


@pytest.mark.parametrize("kind", ExportKind)
async def test_nobody_takes_what_is_not_theirs(
    core: Core, towns: dict[str, int], kind: ExportKind
) -> None:
    meeting = await make_meeting(core, towns["achinsk"], starts_at=core.clock.now())
    co_curator = await make_person(core, 80)
    async with core.db.write() as session:
        session.add(
            TeamMember(
                meeting_id=meeting,
                person_id=co_curator,
                role=TeamRole.CO_CURATOR,
                category=Category.PARENT,
                joined_at=core.clock.now(),
            )
        )
    for account in (OTHER, Account(80), Account(1), Account(99)):
        with pytest.raises(Forbidden):
            await fetch_page(core, account, of(towns["achinsk"], kind))
        with pytest.raises(Forbidden):
            await record_export(core, account, of(towns["achinsk"], kind), 1)
    with pytest.raises(Forbidden):
        await fetch_page(core, CURATOR, of(None, kind))
    with pytest.raises(NotFound):
        await fetch_page(core, REGIONAL, of(404, kind))


async def test_a_role_taken_back_ends_the_table_at_the_next_page(
    core: Core, towns: dict[str, int]
) -> None:
    for _ in range(3):
        await make_meeting(core, towns["achinsk"])
    page = await fetch_page(core, CURATOR, of(towns["achinsk"]))
    async with core.db.write() as session:
        await session.execute(update(StaffRole).values(revoked_at=core.clock.now()))
    with pytest.raises(Forbidden):
        await fetch_page(core, CURATOR, of(towns["achinsk"]), page.last)


async def test_nothing_and_too_much_are_refused(core: Core, towns: dict[str, int]) -> None:
    with pytest.raises(Refused, match="refused-export-empty"):
        await get_export(core, CURATOR, of(towns["achinsk"]), most=1)
    for _ in range(2):
        await make_meeting(core, towns["achinsk"])
    with pytest.raises(Refused, match="refused-export-large"):
        await get_export(core, CURATOR, of(towns["achinsk"]), most=1)


async def log(
    core: Core, account: Account, action: str, subject: str = "", **details: object
) -> None:
    async with core.db.write() as session:
        audit.record(session, core, account, action, subject, **details)
    core.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]


async def test_the_log_of_a_municipality_and_the_names_in_it(
    core: Core, towns: dict[str, int]
) -> None:
    here = await make_meeting(core, towns["achinsk"], title="Мосты")
    there = await make_meeting(core, towns["kansk"], title="Канск")
    await log(core, ORGANISER, "meeting.publish", f"meeting:{here}")
    await log(core, OTHER, "meeting.publish", f"meeting:{there}")
    await log(
        core, REGIONAL, "role.revoke", "role:5", role="organiser", municipality=towns["achinsk"]
    )
    await log(core, CURATOR, "report.propose", f"municipality:{towns['achinsk']}", year=2026)
    await log(core, Account(77), "attendance.self_check_in", f"meeting:{here}")
    await log(core, CURATOR, "meeting.reopen", f"meeting:{here}", reason="Ошибка")
    await audit.record_refusal(core, ORGANISER, "command /report")
    await audit.record_refusal(core, OTHER, "command /report")

    async def read(account: Account, town: int | None) -> list[tuple[object, ...]]:
        rows = await taken(core, account, of(town, ExportKind.AUDIT))
        return [
            (row.name, row.role, row.action, row.about, row.about_role, row.reason, row.refused)
            for row in rows
            if isinstance(row, AuditFacts)
        ]

    assert await read(CURATOR, towns["achinsk"]) == [
        ("Олег", Role.ORGANISER, "meeting.publish", "Мосты", None, "", False),
        # Regional staff stand in no list that a curator sees.
        ("", Role.REGIONAL_CURATOR, "role.revoke", "Ачинск", Role.ORGANISER, "", False),
        ("Анна", Role.CURATOR, "report.propose", "Ачинск", None, "", False),
        ("", None, "attendance.self_check_in", "Мосты", None, "", False),
        ("Анна", Role.CURATOR, "meeting.reopen", "Мосты", None, "Ошибка", False),
        ("Олег", Role.ORGANISER, "command /report", "", None, "", True),
    ]
    region = await read(REGIONAL, None)
    assert len(region) == 8
    assert [row[0] for row in region[:3]] == ["Олег", "Пётр", "Ия"]


async def test_who_took_what_is_written_down(core: Core, towns: dict[str, int]) -> None:
    await record_export(core, CURATOR, of(towns["achinsk"], ExportKind.REGISTRATIONS), 7)
    await record_export(core, REGIONAL, of(None), 8)
    await record_export(core, ORGANISER, own(), 9)
    async with core.db.read() as session:
        entries = (await session.scalars(select(AuditEntry).order_by(AuditEntry.id))).all()
    assert [(each.account_id, each.action, each.subject) for each in entries] == [
        (CURATOR.id, "export.take", f"municipality:{towns['achinsk']}"),
        (REGIONAL.id, "export.take", "region"),
        (ORGANISER.id, "export.take", ""),
    ]
    assert entries[0].details == {
        "kind": "registrations",
        "rows": 7,
        "first": "2026-01-01",
        "last": "2026-12-31",
    }


async def test_a_years_formats_and_words(core: Core, towns: dict[str, int]) -> None:
    then = core.clock.now() - timedelta(days=1)
    meetings = {
        kind: await make_meeting(
            core, towns["achinsk"], starts_at=then, format=kind, status=MeetingStatus.HELD
        )
        for kind in (Format.EXCURSION, Format.SEMINAR, Format.WORKSHOP, Format.DISCUSSION)
    }
    for rating in (5, 5, 5, 5, 4):
        await answer(core, meetings[Format.EXCURSION], rating, "Больше экскурсий")
        await answer(core, meetings[Format.SEMINAR], rating - 2, "Экскурсию бы")
    for _ in range(4):
        await answer(core, meetings[Format.WORKSHOP], 1)
    await answer(core, meetings[Format.SEMINAR], 1, "не был на экскурсии", came=0)
    elsewhere = await make_meeting(core, towns["kansk"], starts_at=then, status=MeetingStatus.HELD)
    await answer(core, elsewhere, 1, "чужое")
    # What the form does not count: outside it, or not confirmed.
    outside = await make_held_meeting(core, towns["achinsk"], {}, counts_in_form=False)
    unconfirmed = await make_meeting(core, towns["achinsk"], starts_at=then)
    for uncounted in (outside, unconfirmed):
        await answer(core, uncounted, 1, "Больше экскурсий")

    found = await get_year_feedback(core, CURATOR, of(towns["achinsk"], ExportKind.FEEDBACK))
    assert (found.name, found.answers, found.comments) == ("Ачинск", 14, 10)
    # Four answers are left over: told apart, they could be read off by taking these from the whole.
    assert found.formats == (FormatRating(Format.EXCURSION, 5, pytest.approx(4.8)),)
    await answer(core, meetings[Format.DISCUSSION], 1)
    found = await get_year_feedback(core, CURATOR, of(towns["achinsk"], ExportKind.FEEDBACK))
    assert found.formats == (
        FormatRating(Format.EXCURSION, 5, pytest.approx(4.8)),
        FormatRating(Format.SEMINAR, 5, pytest.approx(2.8)),
    )
    assert found.themes[0] == Theme(("экскурсий", "экскурсию"), 10)
    with pytest.raises(Forbidden):
        await get_year_feedback(core, OTHER, of(towns["achinsk"], ExportKind.FEEDBACK))


async def test_who_does_not_run_the_meetings_is_told_no_theme_of_fewer_than_five(
    core: Core, towns: dict[str, int]
) -> None:
    meeting = await make_meeting(
        core,
        towns["achinsk"],
        starts_at=core.clock.now() - timedelta(days=1),
        status=MeetingStatus.HELD,
    )
    wanted = of(towns["achinsk"], ExportKind.FEEDBACK)
    for _ in range(4):
        await answer(core, meeting, 5, "Иванова опоздала")
    about_her = (Theme(("иванова",), 4), Theme(("опоздала",), 4))
    assert (await get_year_feedback(core, CURATOR, wanted)).themes == about_her
    for asked in (wanted, of(None, ExportKind.FEEDBACK)):
        found = await get_year_feedback(core, REGIONAL, asked)
        assert (found.comments, found.themes, found.fewest) == (4, (), 5)
    await answer(core, meeting, 5, "Экскурсия")
    await answer(core, meeting, 5, "Опоздала")
    found = await get_year_feedback(core, REGIONAL, wanted)
    assert found.themes == (Theme(("опоздала",), 5),)
