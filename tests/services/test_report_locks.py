"""Who decides about a report keeps nobody from making meetings in its municipality."""

import asyncio
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

import pytest

from bot.services import organisations, report_nudging, version_steps
from bot.services.core import Account, Core
from bot.services.organisation_names import key_of
from bot.services.version_steps import Seen
from bot.vocabulary import Role
from tests.services.factory import give_role, make_held_meeting, make_meeting, make_region

CURATOR, BOSS = Account(2), Account(3)
Deed = Callable[[Core, int], Awaitable[Any]]


async def remind_all(core: Core, _place: int) -> None:
    await report_nudging.nudge_all(core, BOSS, 2026)


async def merge(core: Core, place: int) -> None:
    await organisations.merge_names(
        core, CURATOR, place, 2026, gone=key_of("Газета"), stays=key_of("Школа")
    )


async def send(core: Core, place: int) -> None:
    await version_steps.send(core, CURATOR, place, 2026, Seen(), lambda _: b"PK")


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
@pytest.mark.parametrize(
    ("do", "where", "after_the_lock"),
    [
        (remind_all, report_nudging, "read_board"),
        (merge, organisations, "_count"),
        (send, version_steps, "_find_last"),
    ],
    ids=["remind", "merge", "send"],
)
async def test_a_meeting_is_made_while_somebody_decides_about_the_report(
    core: Core, monkeypatch: pytest.MonkeyPatch, do: Deed, where: ModuleType, after_the_lock: str
) -> None:
    place = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, place)
    await give_role(core, BOSS.id, Role.REGIONAL_COORDINATOR)
    await make_held_meeting(core, place, {"Газета": 1, "Школа": 2})
    real, made = getattr(where, after_the_lock), []

    async def meanwhile(*args: Any) -> Any:
        made.append(await asyncio.wait_for(make_meeting(core, place), timeout=5))
        return await real(*args)

    monkeypatch.setattr(where, after_the_lock, meanwhile)
    await do(core, place)
    assert made
