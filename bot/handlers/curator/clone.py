"""«Повторить»: once more on another day, or a series whose days are seen before it is made."""

import re
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo

from bot.handlers.choices import as_count, as_one_of
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.parsing import parse_when
from bot.services import meeting_lists, series
from bot.services.core import Account, Core
from bot.services.meeting_lists import Overview, Tab
from bot.states import Manage, NewMeeting
from bot.vocabulary import Rhythm
from bot.widgets import Label, T, choice, speech

RHYTHM, DAYS, TOKEN = "rhythm", "repeat_days", "series_token"

_TIMES = re.compile(r"(\d{1,3})(?:\s*раза?|\s*times?)?", re.IGNORECASE)
_UNTIL = re.compile(r"^\s*(?:до|по|until)\s+", re.IGNORECASE)


async def repeat_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the ways to repeat a meeting, and what was chosen and computed so far."""
    overview = await meeting_lists.get_overview(core, account, meeting_of(dialog_manager))
    plan, timezone = overview.plan, overview.timezone
    days = _days_of(dialog_manager)
    return {
        "title": plan.title,
        "rhythm": tr.name_of("rhythm", _rhythm_of(dialog_manager)),
        "rhythms": [(capitalised(tr.name_of("rhythm", rhythm)), rhythm.value) for rhythm in Rhythm],
        "times": [(str(times), times) for times in range(series.FEWEST, series.MOST + 1)],
        "time": tr.time(plan.starts_at, timezone),
        "meetings": len(days),
        "days": "\n".join(f"📅 {tr.day(day, lasting=True)}" for day in days),
        "some": bool(days),
    }


def _rhythm_of(manager: DialogManager) -> Rhythm:
    return Rhythm(manager.dialog_data.get(RHYTHM, Rhythm.WEEKLY))


def _days_of(manager: DialogManager) -> Sequence[date]:
    return [date.fromisoformat(day) for day in manager.dialog_data.get(DAYS, ())]


async def _once(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(NewMeeting.day, {"copy_of": meeting_of(manager)})


async def _tap_rhythm(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, rhythm: str, /
) -> None:
    manager.dialog_data[RHYTHM] = as_one_of(Rhythm, rhythm).value
    await manager.switch_to(Manage.repeat_times)


async def _tap_times(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, times: str, /
) -> None:
    await _keep_days(manager, times=as_count(times))


async def _type_end(message: Message, _input: Any, manager: DialogManager) -> None:
    typed = (message.text or "").strip()
    if match := _TIMES.fullmatch(typed):
        await _keep_days(manager, times=int(match[1]))
        return
    today = speech(manager).now.astimezone(await _zone_of(manager)).date()
    until, _ = parse_when(_UNTIL.sub("", typed), today)
    await _keep_days(manager, until=until or today)


async def _keep_days(
    manager: DialogManager, *, times: int | None = None, until: date | None = None
) -> None:
    overview, zone = await _overview_of(manager), await _zone_of(manager)
    days = series.list_days(
        overview.plan.starts_at.astimezone(zone).date(),
        _rhythm_of(manager),
        speech(manager).now.astimezone(zone).date(),
        times=times,
        until=until,
    )
    form = manager.dialog_data
    form[DAYS] = [day.isoformat() for day in days]
    form[TOKEN] = secrets.token_urlsafe(12)
    await manager.switch_to(Manage.repeat_days)


async def _overview_of(manager: DialogManager) -> Overview:
    data = manager.middleware_data
    return await meeting_lists.get_overview(data["core"], data["account"], meeting_of(manager))


async def _zone_of(manager: DialogManager) -> ZoneInfo:
    return ZoneInfo((await _overview_of(manager)).timezone)


async def _publish(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _make(callback, manager, publish=True)


async def _keep_drafts(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _make(callback, manager, publish=False)


async def _make(callback: CallbackQuery, manager: DialogManager, *, publish: bool) -> None:
    form, data = manager.dialog_data, manager.middleware_data
    made = await series.create_series(
        data["core"],
        data["account"],
        meeting_of(manager),
        _days_of(manager),
        publish=publish,
        token=str(form.get(TOKEN, "")),
    )
    key = "repeat-published" if publish else "repeat-stored"
    await callback.answer(speech(manager).plain(key, meetings=made))
    form["tab"] = (Tab.UPCOMING if publish else Tab.DRAFTS).value
    await manager.switch_to(Manage.list)


windows = (
    Window(
        T("repeat-ask"),
        Button(Label("repeat-once"), id="once", on_click=_once),
        Column(choice("rhythm", "rhythms", _tap_rhythm)),
        SwitchTo(Label("back"), id="to_more", state=Manage.more),
        state=Manage.repeat,
        getter=repeat_getter,
    ),
    Window(
        T("repeat-times"),
        Group(choice("times", "times", _tap_times), width=4),
        MessageInput(_type_end),
        SwitchTo(Label("back"), id="to_rhythm", state=Manage.repeat),
        state=Manage.repeat_times,
        getter=repeat_getter,
    ),
    Window(
        T("repeat-days"),
        Button(Label("repeat-publish"), id="publish_all", on_click=_publish, when="some"),
        Button(Label("repeat-keep-drafts"), id="drafts", on_click=_keep_drafts, when="some"),
        SwitchTo(Label("back"), id="to_times", state=Manage.repeat_times),
        state=Manage.repeat_days,
        getter=repeat_getter,
    ),
)
