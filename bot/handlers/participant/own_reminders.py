"""«Напоминания»: what somebody wants to be reminded of, and how long before the start."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Group

from bot.handlers.choices import as_id, as_one_of
from bot.i18n import Speech
from bot.rules import REMINDER_HOURS
from bot.services import own_reminders
from bot.services.core import Account, Core
from bot.services.own_reminders import OwnReminder
from bot.states import Reminders
from bot.widgets import Label, T, choice, close_button, speech


async def getter(core: Core, account: Account, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return what is on, with what a tap on it leads to."""
    own = await own_reminders.get_choice(core, account)
    names = {each: tr.plain(f"own-reminder-{each}", hours=own.hours) for each in OwnReminder}
    open_to_choice = [each for each in OwnReminder if each not in own.barred]
    return {
        "barred": ", ".join(names[each] for each in OwnReminder if each in own.barred),
        "reminders": [
            (("✓ " if each in own.wanted else "") + names[each], _leads_to(own, each))
            for each in open_to_choice
        ],
        "hours": [
            (("· {} ·" if each == own.hours else "{}").format(tr.plain("hours", hours=each)), each)
            for each in REMINDER_HOURS
            if OwnReminder.HOURS in own.wanted
        ],
        "some": bool(own.wanted),
    }


def _leads_to(own: own_reminders.OwnChoice, each: OwnReminder) -> str:
    """Return what a tap means: the choice itself, so that a second tap undoes nothing."""
    return f"{each}-{'off' if each in own.wanted else 'on'}"


async def _choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, tapped: str, /
) -> None:
    data = manager.middleware_data
    which, _, wanted = tapped.partition("-")
    choices = {as_one_of(OwnReminder, which): wanted == "on"}
    await own_reminders.choose(data["core"], data["account"], choices)


async def _choose_hours(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, hours: str, /
) -> None:
    data = manager.middleware_data
    await own_reminders.choose_hours(data["core"], data["account"], as_id(hours))


async def _turn_off(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    nothing = dict.fromkeys(OwnReminder, False)
    await own_reminders.choose(data["core"], data["account"], nothing)
    await callback.answer(speech(manager).plain("own-reminders-off"))


dialog = Dialog(
    Window(
        T("own-reminders"),
        T("own-reminders-barred", when="barred"),
        Column(choice("reminder", "reminders", _choose)),
        Group(choice("hours", "hours", _choose_hours), width=4),
        Button(Label("own-reminders-turn-off"), id="off", on_click=_turn_off, when="some"),
        close_button(),
        state=Reminders.choose,
        getter=getter,
    )
)
