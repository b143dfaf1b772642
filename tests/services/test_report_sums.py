"""Whatever a year held, an independent calculation equals every number of every sheet."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import delete, select

from bot.clock import MovableClock
from bot.i18n import Texts
from bot.models import Headcount, Meeting, Municipality
from bot.report_forms import report_xlsx
from bot.services import reports
from bot.services.core import Account, Core
from bot.vocabulary import Audience, Category, MeetingStatus, ReportSource, Role
from tests.services.factory import give_role, make_meeting, make_region

DRAFTS = ReportSource.DRAFTS

NOW = datetime(2027, 1, 1, 3, tzinfo=UTC)  # 10:00 on New Year's Day in Krasnoyarsk
REGIONAL = Account(5)
PLACES = {"Ачинск": "Asia/Krasnoyarsk", "Канск": "Asia/Omsk", "Ачинский район": "Asia/Tokyo"}
MERGED = "Ачинский район"  # on 1 July 2025: in the forms of 2024 and 2025, then only if it met
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
COMPARED = ("1.", "1.1.", "1.2.", "1.3.", "2.", "2.1.", "2.2.", "2.3.")


@dataclass(frozen=True)
class Event:
    """A meeting, and who came."""

    place: str
    starts_at: datetime
    audience: Audience
    status: MeetingStatus
    counts_in_form: bool
    came: dict[tuple[Category, str], int]

    @property
    def year(self) -> int | None:
        """The year that it counts in."""
        held = self.status is MeetingStatus.HELD and self.starts_at + timedelta(minutes=90) <= NOW
        zone = ZoneInfo(PLACES[self.place])
        return self.starts_at.astimezone(zone).year if held and self.counts_in_form else None


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
        st.tuples(st.sampled_from(Category), st.sampled_from(["", "Школа"])),
        st.integers(1, 99),
        max_size=6,
    ),
)


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


@pytest.fixture
async def places(core: Core, clock: MovableClock) -> dict[str, int]:
    """Three municipalities of three time zones; one was merged into another."""
    clock.move_to(NOW)
    codes = await make_region(core)
    await give_role(core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    async with core.db.write() as session:
        stored = {one.name: one for one in await session.scalars(select(Municipality))}
        for name, timezone in PLACES.items():
            stored[name].timezone = timezone
        stored[MERGED].valid_until = date(2025, 7, 1)
        stored[MERGED].merged_into_id = codes["achinsk"]
    return {name: one.id for name, one in stored.items()}


@example(year=MIDNIGHTS)
@given(year=st.lists(events, max_size=8))
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_an_independent_calculation_equals_every_number(
    core: Core, places: dict[str, int], year: list[Event]
) -> None:
    await _hold(core, places, year)
    shown = {
        2024: {*PLACES},
        2025: {*PLACES},
        2026: {*PLACES} - {MERGED} | {each.place for each in year if each.year == 2026},
    }
    texts = Texts()
    report = await reports.consolidated_report(core, REGIONAL, 2026, DRAFTS)
    book = openpyxl.load_workbook(BytesIO(report_xlsx(texts, report)), data_only=True)
    assert set(book.sheetnames) == {"Сводный", "Статус", "Сравнение", "Примечания"} | shown[2026]
    assert _numbers(book["Сводный"]) == _expected(year, 2026, set(PLACES))
    for place in shown[2026]:
        assert _numbers(book[place]) == _expected(year, 2026, {place})
    for place in set(PLACES) - {MERGED}:
        own = await reports.appendix2(core, REGIONAL, 2026, places[place])
        alone = openpyxl.load_workbook(BytesIO(report_xlsx(texts, own)), data_only=True)
        assert _numbers(alone["Приложение 2"]) == _expected(year, 2026, {place})
    rows = list(book["Сравнение"].iter_rows(min_row=5, values_only=True))
    assert {str(row[0]) for row in rows} == {*PLACES, "Всего"}
    for name, *numbers in rows:
        assert numbers == [
            None
            if name in PLACES and name not in shown[each]
            else _compared(year, each, {str(name)} & set(PLACES) or set(PLACES), row)
            for row in (*COMPARED, "others")
            for each in shown
        ]


async def _hold(core: Core, places: dict[str, int], year: list[Event]) -> None:
    async with core.db.write() as session:
        await session.execute(delete(Meeting))
    for event in year:
        meeting_id = await make_meeting(
            core,
            places[event.place],
            starts_at=event.starts_at,
            audience=event.audience,
            status=event.status,
            counts_in_form=event.counts_in_form,
        )
        async with core.db.write() as session:
            for (category, organisation), people in event.came.items():
                session.add(
                    Headcount(
                        meeting_id=meeting_id,
                        category=category,
                        organisation=organisation,
                        people=people,
                    )
                )


def _expected(events: list[Event], year: int, places: set[str]) -> dict[str, int]:
    counted: Counter[Audience | Category] = Counter()
    for event in events:
        if event.place in places and event.year == year:
            counted[event.audience] += 1
            for (category, _), people in event.came.items():
                counted[category] += people
    return {row: sum(counted[each] for each in added) for row, added in ROWS.items()}


def _compared(events: list[Event], year: int, places: set[str], row: str) -> int:
    rows = _expected(events, year, places)
    return rows["2."] - rows["2.1."] - rows["2.2."] - rows["2.3."] if row == "others" else rows[row]


def _numbers(sheet: Worksheet) -> dict[str, int]:
    rows = {str(row[0]): row[3] for row in sheet.iter_rows(values_only=True) if row[0]}
    return {row: int(str(rows[row])) for row in ROWS}
