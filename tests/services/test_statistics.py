"""Statistics equal what plain Python counts on random meetings; who may see which of them."""

import random
import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovableClock
from bot.errors import Forbidden, NotFound, Refused
from bot.models import (
    Feedback,
    Headcount,
    Meeting,
    Municipality,
    Registration,
    RegistrationLine,
    StaffRole,
)
from bot.rules import Period, half_year, quarter, whole_year
from bot.services import reports, statistics
from bot.services.core import Account, Core
from bot.services.period_counting import Ahead, Turnout
from bot.services.statistic_facts import (
    People,
    Picture,
    Ranked,
    Ratings,
    ShowedUp,
    TwoYears,
    Visits,
)
from bot.vocabulary import (
    Audience,
    Category,
    Format,
    MeetingStatus,
    Mode,
    MunicipalityKind,
    RegistrationStatus,
    ReportSource,
    Role,
)
from tests.services.factory import KRASNOYARSK, give_role, make_person, make_region

DRAFTS = ReportSource.DRAFTS

CURATOR, ORGANISER, REGIONAL, STRANGER = (Account(each) for each in range(2, 6))
NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
ZONES = {"achinsk": KRASNOYARSK, "kansk": KRASNOYARSK, "west": "Asia/Omsk"}
YEAR = whole_year(2026)
PERIODS = [
    YEAR, half_year(2026, 1), quarter(2025, 4),
    Period(date(2025, 12, 31), date(2026, 1, 1)), Period(date(2026, 2, 28), date(2026, 2, 28)),
]  # fmt: skip


@dataclass
class Told:
    """A meeting as the test itself remembers it."""

    place: str
    starts_at: datetime
    status: MeetingStatus
    in_form: bool
    format: Format
    maker: int
    people: dict[Category, int] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    ratings: list[tuple[int, bool]] = field(default_factory=list)

    @property
    def day(self) -> date:
        return self.starts_at.astimezone(ZoneInfo(ZONES[self.place])).date()


@pytest.fixture
async def world(core: Core, clock: MovableClock) -> dict[str, int]:
    """Three municipalities, one of them two hours behind, and their staff."""
    clock.move_to(NOW)
    places = await make_region(core)
    async with core.db.write() as session:
        west = Municipality(
            region_id=1, code="west", name="Западный округ", genitive="Западного округа",
            kind=MunicipalityKind.MUNICIPAL_OKRUG, timezone="Asia/Omsk",
        )  # fmt: skip
        session.add(west)
        await session.flush()
        places["west"] = west.id
    await give_role(core, CURATOR.id, Role.CURATOR, places["achinsk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, places["achinsk"])
    await give_role(core, REGIONAL.id, Role.REGIONAL_CURATOR)
    await make_person(core, STRANGER.id)
    return places


@pytest.fixture
async def told(core: Core, world: dict[str, int]) -> list[Told]:
    """Two years of random meetings; many of them stand around midnight, months and New Year."""
    dice = random.Random(20261120)  # noqa: S311
    visitors = [await make_person(core, 100 + number) for number in range(6)]
    told = [_roll(dice, visitors) for _ in range(120)]
    await _store(core, world, told)
    return told


def _roll(dice: random.Random, visitors: list[int]) -> Told:
    edge = dice.choice(
        [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC),
         datetime(2025, 10, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)]
    )  # fmt: skip
    if dice.random() < 0.4:  # local midnight is 17:00 the day before in Krasnoyarsk, 18:00 in Omsk
        starts_at = edge - timedelta(hours=7.5) + timedelta(minutes=30 * dice.randrange(7))
    else:
        starts_at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * dice.randrange(70000))
    held = dice.random() < 0.85
    one = Told(
        place=dice.choice([*ZONES]),
        starts_at=starts_at,
        status=MeetingStatus.HELD if held else MeetingStatus.PUBLISHED,
        in_form=dice.random() < 0.85,
        format=dice.choice([Format.NETWORKING, Format.SEMINAR, Format.SEMINAR, Format.EXCURSION]),
        maker=dice.choice([1, 2]),  # the curator, the organiser
    )
    some = dice.sample([*Category], dice.randrange(5))
    one.people = {each: dice.randrange(1, 30) for each in some}
    for person in dice.sample([*visitors, None], dice.randrange(5)):
        ahead = timedelta(
            days=dice.choice([0, 0, 1, 3, 4, 7, 8, 14, 15, 40]), minutes=dice.randrange(3)
        )
        came = dice.choice([None, 0, 1, 1])
        active = dice.random() < 0.9
        one.lines.append(
            {"person": person, "ahead": ahead, "active": active, "came": came, "own": True,
             "category": dice.choice([*Category]), "seats": 1}
        )  # fmt: skip
        if dice.random() < 0.4:
            more = {"own": False, "category": Category.GRADE_9, "seats": dice.randrange(2, 20)}
            one.lines.append(one.lines[-1] | more | {"came": dice.choice([None, 0, 3, 25])})
    one.ratings = [(dice.randrange(1, 6), dice.random() < 0.5) for _ in range(dice.randrange(3))]
    return one


