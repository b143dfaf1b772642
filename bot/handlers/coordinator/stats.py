"""/stats: where people would rather look than read, a picture at a time."""

import asyncio
from datetime import date
from typing import Any

from aiogram import Bot, Router
from aiogram.enums import ChatAction, ContentType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Group, SwitchTo
from aiogram_dialog.widgets.media import DynamicMedia
from aiogram_dialog.widgets.text import Format

from bot import charts, rules
from bot.drawn import Drawn
from bot.errors import NotFound
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.coordinator.stats_charts import chart_of
from bot.handlers.coordinator.stats_words import caption, name_of_period
from bot.handlers.navigation import open_on_top
from bot.handlers.place_choice import place_buttons, place_facts, place_input, typed_letters
from bot.i18n import Speech
from bot.period_parsing import parse_period
from bot.rules import Period
from bot.services import statistics
from bot.services.core import Account, Core
from bot.services.statistic_facts import OF_REGION, Picture
from bot.states import Stats
from bot.widgets import Label, T, choice, close_button

router = Router(name="stats")

CHOSEN, PICTURE, PERIOD = "municipality_id", "picture", "period"
BETWEEN = "_"
"""The two days of a period, in a button and where the dialog remembers it."""


@router.message(Command("stats"))
async def show_statistics(_message: Message, dialog_manager: DialogManager) -> None:
    """Show the first picture of this year, or first the choice of a municipality."""
    await open_on_top(dialog_manager, Stats.picture)


async def _begin(_start_data: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    places = await statistics.find_statistics_places(data["core"], data["account"])
    if places.by_letters or len(places.found) > 1:
        await manager.switch_to(Stats.place)
    else:
        manager.dialog_data[CHOSEN] = places.found[0].id
        manager.dialog_data["only_one"] = True


async def places_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the municipalities to choose from, and whether they are found by letters."""
    letters = typed_letters(dialog_manager)
    places = await statistics.find_statistics_places(core, account, letters)
    return {"whole_region": places.by_letters, **place_facts(dialog_manager, places)}


async def _choose_place(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: str
) -> None:
    await _show_place(manager, as_id(municipality_id))


async def _choose_region(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _show_place(manager, None)


async def _show_place(manager: DialogManager, municipality_id: int | None) -> None:
    manager.dialog_data[CHOSEN] = municipality_id
    manager.dialog_data.pop(PICTURE, None)
    await manager.switch_to(Stats.picture)


async def picture_getter(
    core: Core, account: Account, bot: Bot, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the picture, its numbers in words and the names of the others."""
    data = dialog_manager.dialog_data
    place: int | None = data[CHOSEN]
    shown = as_one_of(Picture, data.get(PICTURE, Picture.CATEGORIES))
    kept = data.get(PERIOD)
    period = _read(kept) if kept else None
    looked = await statistics.look_at(core, account, place, shown, period)
    chart = chart_of(tr, shown, looked)
    media = None
    if chart is not None:
        await bot.send_chat_action(account.id, ChatAction.UPLOAD_PHOTO)
        media = Drawn(await asyncio.to_thread(charts.draw, chart))
    return {
        "media": media,
        "caption": caption(tr, shown, looked),
        "pictures": [
            (tr.name_of("stats-picture", each), each.value)
            for each in Picture
            if each is not shown and (place is None or each not in OF_REGION)
        ],
        "several": not data.get("only_one"),
        "only_one": bool(data.get("only_one")),
    }


def _read(kept: str) -> Period:
    """Return the period that a button carries or the dialog remembers.

    Raises:
        NotFound: it is none.
    """
    try:
        first, last = map(date.fromisoformat, kept.split(BETWEEN))
    except ValueError:
        raise NotFound from None
    return Period(first, last)


def _kept(period: Period) -> str:
    return f"{period.first}{BETWEEN}{period.last}"


async def _choose_picture(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, picture: str
) -> None:
    manager.dialog_data[PICTURE] = as_one_of(Picture, picture).value


async def periods_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the periods that are one tap away."""
    where = await statistics.get_area(core, account, dialog_manager.dialog_data[CHOSEN])
    year = where.today.year
    near = [
        rules.whole_year(year),
        rules.whole_year(year - 1),
        *(rules.half_year(year, number) for number in (1, 2)),
        *(rules.quarter(year, number) for number in (1, 2, 3, 4)),
    ]
    return {
        "name": where.name,
        "year": str(year),
        "periods": [
            (name_of_period(tr, each), _kept(each)) for each in near if each.first <= where.today
        ],
    }


async def _choose_period(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, period: str
) -> None:
    await _show_period(manager, _read(period), await _today(manager))


async def _type_period(message: Message, _input: Any, manager: DialogManager) -> None:
    today = await _today(manager)
    await _show_period(manager, parse_period(message.text or "", today), today)


async def _show_period(manager: DialogManager, period: Period, today: date) -> None:
    rules.check_period(period, today)
    manager.dialog_data[PERIOD] = _kept(period)
    await manager.switch_to(Stats.picture)


async def _today(manager: DialogManager) -> date:
    data = manager.middleware_data
    place = manager.dialog_data[CHOSEN]
    where = await statistics.get_area(data["core"], data["account"], place)
    return where.today


dialog = Dialog(
    Window(
        T("stats-choose"),
        T("place-search"),
        Button(Label("report-region"), id="region", on_click=_choose_region, when="whole_region"),
        place_buttons(_choose_place),
        close_button(),
        place_input(),
        state=Stats.place,
        getter=places_getter,
    ),
    Window(
        DynamicMedia("media"),
        Format("{caption}"),
        Group(choice("picture", "pictures", _choose_picture), width=2),
        SwitchTo(Label("stats-other-period"), id="other_period", state=Stats.period),
        SwitchTo(Label("back"), id="to_places", state=Stats.place, when="several"),
        Cancel(Label("back"), id="close_only", when="only_one"),
        state=Stats.picture,
        getter=picture_getter,
    ),
    Window(
        T("stats-period"),
        Group(choice("near", "periods", _choose_period), width=2),
        SwitchTo(Label("back"), id="to_picture", state=Stats.picture),
        MessageInput(_type_period, content_types=ContentType.TEXT),
        state=Stats.period,
        getter=periods_getter,
    ),
    on_start=_begin,
)
