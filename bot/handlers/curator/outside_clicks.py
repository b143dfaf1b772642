"""What is tapped and typed about a meeting without the bot."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.cleaning import clean_line
from bot.errors import NotFound
from bot.handlers.choices import as_one_of
from bot.handlers.curator.form_filling import settle_on_tapped
from bot.handlers.curator.outside_form import (
    MUNICIPALITY,
    PEOPLE,
    STRANGE,
    add_people,
    answered,
    previous_step,
    told_in,
)
from bot.handlers.navigation import open_screen, started_with
from bot.models import PLACE_LENGTH, TITLE_LENGTH
from bot.past_parsing import parse_headcounts, parse_past_day
from bot.services import meeting_lists, outside
from bot.services.core import Core
from bot.services.meeting_draft import clean_link
from bot.services.meeting_place import check_day
from bot.states import Manage, Outside
from bot.vocabulary import Audience, Format, Mode
from bot.widgets import speech

FIELDS: dict[str, State] = {
    "title": Outside.title,
    "day": Outside.day,
    "audience": Outside.audience,
    "format": Outside.format,
    "mode": Outside.mode,
    "people": Outside.people,
    "photos": Outside.photos,
}
"""What can be changed alone: the button's key and the question that asks for it."""


def _today(manager: DialogManager) -> date:
    return speech(manager).now.astimezone(ZoneInfo(manager.dialog_data["timezone"])).date()


async def tap_ground(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, ground_id: str, /
) -> None:
    """Take the municipality."""
    await settle_on_tapped(manager, ground_id)
    await answered(manager)


async def type_title(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take the title."""
    await answered(manager, title=clean_line(message.text or "", TITLE_LENGTH))


async def tap_day(_event: ChatEvent, _calendar: Any, manager: DialogManager, day: date, /) -> None:
    """Take a day of the calendar."""
    await _remember_day(manager, day)


async def type_day(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take a day in words."""
    await _remember_day(manager, parse_past_day(message.text or "", _today(manager)))


async def _remember_day(manager: DialogManager, day: date) -> None:
    core: Core = manager.middleware_data["core"]
    await check_day(core, manager.dialog_data[MUNICIPALITY], day)
    await answered(manager, day=day.isoformat())


async def tap_audience(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    """Take whom it was held with."""
    await answered(manager, audience=as_one_of(Audience, value).value)


async def tap_format(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    """Take the format."""
    await answered(manager, format=as_one_of(Format, value).value)


async def tap_mode(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, value: str, /
) -> None:
    """Take how it was held."""
    await answered(manager, mode=as_one_of(Mode, value).value)


async def type_place(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take the place."""
    await answered(manager, place=clean_line(message.text or "", PLACE_LENGTH))


async def type_people(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take who came; the question stays, for the rest of them."""
    said = parse_headcounts(message.text or "")
    add_people(manager.dialog_data, said.people)
    manager.dialog_data[STRANGE] = list(said.strange)


async def forget_people(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Forget who came, to begin anew."""
    manager.dialog_data[PEOPLE] = []
    manager.dialog_data[STRANGE] = []


async def type_photos(message: Message, _input: Any, manager: DialogManager) -> None:
    """Take the link to the photos."""
    await answered(manager, photo_link=clean_link(message.text or "", otherwise="input-photos"))


async def skip_photos(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Leave the photos out."""
    await answered(manager, photo_link="")


async def keep(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go on with the answer that is there."""
    manager.dialog_data[STRANGE] = []
    await answered(manager)


async def back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go back one question; what was answered stays."""
    form = manager.dialog_data
    before = previous_step(manager.current_context().state, form)
    if before is None:
        await manager.done()
        return
    if before == Outside.look:
        form["single"] = False
    await manager.switch_to(before)


async def tap_field(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, name: str, /
) -> None:
    """Ask one question again."""
    if name not in FIELDS:
        raise NotFound
    manager.dialog_data["single"] = True
    await manager.switch_to(FIELDS[name])


async def store(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Store what was told; from a report it leads back there, else to the meeting."""
    form, data = manager.dialog_data, manager.middleware_data
    core, account = data["core"], data["account"]
    if (meeting_id := form.get("meeting_id")) is not None:
        await outside.correct_outside(core, account, meeting_id, told_in(form))
        await callback.answer(speech(manager).plain("outside-corrected"))
        await manager.done()
        return
    meeting_id = await outside.add_outside(core, account, told_in(form), form["token"])
    await callback.answer(speech(manager).plain("outside-added"))
    if started_with(manager, MUNICIPALITY) is not None:
        await manager.done()
    else:
        await open_screen(manager, Manage.meeting, {"meeting_id": meeting_id})


async def remove(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Take the meeting away."""
    data = manager.middleware_data
    if (meeting_id := manager.dialog_data.get("meeting_id")) is None:
        raise NotFound
    await outside.remove_outside(data["core"], data["account"], meeting_id)
    await callback.answer(speech(manager).plain("outside-removed"))
    await open_screen(manager, Manage.list, {"tab": meeting_lists.Tab.PAST.value})