async def _store(core: Core, places: dict[str, int], told: list[Told]) -> None:
    numbers = count(1)
    meetings, registrations, rest = [], [], []
    for one in told:
        meeting = next(numbers)
        meetings.append(
            Meeting(
                id=meeting,
                municipality_id=places[one.place],
                token=secrets.token_urlsafe(12),
                title="Встреча",
                starts_at=one.starts_at,
                ends_at=one.starts_at + timedelta(hours=1),
                status=one.status,
                held_at=NOW if one.status is MeetingStatus.HELD else None,
                counts_in_form=one.in_form,
                format=one.format,
                mode=Mode.IN_PERSON,
                audience=Audience.STUDENTS,
                created_at=NOW,
                published_at=NOW,
                created_by_id=one.maker,
            )
        )
        for category, people in one.people.items():
            # In two organisations, as far as there are two people.
            halves = {"А": people // 2, "Б": people - people // 2}
            rest += [
                Headcount(meeting_id=meeting, category=category, organisation=name, people=half)
                for name, half in halves.items()
                if half
            ]
        for line in one.lines:
            if line["own"]:
                registration = next(numbers)
                registrations.append(
                    Registration(
                        id=registration,
                        token=secrets.token_urlsafe(12),
                        meeting_id=meeting,
                        person_id=line["person"],
                        code=f"A{registration}",
                        created_at=one.starts_at - line["ahead"],
                        status=RegistrationStatus("active" if line["active"] else "cancelled"),
                        cancelled_at=None if line["active"] else NOW,
                    )
                )
            rest.append(
                RegistrationLine(
                    registration_id=registration,
                    category=line["category"],
                    seats=line["seats"],
                    came=line["came"],
                    marked_at=None if line["came"] is None else NOW,
                    is_own=line["own"],
                )
            )
        for rating, unnamed in one.ratings:
            # Without a name it counts; else for somebody whom nobody has marked, and does not.
            unmarked = next(numbers)
            registrations.append(
                Registration(
                    id=unmarked,
                    token=secrets.token_urlsafe(12),
                    meeting_id=meeting,
                    code=f"A{unmarked}",
                    created_at=one.starts_at,
                    status=RegistrationStatus.CANCELLED,
                    cancelled_at=NOW,
                )
            )
            rest.append(
                Feedback(
                    meeting_id=meeting,
                    rating=rating,
                    created_at=NOW,
                    answered_by=f"{unmarked}" if unnamed else None,
                    registration_id=None if unnamed else unmarked,
                )
            )
    async with core.db.write() as session:
        for rows in (meetings, registrations, rest):
            session.add_all(rows)
            await session.flush()


def _counted(told: list[Told], period: Period, place: str | None, maker: int | None) -> list[Told]:
    return [
        one
        for one in told
        if one.status is MeetingStatus.HELD
        and one.in_form
        and one.starts_at + timedelta(hours=1) <= NOW
        and period.first <= one.day <= period.last
        and place in {None, one.place}
        and maker in {None, one.maker}
    ]


VIEWS = [(CURATOR, "achinsk", None), (ORGANISER, "achinsk", 2), (REGIONAL, "west", None),
         (REGIONAL, None, None)]  # fmt: skip


async def test_every_number_is_what_plain_python_counts(
    core: Core, world: dict[str, int], told: list[Told]
) -> None:
    for account, place, maker in VIEWS:
        for period in PERIODS:
            counted = _counted(told, period, place, maker)
            before = _counted(told, period.year_before, place, maker)
            where = None if place is None else world[place]

            async def look(picture: Picture) -> Any:
                looked = await statistics.look_at(core, account, where, picture, period)  # noqa: B023
                assert looked.own == (maker is not None)  # noqa: B023
                return looked.facts

            people: Counter[Category] = Counter()
            for one in counted:
                people.update(one.people)
            assert await look(Picture.CATEGORIES) == People(len(counted), dict(people))
            months = {
                (month.first.year, month.first.month): (month.meetings, month.people)
                for month in await look(Picture.MONTHS)
                if month.meetings
            }
            assert months == _months(counted)
            years = await look(Picture.YEARS)
            assert isinstance(years, TwoYears)
            assert dict(years.this_year) == _days(counted)
            assert dict(years.last_year) == _days(before)
            assert await look(Picture.TURNOUT) == ShowedUp(
                _turnout(counted, lambda line: line["category"]), _turnout(counted, _ahead)
            )
            _check_ratings(await look(Picture.RATINGS), counted)
            assert await look(Picture.AGAIN) == _visits(counted)
            if place is None:
                assert _ranking(await look(Picture.RANKING)) == _plain_ranking(counted)


def _months(counted: list[Told]) -> dict[tuple[int, int], tuple[int, int]]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for one in counted:
        meetings, people = found.get((one.day.year, one.day.month), (0, 0))
        more = sum(one.people.values())
        found[one.day.year, one.day.month] = (meetings + 1, people + more)
    return found


def _days(counted: list[Told]) -> dict[date, int]:
    found: Counter[date] = Counter()
    for one in counted:
        found[one.day] += sum(one.people.values())
    return dict(found)


def _ahead(line: dict[str, Any]) -> Ahead:
    days = line["ahead"].days
    if days < 1:
        return Ahead.LAST_DAY
    if days < 4:
        return Ahead.DAYS
    if days < 8:
        return Ahead.WEEK
    return Ahead.FORTNIGHT if days < 15 else Ahead.LONGER


def _turnout(counted: list[Told], key: Any) -> dict[Any, Turnout]:
    found: dict[Any, Turnout] = {}
    for one in counted:
        for line in one.lines if one.people else ():
            if line["active"]:
                so_far = found.get(key(line), Turnout(0, 0))
                came = min(line["came"] or 0, line["seats"])
                found[key(line)] = Turnout(so_far.signed_up + line["seats"], so_far.came + came)
    return found


def _visits(counted: list[Told]) -> Visits:
    times: Counter[int] = Counter()
    for one in counted:
        came = {line["person"] for line in one.lines if line["own"] and line["came"]}
        times.update(came - {None})
    often = sum(number >= 3 for number in times.values())
    return Visits([*times.values()].count(1), [*times.values()].count(2), often)


def _check_ratings(found: Ratings, counted: list[Told]) -> None:
    by_format: defaultdict[Format, list[int]] = defaultdict(list)
    for one in counted:
        by_format[one.format] += [rating for rating, unnamed in one.ratings if unnamed]
    whole = [rating for ratings in by_format.values() for rating in ratings]
    assert found.answers == len(whole)
    distribution = tuple(whole.count(rating) for rating in range(1, 6))
    assert found.ratings == (distribution if len(whole) >= 5 else ())
    for each, rated in found.by_format.items():
        assert rated.answers == len(by_format[each]) >= 5
        assert rated.average == pytest.approx(sum(by_format[each]) / rated.answers)
    shown = sum(rated.answers for rated in found.by_format.values())
    assert len(whole) - shown not in range(1, 5) or not found.by_format
    assert (found.together.answers if found.together else 0) in {len(whole) - shown, 0}


def _ranking(found: Ranked) -> list[tuple[str, int, int]]:
    for place in found.places:
        assert sum(place.by_month) == place.people
    return [(place.name, place.meetings, place.people) for place in found.places]


def _plain_ranking(counted: list[Told]) -> list[tuple[str, int, int]]:
    names = {"achinsk": "Ачинск", "kansk": "Канск", "west": "Западный округ"}
    found = []
    for place, name in names.items():
        here = [one for one in counted if one.place == place]
        if here:
            found.append((name, len(here), sum(sum(one.people.values()) for one in here)))
    return sorted(found, key=lambda row: (-row[2], -row[1], row[0]))


async def test_statistics_and_the_report_count_the_same(
    core: Core, world: dict[str, int], told: list[Told]
) -> None:
    for account, place in (
        (CURATOR, world["achinsk"]),
        (REGIONAL, world["west"]),
        (REGIONAL, None),
    ):
        for year in (2025, 2026):
            report = (
                (await reports.consolidated_report(core, account, year, DRAFTS)).region
                if place is None
                else await reports.appendix2(core, account, year, place)
            )
            looked = await statistics.look_at(
                core, account, place, Picture.CATEGORIES, whole_year(year)
            )
            assert isinstance(looked.facts, People)
            assert looked.facts.meetings == report.meetings_in_form
            assert looked.facts.by_category == report.people.by_category


async def test_last_year_up_to_the_same_day(core: Core, world: dict[str, int]) -> None:
    days = {
        datetime(2025, 11, 20, 10, tzinfo=UTC): 5,
        datetime(2025, 11, 20, 17, tzinfo=UTC): 70,  # midnight of the 21st
        datetime(2026, 11, 19, 10, tzinfo=UTC): 8,
    }
    told = [
        Told("achinsk", day, MeetingStatus.HELD, True, Format.OTHER, 1, {Category.PARENT: people})
        for day, people in days.items()
    ]
    await _store(core, world, told)
    looked = await statistics.look_at(core, CURATOR, world["achinsk"], Picture.YEARS)
    assert isinstance(looked.facts, TwoYears)
    assert (looked.period, looked.where.today) == (YEAR, date(2026, 11, 20))
    assert (looked.facts.until, looked.facts.by_now) == (date(2026, 11, 20), 5)
    assert looked.facts.last_year == ((date(2025, 11, 20), 5), (date(2025, 11, 21), 70))


async def test_this_year_begins_by_the_clock_of_the_place(
    core: Core, clock: MovableClock, world: dict[str, int]
) -> None:
    clock.move_to(datetime(2026, 12, 31, 17, 30, tzinfo=UTC))
    krasnoyarsk, omsk = [
        await statistics.look_at(core, REGIONAL, world[name], Picture.MONTHS)
        for name in ("kansk", "west")
    ]
    assert (krasnoyarsk.period, omsk.period) == (whole_year(2027), whole_year(2026))


async def test_who_may_look(core: Core, world: dict[str, int]) -> None:
    achinsk, kansk = world["achinsk"], world["kansk"]
    for account, place in (
        (CURATOR, kansk), (CURATOR, None), (ORGANISER, kansk), (ORGANISER, None),
        (STRANGER, achinsk), (STRANGER, None), (Account(1), achinsk), (Account(99), None),
    ):  # fmt: skip
        for picture in Picture:
            with pytest.raises(Forbidden):
                await statistics.look_at(core, account, place, picture)
    for account in (STRANGER, Account(1), Account(99)):
        with pytest.raises(Forbidden):
            await statistics.find_statistics_places(core, account, "ачи")
    for picture in (Picture.RANKING, Picture.MAP):
        with pytest.raises(NotFound):
            await statistics.look_at(core, REGIONAL, achinsk, picture)
    with pytest.raises(NotFound):
        await statistics.look_at(core, REGIONAL, 12345, Picture.MONTHS)
    async with core.db.write() as session:
        (await session.get_one(StaffRole, 1)).revoked_at = NOW
    with pytest.raises(Forbidden):
        await statistics.look_at(core, CURATOR, achinsk, Picture.MONTHS)


async def test_whose_statistics_one_chooses_from(core: Core, world: dict[str, int]) -> None:
    async def names(account: Account, letters: str = "") -> tuple[bool, list[str]]:
        found = await statistics.find_statistics_places(core, account, letters)
        return found.by_letters, [place.name for place in found.found]

    assert await names(CURATOR, "канск") == (False, ["Ачинск"])
    assert await names(ORGANISER) == (False, ["Ачинск"])
    assert await names(REGIONAL) == (True, [])
    assert await names(REGIONAL, "ачин") == (True, ["Ачинск", "Ачинский район"])


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2026, 5, 1), date(2026, 4, 30)),
        Period(date(2017, 12, 31), date(2018, 5, 1)),
        Period(date(2026, 11, 21), date(2026, 12, 31)),
        Period(date(2026, 1, 1), date(2027, 1, 1)),
        Period(date(2024, 1, 1), date(2026, 1, 1)),
    ],
)
async def test_no_statistics_of_such_a_period(
    core: Core, world: dict[str, int], period: Period
) -> None:
    with pytest.raises(Refused, match="stats-no-such-period"):
        await statistics.look_at(core, CURATOR, world["achinsk"], Picture.MONTHS, period)
