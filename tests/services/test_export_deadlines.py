"""The deadlines as a table: which, how they stand, who settled them; and who may have it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovableClock
from bot.deadlines_file import read_deadlines_file
from bot.errors import Forbidden, Refused
from bot.rules import DeadlineState, Period, whole_year
from bot.services import deadline_marks
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts
from bot.services.export_scope import Wanted
from bot.services.exporting import fetch_page, get_export
from bot.services.proposals import set_proposals
from bot.settings import Settings
from bot.vocabulary import ExportKind, MeetingStatus, Role, Settled
from tests.services.factory import KRASNOYARSK, give_role, make_meeting, make_region

CURATOR, ORGANISER, REGIONAL = Account(11), Account(12), Account(13)
LATE, DONE, OPEN, NOBODY = (
    DeadlineState.LATE, DeadlineState.DONE, DeadlineState.OPEN, DeadlineState.NOBODY,
)  # fmt: skip


@pytest.fixture
async def core(core: Core) -> Core:
    """On 16 December 2026, with the roadmap of Krasnoyarsk Krai."""
    roadmap = read_deadlines_file(Settings.model_fields["deadlines_file"].default)
    return replace(core, deadlines=roadmap)


@pytest.fixture
async def towns(core: Core) -> dict[str, int]:
    """Staff since March; in Ачинск the analysis is not needed and the proposals are written."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, ORGANISER.id, Role.ORGANISER, towns["achinsk"])
    await give_role(core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    assert isinstance(core.clock, MovableClock)
    core.clock.move_to(datetime(2026, 12, 16, 10, tzinfo=ZoneInfo(KRASNOYARSK)).astimezone(UTC))
    which = ("analysis", 2026, towns["achinsk"])
    await deadline_marks.settle(core, CURATOR, *which, Settled.NOT_NEEDED, "Встреч не было")
    await set_proposals(core, CURATOR, towns["achinsk"], 2026, "Больше экскурсий")
    return towns


def of(town: int | None, period: Period) -> Wanted:
    return Wanted(ExportKind.DEADLINES, period, municipality_id=town)


async def rows(core: Core, account: Account, wanted: Wanted) -> list[DeadlineFacts]:
    page = await fetch_page(core, account, wanted)
    assert page.last is None
    assert len(page.rows) == (await get_export(core, account, wanted, most=999)).rows
    return [each for each in page.rows if isinstance(each, DeadlineFacts)]


async def test_each_deadline_of_a_year_says_how_it_stands(
    core: Core, towns: dict[str, int]
) -> None:
    analysis, proposals, report = await rows(core, CURATOR, of(towns["achinsk"], whole_year(2026)))
    assert [each.deadline.code for each in (analysis, proposals, report)] == [
        "analysis",
        "proposals",
        "appendix2",
    ]
    assert (analysis.due, analysis.year, analysis.state) == (date(2026, 12, 15), 2026, DONE)
    assert analysis.mark is not None
    assert (analysis.mark.settled, analysis.mark.name, analysis.mark.reason) == (
        Settled.NOT_NEEDED,
        "Мария",
        "Встреч не было",
    )
    assert proposals.mark is not None
    assert proposals.mark.by_data
    assert (report.due, report.state, report.mark) == (date(2026, 12, 25), OPEN, None)


async def test_the_region_has_all_municipalities_and_its_own(
    core: Core, towns: dict[str, int]
) -> None:
    found = await rows(core, REGIONAL, of(None, Period(date(2026, 12, 1), date(2027, 1, 31))))
    assert [(each.territory.name, each.state) for each in found if each.year == 2026][:3] == [
        ("Ачинск", DONE),
        ("Ачинский район", NOBODY),
        ("Канск", NOBODY),
    ]
    assert (found[-1].territory.name, found[-1].deadline.code, found[-1].due) == (
        "Красноярский край",
        "consolidated",
        date(2027, 1, 15),
    )


async def test_what_nobody_answered_for_yet_is_not_in_it(core: Core, towns: dict[str, int]) -> None:
    with pytest.raises(Refused):
        await get_export(core, CURATOR, of(towns["achinsk"], whole_year(2025)), most=999)


async def test_who_answers_for_no_deadlines_has_no_table_of_them(
    core: Core, towns: dict[str, int]
) -> None:
    own = Wanted(ExportKind.DEADLINES, whole_year(2026), own=True)
    for account, wanted in (
        (ORGANISER, own),
        (CURATOR, own),
        (ORGANISER, of(towns["achinsk"], whole_year(2026))),
        (CURATOR, of(towns["kansk"], whole_year(2026))),
        (CURATOR, of(None, whole_year(2026))),
    ):
        with pytest.raises(Forbidden):
            await get_export(core, account, wanted, most=999)


async def test_an_addendum_of_an_earlier_year_is_in_it(core: Core, towns: dict[str, int]) -> None:
    place = towns["achinsk"]
    late = datetime(2026, 12, 28, 5, tzinfo=UTC)
    await make_meeting(core, place, starts_at=late, status=MeetingStatus.HELD)
    period = Period(date(2027, 1, 1), date(2027, 1, 31))
    assert isinstance(core.clock, MovableClock)
    for year in (2027, 2028, 2029):
        core.clock.move_to(datetime(year, 2, 1, tzinfo=UTC))
        found = await rows(core, CURATOR, of(place, period))
        assert [(each.deadline.code, each.state) for each in found] == [("addendum", LATE)]
