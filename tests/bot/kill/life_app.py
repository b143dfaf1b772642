"""One life of the whole bot: what `python -m bot` does, until somebody kills it."""

import os
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess

import bot.app  # noqa: F401 (the command imports it late; here before the fork)
from bot.__main__ import main
from tests.bot.kill.processes import FORKING


def begin(environment: Mapping[str, str]) -> BaseProcess:
    """Start a life with these settings; it may be killed from the first moment on."""
    process = FORKING.Process(target=_live, args=(dict(environment),))
    process.start()
    return process


def _live(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    sys.exit(main([]))
