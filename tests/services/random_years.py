"""Random years of three municipalities, and what plain Python counts in them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot.clock import MovableClock
from bot.models import Headcount, Meeting, Municipality, OrganisationName, ReportVersion
from bot.services.core import Core
from bot.vocabulary import Audience, Category, MeetingStatus, Role
from tests.services.factory import give_role, make_meeting, make_region

NOW = datetime(2027, 1, 1, 3, tzinfo=UTC)  # 10:00 on New Year's Day in Krasnoyarsk
PLACES = {"Ачинск": "Asia/Krasnoyarsk", "Канск": "Asia/Omsk", "Ачинский район": "Asia/Tokyo"}
MERGED = "Ачинский район"  # on 1 July 2025: in the forms of 2024 and 2025, then only if it met
ORGANISATIONS = ["", "Школа", "школа ", "Лицей № 1", "Газета"]
COUNTED_AS = {"лицей № 1": "школа"}
"""What somebody in Ачинск decided; nobody elsewhere decided anything."""
DECIDED_IN = "Ачинск"
ROWS: dict[str, set[Audience | Category]] = {
    "1.1.": {Audience.STUDENTS},
    "1.2.": {Audience.PARENTS},
    "1.3.": {Audience.EMPLOYERS},
    **{f"2.1.{place}.": {Category.of_grade(6 + place)} for place in range(1, 6)},
    "2.2.": {Category.PARENT},
    "2.3.1.": {Category.HEAD},
    "2.3.2.": {Category.EMPLOYEE},
    "2.4.": {Category.UNIVERSITY},
    "2.5.": {Category.JOB_CENTRE},
    "2.6.": {Category.YOUTH_CENTRE},
    "2.7.": {Category.EXTRA_EDUCATION},
    "2.8.": {Category.CULTURE},
    "2.9.": {Category.SOCIAL},
    "2.10.": {Category.VOLUNTEER},
    "2.11.": {Category.OTHER},
}
IN_FORM = set(Category) - {Category.GRADE_5, Category.GRADE_6}
ROWS |= {
    "1.": set(Audience),
    "2.": set(IN_FORM),
    "2.1.": {each for each in IN_FORM if each.is_pupil},
    "2.3.": {Category.HEAD, Category.EMPLOYEE},
}


@dataclass(frozen=True)
class Event:
    """A meeting, and who came."""

    place: str
    starts_at: datetime
    audience: Audience
    status: MeetingStatus
    counts_in_form: bool
    came: dict[tuple[Category, str], int]
    outside: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it is over and the form counts it, once somebody confirms it."""
        return self.counts_in_form and self.starts_at + timedelta(minutes=90) <= NOW

    @property
    def local_year(self) -> int:
        """The year in which it begins where it is held."""
        return self.starts_at.astimezone(ZoneInfo(PLACES[self.place])).year

    @property
    def year(self) -> int | None:
        """The year that it counts in."""
        held = self.status is MeetingStatus.HELD and self.is_over
        return self.local_year if held else None


midnights = st.builds(
    lambda year, minutes: datetime(year, 12, 31, 17, tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from([2023, 2024, 2025, 2026]),
    st.sampled_from([-121, -120, -119, -1, 0, 1, 59, 60, 61, 420]),
)
days = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 30)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
events = st.builds(
    Event,
    place=st.sampled_from(list(PLACES)),
    starts_at=midnights | days,
    audience=st.sampled_from(Audience),
    status=st.sampled_from([MeetingStatus.HELD] * 4 + [*MeetingStatus]),
    counts_in_form=st.sampled_from([True, True, True, False]),
    came=st.dictionaries(
        st.tuples(
            st.sampled_from([*Category] + [Category.OTHER] * 8), st.sampled_from(ORGANISATIONS)
        ),
        st.integers(1, 99),
        max_size=6,
    ),
    outside=st.booleans(),
)
years = st.lists(events, max_size=8)


