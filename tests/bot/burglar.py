"""Somebody who gets past a hidden button: presses and types at windows of the staff."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window

from bot.handlers import all_routers
from bot.states import (
    Board,
    Deadlines,
    Door,
    DoorPaper,
    Draft,
    Exports,
    HalfYear,
    Home,
    Invite,
    Manage,
    NewMeeting,
    Organisations,
    Outside,
    Photos,
    Proposals,
    RegionSwitches,
    Report,
    Signature,
    Staff,
    Stats,
    Upkeep,
)
from sandbox import client
from tests.bot.conftest import Stage

STAFF: tuple[type[StatesGroup], ...] = (
    NewMeeting, Manage, Door, DoorPaper, Report, Draft, Organisations, Photos, Proposals, Stats,
    Exports, Deadlines, Invite, Staff, Signature, Upkeep, RegionSwitches, Outside, HalfYear,
    Board,
)  # fmt: skip


class Burglar:
    """Puts a chat's conversation at any window of the staff, as if it had been opened there.

    What the window remembers is taken over from those who may open it (`spy`).
    """

    def __init__(self, stage: Stage, data: dict[str, Any]) -> None:
        self.stage, self.data = stage, data
        self._memory: dict[State, dict[str, Any]] = {}
        self._state, self._intent = Home.menu, ""
        router = Router(name="burglar")
        router.message.register(self._spy, Command("spy"))
        router.message.register(self._plant, Command("plant"))
        dispatcher = stage.app.dispatcher
        dispatcher.include_router(router)
        dispatcher.sub_routers.insert(0, dispatcher.sub_routers.pop())

    def _facts(self) -> dict[str, Any]:
        makes_new = self._state in {
            *(NewMeeting.municipality, NewMeeting.preview),
            *Outside.__all_states__,
        }
        return {key: self.data[key] for key in self.data if key != "meeting_id" or not makes_new}

    async def _spy(self, _message: Message, dialog_manager: DialogManager) -> None:
        dialog_manager.show_mode = ShowMode.NO_UPDATE
        await dialog_manager.start(self._state, data=self._facts(), mode=StartMode.RESET_STACK)
        dialog_manager.dialog_data.update(self._facts())
        self._memory[self._state] = dict(dialog_manager.dialog_data)
        await dialog_manager.switch_to(self._state)
        dialog_manager.show_mode = ShowMode.SEND
        await dialog_manager.show()

    async def _plant(self, _message: Message, dialog_manager: DialogManager) -> None:
        dialog_manager.show_mode = ShowMode.NO_UPDATE
        await dialog_manager.start(Home.menu, mode=StartMode.RESET_STACK)
        context = dialog_manager.current_context()
        context.state, context.dialog_data = self._state, dict(self._memory[self._state])
        self._intent = context.id

    async def spy(self, boss: client.Person, state: State) -> list[str]:
        """The buttons of a window as those with the right see it; of each list the first item."""
        self._state = state
        await boss.send("/spy")
        found: dict[str, str] = {}
        for row in boss.screen.keyboard:
            for each in row:
                if "callback_data" in each:  # a link does nothing here
                    button = each["callback_data"].partition("\x1d")[2]
                    found.setdefault(button.partition(":")[0], button)
        return list(found.values())

    async def press(self, person: client.Person, state: State, button: str) -> None:
        """Press a button of a window that this person is not shown."""
        self._state = state
        await person.send("/plant")
        await person.tap_data(f"{self._intent}\x1d{button}", person.screen.message_id)

    async def type(self, person: client.Person, state: State, words: str) -> None:
        """Write what a window asks for."""
        self._state = state
        await person.send("/plant")
        await person.send(words)


def staff_windows() -> dict[State, Window]:
    return {
        state: window
        for router in all_routers()
        if isinstance(router, Dialog) and router.states_group() in STAFF
        for state, window in router.windows.items()
        if isinstance(window, Window)
    }
