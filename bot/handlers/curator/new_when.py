"""The wizard's questions of when: day, time, length."""

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Group

from bot.errors import InvalidInput
from bot.handlers.choices import as_id
from bot.handlers.curator.calendar import MeetingCalendar, MeetingTime
from bot.handlers.curator.form import answered, check_times
from bot.handlers.curator.step import step_window
from bot.handlers.wording import length_text
from bot.i18n import Speech
from bot.parsing import parse_length, parse_time, parse_when
from bot.services.core import Core
from bot.services.meeting_place import check_day
from bot.states import NewMeeting
from bot.widgets import choice, speech

LENGTHS = (30, 60, 90, 120, 180)


async def _remember(
    manager: DialogManager,
    *,
    day: date | None = None,
    at: time | None = None,
    length: timedelta | None = None,
) -> None:
    """Check an answer with what is known already, remember it, go on."""
    values: dict[str, Any] = {}
    if day is not None:
        values["day"] = day.isoformat()
    if at is not None:
        values["time"] = at.strftime("%H:%M")
    if length is not None:
        values["minutes"] = length // timedelta(minutes=1)
    known = dict(manager.dialog_data)
    if day is not None and at is None:
        known.pop("time", None)  # it is asked next
    check_times({**known, **values}, speech(manager).now)
    if day is not None:
        core: Core = manager.middleware_data["core"]
        await check_day(core, known["municipality_id"], day)
    await answered(manager, at=NewMeeting.time if at is not None else None, **values)


async def _tap_day(_event: ChatEvent, _calendar: Any, manager: DialogManager, day: date, /) -> None:
    await _remember(manager, day=day)


async def _tap_time(
    _event: ChatEvent, _select: Any, manager: DialogManager, at: time | None, /
) -> None:
    if at is not None:
        await _remember(manager, at=at)


async def _type_when(message: Message, _input: Any, manager: DialogManager) -> None:
    today = speech(manager).now.astimezone(ZoneInfo(manager.dialog_data["timezone"])).date()
    typed = message.text or ""
    asks_time = manager.current_context().state == NewMeeting.time
    # Asked for the time, «15.30» is one; asked for the day, it would be the 15th.
    at = parse_time(typed) if asks_time else None
    day = None
    if at is None:
        try:
            day, at = parse_when(typed, today)
        except InvalidInput as error:
            if not asks_time or error.key != "input-when":
                raise
            raise InvalidInput("input-time") from None
    if asks_time and at is None:
        raise InvalidInput("input-time")
    if not asks_time and day is None:
        raise InvalidInput("input-when")
    await _remember(manager, day=day, at=at)


async def _tap_length(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, minutes: str, /
) -> None:
    await _remember(manager, length=timedelta(minutes=as_id(minutes)))


async def _type_length(message: Message, _input: Any, manager: DialogManager) -> None:
    await _remember(manager, length=parse_length(message.text or ""))


async def lengths_getter(tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the usual lengths."""
    return {"lengths": [(length_text(tr, minutes), minutes) for minutes in LENGTHS]}


windows = (
    step_window(
        NewMeeting.day,
        "new-day",
        MeetingCalendar(id="day", on_click=_tap_day),
        MessageInput(_type_when),
    ),
    step_window(
        NewMeeting.time,
        "new-time",
        MeetingTime(id="time", on_value_changed=_tap_time),
        MessageInput(_type_when),
    ),
    step_window(
        NewMeeting.length,
        "new-length",
        Group(
            choice("length", "lengths", _tap_length),
            width=2,
        ),
        MessageInput(_type_length),
        getter=lengths_getter,
    ),
)
