"""The analysis of a year: its numbers, what names nobody, who may have it, and where it is owed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.deadlines_file import read_deadlines_file
from bot.errors import Forbidden, NotFound, Refused
from bot.models import AnnualReport, Feedback, Headcount, TeamMember
from bot.services import deadline_marks, year_feedback
from bot.services.analysis import Reach, find_owed_analysis, get_analysis
from bot.services.analysis_counting import Triangle
from bot.services.core import Account, Core
from bot.services.organisation_names import key_of
from bot.services.organisations import merge_names
from bot.services.statistic_facts import Rated, Visits
from bot.services.year_feedback import FormatRating
from bot.settings import Settings
from bot.themes import Theme
from bot.vocabulary import (
    Audience,
    Category,
    Format,
    MeetingStatus,
    Mode,
    Role,
    Settled,
    TeamRole,
)
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

CURATOR, OTHER, REGIONAL, ORGANISER, STRANGER = (Account(number) for number in range(11, 16))
NOW = datetime(2026, 12, 10, 5, tzinfo=UTC)
MAY = "https://cloud.mail.ru/may"
PUPIL, PARENT, HEAD, OTHERS = (
    Category.GRADE_9, Category.PARENT, Category.HEAD, Category.OTHER,
)  # fmt: skip


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comments take several pages."""
    monkeypatch.setattr(year_feedback, "PER_PAGE", 4)


@pytest.fixture
async def towns(core: Core, clock: MovableClock) -> dict[str, int]:
    """Ачинск and Канск with a curator each, an organiser, and somebody of the region."""
    clock.move_to(NOW - timedelta(days=300))
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, OTHER.id, Role.CURATOR, towns["kansk"])
    await give_role(core, REGIONAL.id, Role.REGIONAL_CURATOR)
    await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])
    clock.move_to(NOW)
    return towns


async def held(
    core: Core,
    town: int,
    month: int,
    came: dict[tuple[Category, str], int],
    **fields: Any,
) -> int:
    day = datetime(2026, month, 14, 8, tzinfo=UTC)
    meeting = await make_meeting(
        core, town, starts_at=day, **({"status": MeetingStatus.HELD} | fields)
    )
    async with core.db.write() as session:
        for (category, organisation), people in came.items():
            session.add(
                Headcount(
                    meeting_id=meeting,
                    category=category,
                    organisation=organisation,
                    people=people,
                )
            )
    return meeting


async def answers(
    core: Core,
    meeting: int,
    category: Category | None,
    ratings: Sequence[int],
    useful: Sequence[str] = (),
    comment: str = "",
) -> None:
    async with core.db.write() as session:
        for number, rating in enumerate(ratings):
            session.add(
                Feedback(
                    meeting_id=meeting,
                    answered_by=f"{category}{comment}{number}",
                    category=category,
                    rating=rating,
                    useful=[*useful],
                    comment=comment,
                    created_at=NOW,
                )
            )


@pytest.fixture
async def year(core: Core, towns: dict[str, int]) -> dict[str, int]:
    """Three meetings of Ачинск that count, and what does not."""
    place = towns["achinsk"]
    all_three = await held(
        core, place, 3, {(PUPIL, ""): 18, (OTHERS, "Школа № 1"): 2, (PARENT, ""): 5, (HEAD, ""): 2}
    )
    await held(
        core, place, 9, {(PUPIL, ""): 8, (OTHERS, "школа  № 1"): 1, (Category.EMPLOYEE, ""): 1},
        format=Format.EXCURSION, place="центральная библиотека, ул. Ленина, 12",
    )  # fmt: skip
    await held(
        core,
        place,
        9,
        {(PARENT, ""): 3, (OTHERS, "Газета"): 1},
        audience=Audience.PARENTS,
        mode=Mode.ONLINE,
    )
    outside = await held(core, place, 10, {(OTHERS, "Чужая"): 99}, counts_in_form=False)
    await held(core, place, 11, {}, status=MeetingStatus.PUBLISHED)
    await held(core, towns["kansk"], 5, {(PARENT, ""): 6, (OTHERS, "газета"): 1}, photo_link=MAY)
    person = await make_person(core, 100)
    await sign_up_someone(core, all_three, person, PUPIL, came=1)
    await answers(core, all_three, PUPIL, (5, 5, 5, 4, 4, 4), ["people"], "Больше экскурсий")
    await answers(core, all_three, PARENT, (1, 1, 1, 1), ["child"], "Долго")
    await answers(core, all_three, HEAD, (3,), ["contacts", "people"])
    await answers(core, outside, PUPIL, (1,) * 9, ["people"], "Больше экскурсий")
    async with core.db.write() as session:
        for number, (role, came_at) in enumerate(
            [(TeamRole.SPEAKER, NOW), (TeamRole.HOST, None), (TeamRole.HELPER, NOW)]
        ):
            session.add(
                TeamMember(
                    meeting_id=all_three,
                    person_id=number + 1,
                    role=role,
                    category=HEAD,
                    came_at=came_at,
                    joined_at=NOW,
                )
            )
        session.add(
            AnnualReport(
                municipality_id=place,
                year=2026,
                proposals="Летом тоже",
                photo_folder="https://disk.yandex.ru/d/2026",
                updated_at=NOW,
            )
        )
    return towns


