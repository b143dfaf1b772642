"""Processes that can be killed: forked from a server that has imported all of the bot.

They are real processes with files and connections of their own; only the seconds of importing are
saved, or twenty lives would take minutes.
"""

import multiprocessing
import socket
from multiprocessing.context import ForkServerContext

FORKING: ForkServerContext = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.bot.kill.life", "tests.bot.kill.life_app"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
