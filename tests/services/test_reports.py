"""Appendix 2: numbers counted by hand equal the xlsx row by row; who may have it; its words."""

from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import update

from bot import report_forms
from bot.clock import MovableClock
from bot.errors import Forbidden, InvalidInput, Refused
from bot.handlers.coordinator.report_words import caption, file_name
from bot.i18n import Speech, Texts
from bot.models import Headcount, Municipality, Region, RegistrationLine, StaffRole
from bot.services import proposals, reports, signatures
from bot.services.consolidated import ConsolidatedFacts
from bot.services.core import Account, Core
from bot.services.counted import Proposals
from bot.services.report_counting import ReportFacts
from bot.vocabulary import Audience, Category, MeetingStatus, MunicipalityKind, ReportSource, Role
from tests.services.factory import (
    KRASNOYARSK,
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

DRAFTS = ReportSource.DRAFTS

COORDINATOR, CURATOR, REGIONAL, REGIONAL_CURATOR = (Account(each) for each in range(2, 6))
LOCAL = ZoneInfo(KRASNOYARSK)
HELD = MeetingStatus.HELD


async def _meeting(
    core: Core,
    place: int,
    starts_at: datetime,
    came: dict[Category | tuple[Category, str], int],
    **fields: object,
) -> int:
    meeting_id = await make_meeting(
        core,
        place,
        starts_at=starts_at,
        **({"status": HELD} | fields),  # type: ignore[arg-type]
    )
    async with core.db.write() as session:
        for who, people in came.items():
            category, organisation = who if isinstance(who, tuple) else (who, "")
            session.add(
                Headcount(
                    meeting_id=meeting_id,
                    category=category,
                    organisation=organisation,
                    people=people,
                )
            )
    return meeting_id


@pytest.fixture
async def places(core: Core, clock: MovableClock) -> dict[str, int]:
    """A year of Ачинск and its neighbours, counted by hand below; it is 10 January 2027."""
    clock.move_to(datetime(2027, 1, 10, 5, tzinfo=UTC))
    places = await make_region(core)
    async with core.db.write() as session:
        region = await session.get_one(Region, 1)
        west = Municipality(
            region_id=region.id,
            code="west",
            name="Западный округ",
            genitive="Западного округа",
            kind=MunicipalityKind.MUNICIPAL_OKRUG,
            timezone="Asia/Omsk",
        )
        session.add(west)
        await session.flush()
        places["west"] = west.id
    achinsk = places["achinsk"]
    await give_role(core, COORDINATOR.id, Role.COORDINATOR, achinsk)
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    await give_role(core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    await give_role(core, REGIONAL_CURATOR.id, Role.REGIONAL_CURATOR)

    with_students = await _meeting(
        core,
        achinsk,
        datetime(2026, 3, 14, 15, tzinfo=LOCAL),
        {
            Category.GRADE_6: 3,
            Category.GRADE_9: 25,
            Category.GRADE_10: 4,
            Category.PARENT: 8,
            Category.HEAD: 1,
            (Category.EMPLOYEE, "ООО «Мост»"): 1,
            (Category.EMPLOYEE, "Депо"): 2,
            (Category.OTHER, "Школа № 5"): 2,
        },
        photo_link="https://disk.yandex.ru/d/first",
    )
    with_parents = await _meeting(
        core,
        achinsk,
        datetime(2026, 4, 20, 18, tzinfo=LOCAL),
        {
            Category.GRADE_9: 1,
            Category.PARENT: 10,
            Category.CULTURE: 1,
            (Category.OTHER, "школа  № 5"): 1,
            (Category.OTHER, "Газета"): 1,
        },
        audience=Audience.PARENTS,
        photo_link="https://cloud.mail.ru/public/second",
    )
    with_employers = await _meeting(
        core,
        achinsk,
        datetime(2026, 10, 1, 12, tzinfo=LOCAL),
        {
            Category.GRADE_9: 1,
            (Category.HEAD, "Депо"): 2,
            Category.EMPLOYEE: 5,
            Category.UNIVERSITY: 1,
            Category.JOB_CENTRE: 1,
            Category.YOUTH_CENTRE: 1,
            Category.EXTRA_EDUCATION: 1,
            Category.SOCIAL: 1,
            Category.VOLUNTEER: 2,
        },
        audience=Audience.EMPLOYERS,
        photo_link="https://disk.yandex.ru/d/first",
    )
    outside_form = await _meeting(
        core,
        achinsk,
        datetime(2026, 5, 5, 12, tzinfo=LOCAL),
        {Category.EMPLOYEE: 6, (Category.OTHER, "Администрация"): 2},
        counts_in_form=False,
        photo_link="https://disk.yandex.ru/d/seminar",
    )
    at_midnight = datetime(2026, 1, 1, tzinfo=LOCAL)
    next_midnight = datetime(2027, 1, 1, tzinfo=LOCAL)
    await _meeting(core, achinsk, at_midnight, {Category.GRADE_11: 2})
    await _meeting(core, achinsk, at_midnight - timedelta(minutes=1), {Category.GRADE_7: 50})
    await _meeting(core, achinsk, next_midnight - timedelta(minutes=30), {Category.GRADE_11: 1})
    await _meeting(core, achinsk, next_midnight, {Category.GRADE_7: 4})
    await _meeting(
        core, achinsk, datetime(2026, 6, 1, 12, tzinfo=LOCAL), {}, title="Никого не отметили"
    )
    spring = datetime(2026, 5, 20, 15, tzinfo=LOCAL)
    await _meeting(
        core,
        achinsk,
        spring,
        {Category.GRADE_9: 7},
        status=MeetingStatus.CANCELLED,
        photo_link="https://disk.yandex.ru/d/cancelled",
    )
    await _meeting(
        core,
        achinsk,
        spring,
        {Category.GRADE_8: 9},
        status=MeetingStatus.PUBLISHED,
        title="Ещё не подтвердили",
    )
    await _meeting(core, achinsk, spring, {Category.GRADE_8: 9}, status=MeetingStatus.DRAFT)
    # 00:30 on 1 January in Krasnoyarsk is 23:30 on 31 December in Omsk.
    half_past = timedelta(minutes=30)
    await _meeting(core, places["west"], at_midnight + half_past, {Category.GRADE_8: 40})
    await _meeting(core, places["west"], next_midnight + half_past, {Category.GRADE_8: 5})

    three_times = await make_person(core, 100)
    teacher = await make_person(core, 101, category=Category.OTHER, organisation="Школа № 5")
    once, absent, young, guest = [await make_person(core, each) for each in range(102, 106)]
    for meeting_id in (with_students, with_parents, with_employers):
        await sign_up_someone(core, meeting_id, three_times, Category.GRADE_9, came=1)
    await sign_up_someone(core, with_parents, teacher, Category.PARENT, came=1)
    await sign_up_someone(core, with_students, once, Category.GRADE_9, came=1)
    await sign_up_someone(core, with_students, absent, Category.GRADE_9, came=0)
    await sign_up_someone(core, with_students, young, Category.GRADE_6, came=1)
    await sign_up_someone(core, with_students, None, Category.GRADE_9, came=1)
    await sign_up_someone(core, outside_form, guest, Category.EMPLOYEE, came=1)
    return places


ACHINSK_2026 = {
    "1.": 6,
    "1.1.": 4,
    "1.2.": 1,
    "1.3.": 1,
    "2.": 75,
    "2.1.": 34,
    "2.1.1.": 0,
    "2.1.2.": 0,
    "2.1.3.": 27,
    "2.1.4.": 4,
    "2.1.5.": 3,
    "2.2.": 18,
    "2.3.": 11,
    "2.3.1.": 3,
    "2.3.2.": 8,
    "2.4.": 1,
    "2.5.": 1,
    "2.6.": 1,
    "2.7.": 1,
    "2.8.": 1,
    "2.9.": 1,
    "2.10.": 2,
    "2.11.": 4,
}


@pytest.fixture(scope="module")
def texts() -> Texts:
    """The texts of both languages."""
    return Texts()


@pytest.fixture
def russian(texts: Texts, core: Core) -> Speech:
    """A Russian voice in Krasnoyarsk."""
    return texts.speak("ru", core.clock.now(), KRASNOYARSK)


def _sheet(report: ReportFacts | ConsolidatedFacts, texts: Texts) -> tuple[dict[str, object], str]:
    """Return the last column by row number as a phone's preview shows it, and the book's words."""
    content = report_forms.report_xlsx(texts, report)
    form, *notes = openpyxl.load_workbook(BytesIO(content), data_only=True).worksheets
    rows = list(form.iter_rows(values_only=True))
    numbers = {str(row[0]): row[3] for row in rows if row[0] and str(row[0])[0].isdigit()}
    rows += [row for sheet in notes for row in sheet.iter_rows(values_only=True)]
    return numbers, "\n".join(str(cell) for row in rows for cell in row if cell is not None)


async def test_a_municipality_counted_by_hand(
    core: Core, places: dict[str, int], texts: Texts
) -> None:
    report = await reports.appendix2(core, CURATOR, 2026, places["achinsk"])
    numbers, words = _sheet(report, texts)
    assert {row: numbers[row] for row in ACHINSK_2026} == ACHINSK_2026
    assert numbers["3."] == "https://disk.yandex.ru/d/first\nhttps://cloud.mail.ru/public/second"
    assert report.people.other_organisations == (("Школа № 5", 3), ("Газета", 1))
    assert "Школа № 5 — 3\nГазета — 1" in words
    assert "на территории города Ачинска" in words
    assert (report.people_outside_form, report.unique_people) == (3, 3)
    assert (report.meetings.outside_form, report.people.at_other_meetings) == (1, 8)
    assert [each.title for each in report.attention.unconfirmed] == ["Ещё не подтвердили"]
    assert [each.title for each in report.attention.without_attendance] == ["Никого не отметили"]
    for said in ("Ещё не подтвердили", "Никого не отметили", "5–6 классов, человек: 3."):
        assert said in words
    for never in ("Администрация", "seminar", "cancelled"):
        assert never not in words


async def test_the_region_counts_each_municipality_in_its_own_time_zone(
    core: Core, places: dict[str, int], texts: Texts
) -> None:
    region = await reports.consolidated_report(core, REGIONAL, 2026, DRAFTS)
    numbers, words = _sheet(region, texts)
    plus = {"1.": 7, "1.1.": 5, "2.": 80, "2.1.": 39, "2.1.2.": 5}
    assert {row: numbers[row] for row in ACHINSK_2026} == ACHINSK_2026 | plus
    assert "на территории Красноярского края" in words
    assert "(ср 20 мая 2026, Ачинск)" in words  # the place of a meeting that is named
    before = await reports.consolidated_report(core, REGIONAL, 2025, DRAFTS)
    assert before.region.people.by_category == {Category.GRADE_7: 50, Category.GRADE_8: 40}
    after = await reports.consolidated_report(core, REGIONAL, 2027, DRAFTS)
    assert after.region.people.by_category == {Category.GRADE_7: 4}
    west = await reports.appendix2(core, REGIONAL_CURATOR, 2026, places["west"])
    assert west.people.by_category == {Category.GRADE_8: 5}


async def test_a_year_without_meetings(
    core: Core, places: dict[str, int], russian: Speech, texts: Texts
) -> None:
    report = await reports.appendix2(core, REGIONAL, 2026, places["kansk"])
    numbers, _ = _sheet(report, texts)
    assert {numbers[row] for row in ACHINSK_2026} == {0}
    assert caption(russian, report) == (
        "<b>Приложение 2 · Канск · 2026</b>\n\nЗа этот год в боте нет ни одной встречи."
    )


async def test_a_meeting_that_is_not_over_is_neither_counted_nor_named(
    core: Core, clock: MovableClock, places: dict[str, int]
) -> None:
    for status in (MeetingStatus.PUBLISHED, HELD):
        await _meeting(core, places["kansk"], clock.now(), {Category.GRADE_9: 3}, status=status)
    report = await reports.appendix2(core, REGIONAL, 2027, places["kansk"])
    assert (report.meetings_in_form, report.people_in_form) == (0, 0)
    assert report.attention.unconfirmed == report.attention.without_attendance == ()
    clock.advance(timedelta(minutes=90))
    report = await reports.appendix2(core, REGIONAL, 2027, places["kansk"])
    assert (report.meetings_in_form, report.people_in_form) == (1, 3)
    assert len(report.attention.unconfirmed) == 1


async def _report(core: Core, account: Account, year: int, place: int | None) -> None:
    if place is None:
        await reports.consolidated_report(core, account, year, DRAFTS)
    else:
        await reports.appendix2(core, account, year, place)


async def test_nobody_else_gets_a_report(core: Core, places: dict[str, int]) -> None:
    await make_person(core, 50)
    await give_role(core, 51, Role.ORGANISER, places["achinsk"])
    await give_role(core, 52, Role.CURATOR, places["achinsky"])
    revoked = await give_role(core, 53, Role.COORDINATOR, places["achinsk"])
    async with core.db.write() as session:
        role = await session.get_one(StaffRole, revoked)
        role.revoked_at = core.clock.now()
    for account in (Account(1), *map(Account, range(50, 54)), Account(99)):
        for place in (places["achinsk"], None, 404):
            with pytest.raises(Forbidden) as refused:
                await _report(core, account, 2026, place)
            assert refused.value.facts == {}
        with pytest.raises(Forbidden):
            await proposals.get_proposals(core, account, places["achinsk"], 2026)
        with pytest.raises(Forbidden):
            await proposals.set_proposals(core, account, places["achinsk"], 2026, "Моё")
    for account in (COORDINATOR, CURATOR):
        for place in (places["achinsky"], None):
            with pytest.raises(Forbidden):
                await _report(core, account, 2026, place)
    for account in (Account(1), Account(50), Account(51), Account(53), Account(99)):
        with pytest.raises(Forbidden):
            await reports.find_report_places(core, account, "ачи")


async def test_whose_report_one_chooses_from(core: Core, places: dict[str, int]) -> None:
    async def names(account: Account, letters: str = "") -> tuple[bool, list[str]]:
        found = await reports.find_report_places(core, account, letters)
        return found.by_letters, [place.name for place in found.found]

    assert await names(CURATOR) == await names(CURATOR, "канск") == (False, ["Ачинск"])
    assert await names(REGIONAL) == (True, [])
    assert await names(REGIONAL, "ачин") == (True, ["Ачинск", "Ачинский район"])


async def test_a_report_uses_the_municipalities_of_its_year(
    core: Core, places: dict[str, int]
) -> None:
    region = await reports.consolidated_report(core, REGIONAL, 2026, DRAFTS)
    async with core.db.write() as session:
        merged = await session.get_one(Municipality, places["achinsk"])
        merged.valid_until = datetime(2026, 1, 1, tzinfo=UTC).date()
        merged.merged_into_id = places["achinsky"]
    with pytest.raises(Refused, match="report-not-that-year"):
        await reports.appendix2(core, CURATOR, 2026, places["achinsk"])
    # A meeting that stands there after the last day counts in the region all the same.
    again = await reports.consolidated_report(core, REGIONAL, 2026, DRAFTS)
    assert (again.region, again.municipalities) == (region.region, region.municipalities)
    last_year = await reports.appendix2(core, CURATOR, 2025, places["achinsk"])
    assert last_year.people.by_category == {Category.GRADE_7: 50}
    # Last year's report is due in January: it must still be found.
    found = await reports.find_report_places(core, REGIONAL, "ачинск")
    assert [place.name for place in found.found] == ["Ачинский район"]
    async with core.db.write() as session:
        merged = await session.get_one(Municipality, places["achinsk"])
        merged.valid_until = datetime(2026, 1, 2, tzinfo=UTC).date()
    found = await reports.find_report_places(core, REGIONAL, "ачинск")
    assert [place.name for place in found.found] == ["Ачинск", "Ачинский район"]


@pytest.mark.parametrize("year", [2028, 2017, 0, -1, 99999])
async def test_no_report_of_a_year_that_is_none(
    core: Core, places: dict[str, int], year: int
) -> None:
    with pytest.raises(Refused, match="report-no-such-year"):
        await reports.consolidated_report(core, REGIONAL, year, DRAFTS)
    with pytest.raises(Refused, match="report-no-such-year"):
        await proposals.set_proposals(core, CURATOR, places["achinsk"], year, "Да")


async def test_proposals_are_kept_and_replaced(
    core: Core, places: dict[str, int], texts: Texts
) -> None:
    achinsk = places["achinsk"]
    await give_role(core, 60, Role.CURATOR, places["achinsky"])
    before = await proposals.get_proposals(core, CURATOR, achinsk, 2026)
    assert (before.place, before.texts) == ("Ачинск", Proposals())
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "Первое")
    await proposals.set_proposals(core, COORDINATOR, achinsk, 2026, "=1+1\x00 <b>и</b>\r\nвторое ")
    await proposals.set_proposals(core, COORDINATOR, achinsk, 2025, "Прошлогоднее")
    await proposals.set_proposals(core, Account(60), places["achinsky"], 2026, "нет")
    kept = (await proposals.get_proposals(core, CURATOR, achinsk, 2026)).texts.for_municipality
    assert kept == "=1+1 <b>и</b>\nвторое"
    with pytest.raises(InvalidInput):
        await proposals.set_proposals(core, CURATOR, achinsk, 2026, "я" * 2001)
    with pytest.raises(Forbidden):  # regional staff read them in the report, others write them
        await proposals.set_proposals(core, REGIONAL, achinsk, 2026, "Наше")

    own = await reports.appendix2(core, CURATOR, 2026, achinsk)
    assert _sheet(own, texts)[0]["4."] == kept
    region = await reports.consolidated_report(core, REGIONAL, 2026, DRAFTS)
    form = openpyxl.load_workbook(BytesIO(report_forms.report_xlsx(texts, region)))["Сводный"]
    told = [row[1::2] for row in form.iter_rows(values_only=True) if not row[0] and row[1]]
    links = "https://disk.yandex.ru/d/first\nhttps://cloud.mail.ru/public/second"
    assert told == [
        ("Ачинск", "Школа № 5 — 3\nГазета — 1"),
        ("Ачинск", links),
        ("Ачинск", kept),
        ("Ачинский район", "нет"),
    ]


async def test_signature_lines(
    core: Core, places: dict[str, int], russian: Speech, texts: Texts
) -> None:
    achinsk = places["achinsk"]
    await give_role(core, 60, Role.CURATOR, achinsk)
    report = await reports.appendix2(core, CURATOR, 2026, achinsk)
    assert (report.coordinator, report.curator) == (None, None)
    assert "нет имён координатора и куратора" in caption(russian, report)
    for account, name in (
        (COORDINATOR, "Орлова Анна Ивановна"),
        (CURATOR, "Иванова Мария Петровна"),
        (Account(60), "Сидоров Пётр Ильич"),
        (REGIONAL, "Краевой Координатор"),
        (REGIONAL_CURATOR, "Краевой Куратор"),
    ):
        await signatures.set_signature(core, account, name, "8 (39151) 7-21-11")

    words = _sheet(await reports.appendix2(core, COORDINATOR, 2026, achinsk), texts)[1]
    assert "Орлова Анна Ивановна" in words
    assert "Иванова Мария Петровна, +7 391 517-21-11" in words
    # Who makes the report signs it.
    words = _sheet(await reports.appendix2(core, Account(60), 2026, achinsk), texts)[1]
    assert "Сидоров Пётр Ильич, +7 391 517-21-11" in words
    assert "Иванова" not in words
    consolidated = await reports.consolidated_report(core, REGIONAL, 2026, DRAFTS)
    book = openpyxl.load_workbook(BytesIO(report_forms.report_xlsx(texts, consolidated)))
    signed = {
        sheet.title: [row[2] for row in list(sheet.iter_rows(values_only=True))[-4::2]]
        for sheet in (book["Сводный"], book["Ачинск"], book["Канск"])
    }
    assert signed == {
        "Сводный": ["Краевой Координатор", "Краевой Куратор, +7 391 517-21-11"],
        "Ачинск": ["Орлова Анна Ивановна", "Иванова Мария Петровна, +7 391 517-21-11"],
        "Канск": [None, None],
    }
    assert "Внизу нет" not in caption(russian, consolidated.region)


async def test_the_caption_says_what_is_in_it(
    core: Core, places: dict[str, int], russian: Speech, texts: Texts
) -> None:
    report = await reports.appendix2(core, CURATOR, 2026, places["achinsk"])
    assert file_name(russian, report) == "Приложение 2 — Ачинск — 2026.xlsx"
    assert caption(russian, report).split("\n") == [
        "<b>Приложение 2 · Ачинск · 2026</b>",
        "Встреч <b>6</b>: со школьниками 4, с родителями 1, с работодателями 1",
        "Участников <b>75</b>: 7–11 классы 34, родители 18, работодатели 11, остальные 12",
        "",
        "⚠️ Не подтверждено, что встреча была: 1. Пока не посчитаны.",
        "«Ещё не подтвердили» (ср 20 мая 2026)",
        "⚠️ Никто не отмечен: 1. Посчитаны встречи, но не люди.",
        "«Никого не отметили» (пн 1 июн 2026)",
        "",
        "Кто был на трёх встречах, посчитан три раза. Разных людей из записавшихся: 3",
        "Были и ученики 5–6 классов: 3. В форме для них нет строки.",
        "Встречи, которые не идут в отчёт: 1, на них людей: 8",
        "Внизу нет имён координатора и куратора. Их вносят сами: «Отчёт», «Подписи».",
    ]
    english = texts.speak("en", core.clock.now(), KRASNOYARSK)
    assert "Participants <b>75</b>" in caption(english, report)


async def test_a_caption_has_room_for_what_matters(
    core: Core, places: dict[str, int], russian: Speech, texts: Texts
) -> None:
    for status in (MeetingStatus.PUBLISHED, HELD):
        for number in range(30):
            await _meeting(
                core,
                places["kansk"],
                datetime(2026, 2, 1, 12, number, tzinfo=LOCAL),
                {},
                status=status,
                title=f"{number} <&> " + "🌉" * 110,
            )
    report = await reports.appendix2(core, REGIONAL, 2026, places["kansk"])
    text = caption(russian, report)
    shown = unescape(text.replace("<b>", "").replace("</b>", ""))
    assert len(shown.encode("utf-16-le")) // 2 <= 900
    assert "была: 30. Пока не посчитаны.\n«0 <&> 🌉" in shown
    assert "и ещё 27" in shown
    assert "«29 <&> 🌉" in _sheet(report, texts)[1]


async def test_who_brought_a_group_and_did_not_come_is_nobody(
    core: Core, places: dict[str, int]
) -> None:
    meeting = await _meeting(
        core, places["kansk"], datetime(2026, 6, 1, 5, tzinfo=UTC), {Category.GRADE_9: 27}
    )
    teacher = await make_person(core, 70, category=Category.OTHER)
    await sign_up_someone(core, meeting, teacher, Category.GRADE_9, came=27)
    async with core.db.write() as session:
        await session.execute(update(RegistrationLine).values(is_own=False, seats=27))
    report = await reports.appendix2(core, REGIONAL, 2026, places["kansk"])
    assert (report.people_in_form, report.unique_people) == (27, 0)
