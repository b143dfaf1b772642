"""`python -m bot` as an operator starts it: one clear line when it cannot, a clean stop."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.clock import Clock
from sandbox.server import Sandbox
from tests.bot.kill.processes import FORKING

TOKEN = "42:TEST"


async def start(cwd: Path, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
    """Start the program in an empty folder with these settings and no others."""
    root = str(Path(__file__).parents[2])
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": root, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


def start_forked(cwd: Path, settings: dict[str, str]) -> int | None:
    """Start the program as `start` does, without the seconds of importing; return its exit code.

    What it says is in the files `output` and `errors`.
    """
    process = FORKING.Process(target=_live, args=(cwd, settings))
    process.start()
    process.join()
    return process.exitcode


def _live(cwd: Path, settings: dict[str, str]) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(settings)
    for number, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(name, os.O_CREAT | os.O_WRONLY), number)
    sys.exit(main([]))


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    process = await start(tmp_path)
    output, errors = await process.communicate()
    assert (process.returncode, output) == (1, b"")
    assert errors.startswith(b"BOT_TOKEN is not set")
    assert errors.count(b"\n") == 1


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"BOT_TOKEN": "nonsense"}, "BOT_TOKEN is no token"),
        ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "mysql://x"}, "DATABASE_URL: expected sqlite"),
        ({"BOT_TOKEN": TOKEN, "DATABASE_URL": "postgresql+asyncpg://h:bad/x"}, "DATABASE_URL: "),
        ({"BOT_TOKEN": TOKEN, "WEBHOOK_PORT": "many"}, "Settings: WEBHOOK_PORT: "),
        (
            {"BOT_TOKEN": TOKEN, "ADMIN_IDS": "me"},
            "Settings: ADMIN_IDS: must be numbers of Telegram accounts, such as 123456789",
        ),
        (
            {"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "http://example.org/bot", "WEBHOOK_SECRET": "s"},
            "Settings: WEBHOOK_URL: must start with https://: Telegram calls no other address",
        ),
        (
            {"BOT_TOKEN": TOKEN, "OFFER_MINUTES": "60, 30"},
            "Settings: OFFER_MINUTES: must be three numbers of minutes, such as 1440,180,30",
        ),
        ({"BOT_TOKEN": TOKEN, "OFFER_MINUTES": "0,1,1"}, "Settings: OFFER_MINUTES: "),
        ({"BOT_TOKEN": TOKEN, "TIMEZONE": "Mars"}, "Settings: TIMEZONE: is no time zone"),
        (
            {"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://example.org/bot"},
            "Settings: WEBHOOK_SECRET: a webhook needs one",
        ),
        ({"BOT_TOKEN": TOKEN, "BOT_API_URL": "http://127.0.0.1:1"}, "BOT_API_URL: "),
        ({"BOT_TOKEN": TOKEN, "REGION_FILE": "nowhere.toml"}, "nowhere.toml"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, settings: dict[str, str], line: str) -> None:
    assert start_forked(tmp_path, settings) == 1
    assert (tmp_path / "output").read_bytes() == b""
    told = (tmp_path / "errors").read_text()
    assert line in told
    assert len(told.strip().splitlines()) == 1
    assert "Traceback" not in told


async def test_a_token_that_telegram_does_not_know(tmp_path: Path) -> None:
    async with Sandbox(now=Clock().now, token=TOKEN) as sandbox:
        process = await start(tmp_path, BOT_TOKEN="43:OTHER", BOT_API_URL=sandbox.url)
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith("BOT_TOKEN: Telegram does not know this token")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_ready_in_one_line_and_a_clean_stop(tmp_path: Path, number: Any) -> None:
    async with Sandbox(now=Clock().now, token=TOKEN, username="a_bot") as sandbox:
        process = await start(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=sandbox.url, LOG_FORMAT="json")
        assert process.stderr is not None
        async with asyncio.timeout(30):
            ready = await process.stderr.readline()
        assert b'"event": "ready"' in ready
        assert b'"bot": "a_bot"' in ready
        process.send_signal(number)
        _, rest = await process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in rest
    assert (tmp_path / "data" / "bot.sqlite3").exists()


async def test_the_region_is_extended_by_a_command(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        """
        [region]
        code = "krai"
        name = "Край"
        genitive = "Края"
        timezone = "Asia/Krasnoyarsk"

        [[municipality]]
        code = "town"
        name = "Городок"
        kind = "city_okrug"
        genitive = "города Городка"

        [[occupation]]
        code = "parent"
        ru = "Родитель"
        en = "Parent"
        category = "parent"
        asks = []
        """,
        encoding="utf-8",
    )
    for _ in range(2):
        process = await start(tmp_path, "region", "more.toml")
        output, errors = await process.communicate()
        assert (process.returncode, errors) == (0, b"")
        assert output.decode() == "more.toml: 1 municipalities, 1 occupations\n"