# The last minute of a year and the first of the next, in each municipality's own time.
MIDNIGHTS = [
    Event(
        place,
        datetime(year, 1, 1, tzinfo=ZoneInfo(timezone)) - timedelta(minutes=before),
        audience,
        MeetingStatus.HELD,
        counts_in_form=True,
        came={(Category.GRADE_9, ""): 1 + before, (Category.OTHER, "Школа"): year - 2000},
    )
    for year in (2024, 2025, 2026)
    for before, audience in enumerate((Audience.STUDENTS, Audience.PARENTS))
    for place, timezone in PLACES.items()
]
# What the form does not count, what waits for a word, and names that are one by decision.
MIDNIGHTS += [
    Event(
        DECIDED_IN,
        datetime(2026, 5, 5, 5, tzinfo=UTC),
        Audience.STUDENTS,
        status,
        counts_in_form=counts,
        came={(Category.OTHER, "Лицей № 1"): 3, (Category.OTHER, "школа "): 4},
        outside=counts,
    )
    for status in (MeetingStatus.HELD, MeetingStatus.PUBLISHED)
    for counts in (True, False)
]


async def make_places(core: Core, clock: MovableClock, account_id: int) -> dict[str, int]:
    """Store three municipalities of three time zones, of which one was merged into another, and a
    regional coordinator; return their ids by name."""
    clock.move_to(NOW)
    codes = await make_region(core)
    await give_role(core, account_id, Role.REGIONAL_COORDINATOR)
    async with core.db.write() as session:
        stored = {one.name: one for one in await session.scalars(select(Municipality))}
        for name, timezone in PLACES.items():
            stored[name].timezone = timezone
        stored[MERGED].valid_until = date(2025, 7, 1)
        stored[MERGED].merged_into_id = codes["achinsk"]
    return {name: one.id for name, one in stored.items()}


async def hold(core: Core, places: dict[str, int], year: Sequence[Event]) -> None:
    """Store these meetings and the decision about names in place of all that is stored."""
    async with core.db.write() as session:
        for table in (Meeting, OrganisationName, ReportVersion):
            await session.execute(delete(table))
        session.add_all(
            OrganisationName(
                municipality_id=places[DECIDED_IN],
                name=name,
                counted_as=counted_as,
                decided_at=NOW,
            )
            for name, counted_as in COUNTED_AS.items()
        )
    for event in year:
        meeting_id = await make_meeting(
            core,
            places[event.place],
            starts_at=event.starts_at,
            audience=event.audience,
            status=event.status,
            counts_in_form=event.counts_in_form,
            outside=event.outside,
        )
        async with core.db.write() as session:
            session.add_all(
                Headcount(
                    meeting_id=meeting_id,
                    category=category,
                    organisation=organisation,
                    people=people,
                )
                for (category, organisation), people in event.came.items()
            )


def counted_in(
    events: Sequence[Event], year: int, places: Collection[str]
) -> Counter[Audience | Category]:
    """Count meetings by audience and people by category, grades outside the form included."""
    counted: Counter[Audience | Category] = Counter()
    for event in events:
        if event.place in places and event.year == year:
            counted[event.audience] += 1
            for (category, _), people in event.came.items():
                counted[category] += people
    return counted


def expected(events: Sequence[Event], year: int, places: Collection[str]) -> dict[str, int]:
    """Return every number of the form."""
    counted = counted_in(events, year, places)
    return {row: sum(counted[each] for each in added) for row, added in ROWS.items()}


def organisations_in(events: Sequence[Event], year: int, place: str) -> Counter[str]:
    """Count row 2.11 of a municipality by organisation, in small letters without spaces around."""
    decided = COUNTED_AS if place == DECIDED_IN else {}
    found: Counter[str] = Counter()
    for event in events:
        if event.place == place and event.year == year:
            for (category, written), people in event.came.items():
                if category is Category.OTHER:
                    name = written.lower().strip()
                    found[decided.get(name, name)] += people
    return found
