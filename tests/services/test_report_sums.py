"""Whatever a year held, an independent calculation equals every number of every sheet."""

from collections import Counter
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import delete

from bot.clock import MovableClock
from bot.i18n import Texts
from bot.models import Meeting, OrganisationName
from bot.report_forms import report_xlsx
from bot.services import reports
from bot.services.core import Account, Core
from bot.services.report_counting import FormFacts
from bot.vocabulary import ReportSource, ReportStatus
from tests.services.factory import make_version
from tests.services.random_years import (
    MERGED,
    MIDNIGHTS,
    PLACES,
    ROWS,
    Event,
    expected,
    hold,
    make_places,
    organisations_in,
    years,
)

DRAFTS = ReportSource.DRAFTS

REGIONAL = Account(5)
COMPARED = ("1.", "1.1.", "1.2.", "1.3.", "2.", "2.1.", "2.2.", "2.3.")


@pytest.fixture
async def places(core: Core, clock: MovableClock) -> dict[str, int]:
    """Three municipalities of three time zones; one was merged into another."""
    return await make_places(core, clock, REGIONAL.id)


@example(year=MIDNIGHTS)
@given(year=years)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_an_independent_calculation_equals_every_number(
    core: Core, places: dict[str, int], year: list[Event]
) -> None:
    await hold(core, places, year)
    shown = {
        2024: {*PLACES},
        2025: {*PLACES},
        2026: {*PLACES} - {MERGED} | {each.place for each in year if each.year == 2026},
    }
    texts = Texts()
    report = await reports.consolidated_report(core, REGIONAL, 2026, DRAFTS)
    book = openpyxl.load_workbook(BytesIO(report_xlsx(texts, report)), data_only=True)
    assert set(book.sheetnames) == {"Сводный", "Статус", "Сравнение", "Примечания"} | shown[2026]
    assert _numbers(book["Сводный"]) == expected(year, 2026, set(PLACES))
    for place in shown[2026]:
        assert _numbers(book[place]) == expected(year, 2026, {place})
    for place in set(PLACES) - {MERGED}:
        own = await reports.appendix2(core, REGIONAL, 2026, places[place])
        alone = openpyxl.load_workbook(BytesIO(report_xlsx(texts, own)), data_only=True)
        assert _numbers(alone["Приложение 2"]) == expected(year, 2026, {place})
        assert _listed(own) == organisations_in(year, 2026, place)
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


@example(year=MIDNIGHTS)
@given(year=years)
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_what_was_accepted_stays_what_it_was(
    core: Core, places: dict[str, int], year: list[Event]
) -> None:
    await hold(core, places, year)
    accepted = {"Ачинск"}
    for place in accepted:
        own = await reports.appendix2(core, REGIONAL, 2026, places[place])
        await make_version(core, places[place], own, status=ReportStatus.ACCEPTED)
    async with core.db.write() as session:  # whatever happens to the meetings and names since
        await session.execute(delete(Meeting))
        await session.execute(delete(OrganisationName))
    report = await reports.consolidated_report(core, REGIONAL, 2026, ReportSource.ACCEPTED)
    book = openpyxl.load_workbook(BytesIO(report_xlsx(Texts(), report)), data_only=True)
    assert _numbers(book["Сводный"]) == expected(year, 2026, accepted)
    for place in set(PLACES) - {MERGED}:
        assert _numbers(book[place]) == expected(year, 2026, accepted & {place})
    (form,) = (each for each in report.municipalities if each.name in accepted)
    assert _listed(form) == organisations_in(year, 2026, "Ачинск")


def _compared(events: list[Event], year: int, places: set[str], row: str) -> int:
    rows = expected(events, year, places)
    return rows["2."] - rows["2.1."] - rows["2.2."] - rows["2.3."] if row == "others" else rows[row]


def _listed(form: FormFacts) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, people in form.people.other_organisations:
        found[name.lower().strip()] += people
    assert len(found) == len(form.people.other_organisations)
    return found


def _numbers(sheet: Worksheet) -> dict[str, int]:
    rows = {str(row[0]): row[3] for row in sheet.iter_rows(values_only=True) if row[0]}
    return {row: int(str(rows[row] or 0)) for row in ROWS}