async def test_a_years_numbers(core: Core, year: dict[str, int]) -> None:
    found = await get_analysis(core, CURATOR, 2026, year["achinsk"])
    report = found.report
    assert (report.name, report.meetings_in_form, report.people_in_form) == ("Ачинск", 3, 41)
    assert (report.proposals, len(report.attention.unconfirmed)) == ("Летом тоже", 1)
    assert [(each.first.month, each.meetings, each.people) for each in found.months][2:9:6] == [
        (3, 1, 27),
        (9, 2, 14),
    ]
    assert found.triangle == Triangle(all_three=1, two=1)
    assert found.formats == ((Format.NETWORKING, 2), (Format.EXCURSION, 1))
    assert (found.venues, found.organisations, found.speakers) == (1, 2, 1)
    assert found.visits == Visits(1, 0, 0)
    assert found.reach is None


async def test_what_people_said_names_nobody(core: Core, year: dict[str, int]) -> None:
    said = (await get_analysis(core, CURATOR, 2026, year["achinsk"])).opinions
    assert said.answers == 11
    # Four parents and one employer make five others: they are not told apart.
    assert said.by_side == {Audience.STUDENTS: Rated(4.5, 6)}
    assert said.useful == (("people", 7),)
    assert said.formats == (FormatRating(Format.NETWORKING, 11, pytest.approx(34 / 11)),)
    assert said.comments == 10
    # «Долго» stands in four comments: one fewer than is shown.
    assert said.themes == (Theme(("экскурсий",), 6),)


async def test_the_region_sums_its_municipalities(core: Core, year: dict[str, int]) -> None:
    found = await get_analysis(core, REGIONAL, 2026, None)
    assert found.report.municipality_id is None
    assert (found.report.meetings_in_form, found.report.people_in_form) == (4, 48)
    assert sum(month.people for month in found.months) == 48
    assert found.reach == Reach(with_meetings=2, municipalities=3)
    assert (found.organisations, found.opinions.answers) == (2, 11)
    # Every link stands with its municipality; the third has none.
    assert found.photo_links == (
        ("Ачинск", ("https://disk.yandex.ru/d/2026",)),
        ("Канск", (MAY,)),
    )


async def test_names_that_are_one_by_decision_are_one_organisation(
    core: Core, year: dict[str, int]
) -> None:
    gone, stays = key_of("Газета"), key_of("Школа № 1")
    await merge_names(core, CURATOR, year["achinsk"], 2026, gone, stays)
    assert (await get_analysis(core, CURATOR, 2026, year["achinsk"])).organisations == 1
    # Канск has decided nothing about its «газета».
    assert (await get_analysis(core, REGIONAL, 2026, None)).organisations == 2


async def test_an_empty_year(core: Core, towns: dict[str, int]) -> None:
    found = await get_analysis(core, OTHER, 2025, towns["kansk"])
    assert (found.report.meetings_in_form, found.triangle) == (0, Triangle(0, 0))
    assert (found.opinions.answers, found.opinions.themes, found.formats) == (0, (), ())


async def test_who_may_have_it(core: Core, year: dict[str, int]) -> None:
    for account in (OTHER, ORGANISER, STRANGER):
        with pytest.raises(Forbidden):
            await get_analysis(core, account, 2026, year["achinsk"])
    with pytest.raises(Forbidden):
        await get_analysis(core, CURATOR, 2026, None)
    with pytest.raises(Refused):
        await get_analysis(core, CURATOR, 2027, year["achinsk"])
    with pytest.raises(NotFound):
        await get_analysis(core, REGIONAL, 2026, 999)


async def test_where_it_is_owed(core: Core, towns: dict[str, int]) -> None:
    file = Settings.model_fields["deadlines_file"].default
    core = replace(core, deadlines=read_deadlines_file(file))
    place = towns["achinsk"]
    assert await find_owed_analysis(core, CURATOR, 2026, place) == "analysis"
    assert await find_owed_analysis(core, CURATOR, 2024, place) is None  # long over
    for account in (OTHER, REGIONAL, STRANGER):  # not theirs to settle
        assert await find_owed_analysis(core, account, 2026, place) is None
    assert await find_owed_analysis(core, REGIONAL, 2026, None) is None
    await deadline_marks.settle(core, CURATOR, "analysis", 2026, place, Settled.DONE)
    assert await find_owed_analysis(core, CURATOR, 2026, place) is None
