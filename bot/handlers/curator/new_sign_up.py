"""«Запись открывается» and «Запись закрывается»: a day and a time, or «за 2 часа»."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import ChatEvent, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo

from bot import rules
from bot.errors import InvalidInput, NotFound
from bot.handlers.curator.calendar import MeetingCalendar, MeetingTime
from bot.handlers.curator.form import answered, draft_of
from bot.handlers.curator.new_limits import known_getter
from bot.parsing import parse_before, parse_time, parse_when
from bot.states import NewMeeting
from bot.widgets import Label, T, speech

OPENING = frozenset({NewMeeting.opens, NewMeeting.opens_time})


def _is_opening(manager: DialogManager) -> bool:
    return manager.current_context().state in OPENING


async def _remember(manager: DialogManager, moment: datetime | None) -> None:
    """Check the answer with what is known already, remember it, go on; None: no limit in time."""
    form = manager.dialog_data
    opening = _is_opening(manager)
    draft = draft_of(form)
    if moment is not None and moment <= speech(manager).now:
        raise InvalidInput("input-past")
    rules.check_sign_up_times(
        moment if opening else draft.sign_up_opens_at,
        draft.sign_up_closes_at if opening else moment,
        draft.ends_at,
    )
    minutes = None if moment is None else (draft.starts_at - moment) // timedelta(minutes=1)
    if opening:
        await answered(manager, at=NewMeeting.opens_time, opens_before=minutes)
    else:
        await answered(manager, at=NewMeeting.closes_time, closes_before=minutes)


async def _settle(manager: DialogManager, day: date, at: time | None) -> None:
    """Ask the time of the day that was chosen, or remember both."""
    form = manager.dialog_data
    if at is None:
        await answered(manager, sign_up_day=day.isoformat())
    else:
        await _remember(manager, datetime.combine(day, at, ZoneInfo(form["timezone"])))


async def _tap_day(_event: ChatEvent, _calendar: Any, manager: DialogManager, day: date, /) -> None:
    await _settle(manager, day, None)


async def _tap_time(
    _event: ChatEvent, _select: Any, manager: DialogManager, at: time | None, /
) -> None:
    if at is not None:
        await _settle(manager, _day_of(manager), at)


def _day_of(manager: DialogManager) -> date:
    if "sign_up_day" not in manager.dialog_data:
        raise NotFound
    return date.fromisoformat(manager.dialog_data["sign_up_day"])


async def _type(message: Message, _input: Any, manager: DialogManager) -> None:
    form, typed = manager.dialog_data, message.text or ""
    before = parse_before(typed)
    if before is not None:
        await _remember(manager, draft_of(form).starts_at - before)
        return
    asks_time = manager.current_context().state in {NewMeeting.opens_time, NewMeeting.closes_time}
    # Asked for the time, «15.30» is one; asked for the day, it would be the 15th.
    day, at = None, parse_time(typed) if asks_time else None
    if at is None:
        try:
            day, at = parse_when(typed, speech(manager).now.astimezone(_zone(manager)).date())
        except InvalidInput as error:
            if error.key != "input-when":
                raise
            raise InvalidInput("input-sign-up-when") from None
    if day is None and not asks_time:
        raise InvalidInput("input-sign-up-when")
    await _settle(manager, day or _day_of(manager), at)


def _zone(manager: DialogManager) -> ZoneInfo:
    return ZoneInfo(manager.dialog_data["timezone"])


async def _at_once(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _remember(manager, None)


TO_LIMITS = SwitchTo(Label("back"), id="to_limits", state=NewMeeting.limits)

windows = (
    Window(
        T("limits-opens-ask"),
        Button(Label("limits-opens-now"), id="opens_now", on_click=_at_once),
        MeetingCalendar(id="opens_day", on_click=_tap_day),
        MessageInput(_type),
        TO_LIMITS,
        state=NewMeeting.opens,
        getter=known_getter,
    ),
    Window(
        T("limits-time-ask"),
        MeetingTime(id="opens_time", on_value_changed=_tap_time),
        MessageInput(_type),
        SwitchTo(Label("back"), id="to_opens", state=NewMeeting.opens),
        state=NewMeeting.opens_time,
        getter=known_getter,
    ),
    Window(
        T("limits-closes-ask"),
        Button(Label("limits-closes-end"), id="closes_end", on_click=_at_once),
        MeetingCalendar(id="closes_day", on_click=_tap_day),
        MessageInput(_type),
        TO_LIMITS,
        state=NewMeeting.closes,
        getter=known_getter,
    ),
    Window(
        T("limits-time-ask"),
        MeetingTime(id="closes_time", on_value_changed=_tap_time),
        MessageInput(_type),
        SwitchTo(Label("back"), id="to_closes", state=NewMeeting.closes),
        state=NewMeeting.closes_time,
        getter=known_getter,
    ),
)
