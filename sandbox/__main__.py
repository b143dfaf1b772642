"""`python -m sandbox` starts the demo, `python -m sandbox --fresh` begins it anew."""

import argparse
import asyncio
import shutil
import sys
from pathlib import Path

from bot.errors import StartupError
from bot.logs import set_up_logs
from bot.settings import Settings
from sandbox.demo import run

FOLDER = Path("data") / "demo"


def main() -> int:
    """Run the demo; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--fresh", action="store_true", help="forget the earlier demo")
    parsed = parser.parse_args()
    if parsed.fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        quiet = Settings(_env_file=None, log_level="WARNING")  # type: ignore[call-arg]
        set_up_logs(quiet)
        FOLDER.mkdir(parents=True, exist_ok=True)
        asyncio.run(run(FOLDER))
    except (StartupError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
