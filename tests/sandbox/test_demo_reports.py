"""The demo shows a year's reports on any day that it is begun on, the whole story in December."""

from collections.abc import AsyncIterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.database import Database
from bot.deadlines_file import read_deadlines_file
from bot.i18n import Texts
from bot.models import DueMessage
from bot.report_forms import report_xlsx
from bot.rules import BoardState
from bot.services import analysis, board, finding_answers, organisations, reports
from bot.services.core import Account, Core
from bot.services.finding_facts import FindingKind
from bot.services.regions import load_region
from bot.settings import Settings
from bot.vocabulary import MessageKind, ReportSource
from sandbox.demo_data import fill

COORDINATOR, REGIONAL = Account(108), Account(109)
ZONE = ZoneInfo("Asia/Krasnoyarsk")
SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}")
    await database.migrate()
    yield database
    await database.close()


async def begin(database: Database, year: int, month: int, day: int) -> Core:
    """Return the demo's data as it is made on that day."""
    clock = MovableClock(datetime(year, month, day, 12, tzinfo=ZONE), frozen=True)
    core = Core(database, clock, deadlines=read_deadlines_file(SETTINGS.deadlines_file))
    await load_region(core, SETTINGS.region_file)
    await fill(core, Texts())
    return core


async def home_of(core: Core) -> int:
    (achinsk,) = (await reports.find_report_places(core, COORDINATOR)).found
    return achinsk.id


async def test_in_december_the_home_report_has_gaps_of_each_kind(database: Database) -> None:
    core = await begin(database, 2027, 12, 10)
    home = await home_of(core)
    shown = await finding_answers.get_findings(core, COORDINATOR, home, 2027)
    kinds = [finding.kind for finding in shown.found.open]
    assert set(kinds) == {
        FindingKind.UNCONFIRMED,
        FindingKind.NOBODY,
        FindingKind.GROUPS,
        FindingKind.DUPLICATES,
        FindingKind.PHOTOS,
    }
    assert kinds.count(FindingKind.DUPLICATES) == 1
    (twice,) = (each for each in shown.found.open if each.kind is FindingKind.DUPLICATES)
    assert {each.title for each in twice.meetings} == {"Ярмарка профессий"}

    async with core.db.read() as session:
        told = await session.scalars(
            select(DueMessage.account_id).where(DueMessage.kind == MessageKind.REPORT_SENT)
        )
    assert list(told) == [REGIONAL.id]  # of the one report that waits

    year = await analysis.get_analysis(core, COORDINATOR, 2027, home)
    assert year.opinions.comments > 5
    assert year.opinions.themes


@pytest.mark.parametrize(
    ("today", "year"),
    [((2027, 1, 3), 2026), ((2027, 2, 1), 2027), ((2027, 12, 31), 2027)],
    ids=["January", "February", "the last day"],
)
async def test_the_board_the_names_and_the_workbook_have_something_on_any_day(
    database: Database, today: tuple[int, int, int], year: int
) -> None:
    core = await begin(database, *today)
    home = await home_of(core)
    stood = await board.get_board(core, REGIONAL, year)
    assert {state: number for state, number in stood.counts.items() if number} == {
        BoardState.ACCEPTED: 2,
        BoardState.SENT: 1,
        BoardState.RETURNED: 1,
        BoardState.DRAFT: stood.counts[BoardState.DRAFT],
        BoardState.NOT_STARTED: stood.counts[BoardState.NOT_STARTED],
    }
    names = await organisations.get_organisations(core, COORDINATOR, home, year)
    pairs = [{one.name, other.name} for one, other in names.alike]
    assert {"МБОУ СОШ № 3", "Школа №3"} in pairs

    source = ReportSource.ACCEPTED
    report = await reports.consolidated_report(core, REGIONAL, year, source)
    before = await reports.consolidated_report(core, REGIONAL, year - 1, source)
    assert (report.accepted, before.accepted) == (2, 5)
    assert report.region.people_in_form > 100
    assert sum(form.people_in_form for form in report.earlier[year - 1]) > 200
    book = openpyxl.load_workbook(BytesIO(report_xlsx(Texts(), report)))
    assert "Канск" in book.sheetnames
