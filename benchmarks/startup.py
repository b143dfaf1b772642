"""How long the bot takes until it takes updates, next to what nobody who uses aiogram can avoid.

CPU seconds until the line "ready", as a ratio to `python -c "import aiogram"`; the goal is 1.3. The
runs are interleaved, so that a machine busy with something else burdens both alike.
"""

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from sandbox.server import Sandbox

RUNS = 5
GOAL = 1.3
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Run:
    """What one process cost: CPU seconds, and its largest memory in MiB."""

    cpu: float
    memory: float


def _run(arguments: list[str], settings: dict[str, str], until: bytes | None = None) -> Run:
    """Run Python to its end, or kill it at a line with `until`."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        cwd=settings.get("HOME"),
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if until is not None and until in line:
            process.kill()
            break
    _, status, usage = os.wait4(process.pid, 0)
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != (0 if until is None else -signal.SIGKILL):
        raise SystemExit(f"{arguments} ended with {process.returncode}:\n{b''.join(seen).decode()}")
    mebibytes = 1024 * (1024 if sys.platform == "darwin" else 1)
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / mebibytes)


async def measure() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(Clock().now) as telegram:
            settings = {
                "BOT_TOKEN": telegram.world.bot.token,
                "BOT_API_URL": telegram.url,
                "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.sqlite3",
                "WEBHOOK_URL": "",
                "LOG_LEVEL": "INFO",
                "LOG_FORMAT": "json",
                "HOME": folder,
            }

            async def bot() -> Run:
                arguments = ["-m", "bot"]
                return await asyncio.to_thread(_run, arguments, settings, b'"event": "ready"')

            async def aiogram() -> Run:
                return await asyncio.to_thread(_run, ["-c", "import aiogram"], {"HOME": folder})

            await bot()  # makes the database and the compiled files
            pairs = [(await bot(), await aiogram()) for _ in range(RUNS)]
    cpu = [statistics.median(run.cpu for run in runs) for runs in zip(*pairs, strict=True)]
    memory = [statistics.median(run.memory for run in runs) for runs in zip(*pairs, strict=True)]
    ratio = statistics.median(ours.cpu / base.cpu for ours, base in pairs)
    print(
        f"start-up: {cpu[0]:.2f} s of CPU until ready, import aiogram {cpu[1]:.2f} s, "
        f"ratio {ratio:.2f} (goal {GOAL}: {'met' if ratio <= GOAL else 'missed'})\n"
        f"memory: {memory[0]:.0f} MiB when ready, import aiogram {memory[1]:.0f} MiB"
    )


if __name__ == "__main__":
    asyncio.run(measure())
