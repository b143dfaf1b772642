"""The command line: `python -m bot` starts the bot, `… region FILE` extends the region.

`… report` makes the workbook of Appendix 2 without a messenger.
"""

import argparse
import asyncio
import gc
import signal
import sys
from contextlib import suppress
from pathlib import Path

from bot.errors import StartupError
from bot.logs import set_up_logs
from bot.settings import Settings


async def _run(settings: Settings) -> None:
    running = asyncio.current_task()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, running.cancel if running else loop.stop)

    from bot.app import App  # noqa: PLC0415 (a bad setting is told before the slow imports)

    with suppress(asyncio.CancelledError):
        async with App(settings) as app:
            # A collection that looks through all that was loaded would stop everyone for 0.3 s.
            gc.freeze()
            await app.serve()


async def _load_region(settings: Settings, path: Path) -> None:
    from bot.clock import Clock  # noqa: PLC0415
    from bot.database import Database  # noqa: PLC0415
    from bot.services.core import Core  # noqa: PLC0415
    from bot.services.regions import load_region  # noqa: PLC0415

    database = Database(settings.database_url)
    try:
        await database.migrate()
        loaded = await load_region(Core(database, Clock()), path)
    finally:
        await database.close()
    print(  # noqa: T201 (the answer of a command)
        f"{path}: {loaded.municipalities} municipalities, {loaded.occupations} occupations"
    )


async def _make_report(
    settings: Settings, year: int, whose: str | None, path: Path, *, drafts: bool
) -> None:
    from bot.clock import Clock  # noqa: PLC0415
    from bot.database import Database  # noqa: PLC0415
    from bot.deadlines_file import read_deadlines_file  # noqa: PLC0415
    from bot.errors import DomainError  # noqa: PLC0415
    from bot.i18n import Texts  # noqa: PLC0415
    from bot.report_forms import report_xlsx  # noqa: PLC0415
    from bot.services.core import Core  # noqa: PLC0415
    from bot.services.reports import report_by_command  # noqa: PLC0415
    from bot.vocabulary import ReportSource  # noqa: PLC0415

    texts, clock = Texts(), Clock()
    database = Database(settings.database_url)
    try:
        await database.migrate()
        source = ReportSource.DRAFTS if drafts else ReportSource.ACCEPTED
        core = Core(database, clock, deadlines=read_deadlines_file(settings.deadlines_file))
        report = await report_by_command(core, year, whose, source)
        path.write_bytes(report_xlsx(texts, report))  # noqa: ASYNC240 (nobody else waits here)
    except DomainError as error:
        english = texts.speak("en", clock.now(), settings.timezone)
        raise StartupError(f"report: {english.error(error)}") from None
    except OSError as error:
        raise StartupError(f"report: {error.strerror}: {path}") from None
    finally:
        await database.close()
    print(path)  # noqa: T201 (the answer of a command)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit code, 1 when it could not start."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="start the bot (the default)")
    region = commands.add_parser("region", help="load or extend the region from a data file")
    region.add_argument("file", type=Path)
    report = commands.add_parser("report", help="make the Appendix 2 workbook of a year")
    report.add_argument("--year", type=int, required=True)
    whose = report.add_mutually_exclusive_group(required=True)
    whose.add_argument("--municipality", metavar="CODE-OR-NAME", help="of one municipality")
    whose.add_argument("--region", action="store_true", help="of the region and all of them")
    report.add_argument(
        "--drafts",
        action="store_true",
        help="with --region: what the bot counts now, not the reports that were accepted",
    )
    report.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    parsed = parser.parse_args(arguments)
    if parsed.command == "report" and parsed.drafts and not parsed.region:
        parser.error("--drafts goes with --region: a municipality's report is its draft")
    try:
        settings = Settings.load()
        set_up_logs(settings)
        if parsed.command == "region":
            asyncio.run(_load_region(settings, parsed.file))
        elif parsed.command == "report":
            asyncio.run(
                _make_report(
                    settings, parsed.year, parsed.municipality, parsed.out, drafts=parsed.drafts
                )
            )
        else:
            asyncio.run(_run(settings))
    except StartupError as error:
        print(error, file=sys.stderr)  # noqa: T201 (one line, also before logging is set up)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
