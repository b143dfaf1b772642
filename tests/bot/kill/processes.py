"""Processes that can be killed: forked from a server that has imported all of the bot.

They are real processes with files and connections of their own; only the seconds of importing are
saved, or a few lives would take minutes. `make soak` kills them fifty times in each of two modes,
`make test` five.
"""

import multiprocessing
import os
import socket
from multiprocessing.context import ForkServerContext

SOAK = bool(os.environ.get("SOAK"))
KILLS = 50 if SOAK else 5

FORKING: ForkServerContext = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(
    [f"tests.bot.kill.{life}" for life in ("life", "life_app", "life_sender")]
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
