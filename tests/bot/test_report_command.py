"""`python -m bot report`: the workbooks without a messenger, one clear line when there is none."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

import bot.__main__
from bot.__main__ import main
from bot.clock import Clock
from bot.database import Database
from bot.models import Headcount
from bot.services import regions
from bot.services.core import Core
from bot.vocabulary import Category, MeetingStatus
from tests.services.factory import make_meeting


@pytest.fixture
def year(region_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A year in which 30 people came to a meeting in Ачинск; the settings of its database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", region_url)
    monkeypatch.setattr(bot.__main__, "set_up_logs", lambda _: None)  # they are the run's own

    async def hold() -> None:
        core = Core(Database(region_url), Clock())
        (place, *_) = await regions.search_municipalities(core, "Ачинск", core.today())
        held = datetime(2025, 3, 14, 8, tzinfo=UTC)
        meeting_id = await make_meeting(core, place.id, starts_at=held, status=MeetingStatus.HELD)
        async with core.db.write() as session:
            came = Headcount(
                meeting_id=meeting_id, category=Category.GRADE_9, organisation="", people=30
            )
            session.add(came)
        await core.db.close()

    asyncio.run(hold())
    return 2025


def _row_2(path: Path, sheet: str) -> object:
    rows = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    return next(row[3] for row in rows if row[0] == "2.")


@pytest.mark.parametrize("whose", ["achinsk", "ачинск"])
def test_a_municipality_by_code_or_name(
    year: int, whose: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.xlsx"
    assert main(["report", "--year", str(year), "--municipality", whose, "--out", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert _row_2(path, "Приложение 2") == 30


def test_the_region_from_drafts_and_from_what_was_accepted(year: int, tmp_path: Path) -> None:
    path = tmp_path / "region.xlsx"
    arguments = ["report", "--year", str(year), "--region", "--out", str(path)]
    sheets = ("Сводный", "Ачинск", "Ачинский район")
    assert main([*arguments, "--drafts"]) == 0
    assert [_row_2(path, sheet) for sheet in sheets] == [30, 30, 0]
    assert main(arguments) == 0
    assert [_row_2(path, sheet) for sheet in sheets] == [0, 0, 0]
    said = openpyxl.load_workbook(path)["Сводный"]["A3"].value
    assert said == "По принятым отчётам: 0 из 61"


def test_one_clear_line_when_there_is_no_report(
    year: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nowhere" / "report.xlsx"
    for whose, when, said in (
        (["--municipality", "Ачинс"], year, "There is no such municipality on the list."),
        (["--region"], 2999, "There is no report for that year yet. Choose another one."),
        (["--municipality", "Ачинск"], year, f"No such file or directory: {path}"),
    ):
        assert main(["report", "--year", str(when), *whose, "--out", str(path)]) == 1
        assert capsys.readouterr() == ("", f"report: {said}\n")
    for wrong in (
        ["--year", "2025"],
        ["--year", "2025", "--region", "--municipality", "Ачинск"],
        ["--year", "2025", "--municipality", "Ачинск", "--drafts"],
    ):
        with pytest.raises(SystemExit):
            main(["report", *wrong, "--out", str(path)])
    assert not path.exists()
