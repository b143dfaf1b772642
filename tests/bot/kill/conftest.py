"""`make soak` ends with a table of what was counted."""

from collections.abc import Callable

import pytest

from tests.bot.kill.processes import SOAK

COUNTED = "counted"

Report = Callable[..., None]


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Keep numbers of a test for the table: `report(kills=100, lost=0)`."""

    def keep(**numbers: int) -> None:
        words = (f"{name.replace('_', ' ')} {number:,}" for name, number in numbers.items())
        request.node.user_properties.append((COUNTED, " · ".join(words)))

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not SOAK:
        return
    rows = [
        (each.nodeid.rpartition("::")[2], each.outcome, f"{each.duration:.0f} s", dict(counted))
        for outcome in ("passed", "failed")
        for each in terminalreporter.stats.get(outcome, [])
        if each.when == "call"
        for counted in [each.user_properties]
    ]
    if not rows:
        return
    terminalreporter.section("what was counted")
    width = max(len(name) for name, *_ in rows)
    for name, outcome, seconds, counted in rows:
        numbers = counted.get(COUNTED, "")
        terminalreporter.write_line(f"{name:{width}}  {outcome}  {seconds:>6}  {numbers}")
