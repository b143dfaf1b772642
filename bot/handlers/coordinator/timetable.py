"""«График полугодия»: which half of which year, then the file, as a table or to print."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram.utils.chat_action import ChatActionSender
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo

from bot.cleaning import cut
from bot.errors import NotFound
from bot.handlers.coordinator.timetable_words import half_text, sheet_of
from bot.handlers.navigation import started_with
from bot.i18n import Speech, Texts
from bot.papers import timetable_pdf
from bot.services import timetables
from bot.services.core import Account, Core
from bot.services.timetables import Half, halves_of
from bot.states import HalfYear
from bot.timetable_sheet import timetable_xlsx
from bot.widgets import Label, T, choice, close_button, speech

HALF = "half"
_NAME_IN_FILE = 60


async def halves_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return whose timetable it is, and the half-years to choose from."""
    halves = _halves(dialog_manager)
    place = started_with(dialog_manager, "municipality_id")
    name, _number = await timetables.count_planned(core, account, place, halves[0])
    return {
        "whose": name,
        "halves": [(half_text(tr, half), number) for number, half in enumerate(halves)],
    }


async def file_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return how many meetings stand in the timetable."""
    half = _half(dialog_manager)
    place = started_with(dialog_manager, "municipality_id")
    name, meetings = await timetables.count_planned(core, account, place, half)
    return {
        "whose": name,
        "when": half_text(tr, half),
        "meetings": meetings,
        "some": meetings > 0,
        "none": meetings == 0,
    }


def _halves(manager: DialogManager) -> tuple[Half, ...]:
    tr = speech(manager)
    return halves_of(tr.now.astimezone(tr.zone).date())


def _half(manager: DialogManager) -> Half:
    """Return the half-year that was chosen, as long as it is offered.

    Raises:
        NotFound: none was, or it is no more.
    """
    chosen = Half(*manager.dialog_data.get(HALF, (0, 0)))
    if chosen not in _halves(manager):
        raise NotFound
    return chosen


async def _choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: str, /
) -> None:
    halves = dict(zip(map(str, range(3)), _halves(manager), strict=True))
    if number not in halves:
        raise NotFound
    half = halves[number]
    manager.dialog_data[HALF] = [half.year, half.number]
    await manager.switch_to(HalfYear.file)


async def _send_table(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _send(callback, manager, "xlsx")


async def _send_pdf(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _send(callback, manager, "pdf")


async def _send(callback: CallbackQuery, manager: DialogManager, kind: str) -> None:
    """Make the file and send it; it speaks Russian, as the region's papers do."""
    data = manager.middleware_data
    core: Core = data["core"]
    texts: Texts = data["texts"]
    bot: Bot = data["bot"]
    tr, half, chat_id = speech(manager), _half(manager), callback.from_user.id
    place = started_with(manager, "municipality_id")
    async with ChatActionSender.upload_document(bot=bot, chat_id=chat_id):
        planned = await timetables.take_timetable(core, data["account"], place, half)
        russian = texts.speak("ru", core.clock.now(), planned.timezone)
        sheet = sheet_of(russian, planned)
        content = await (
            asyncio.to_thread(timetable_pdf, sheet)
            if kind == "pdf"
            else asyncio.to_thread(timetable_xlsx, sheet, russian.now)
        )
    name = tr.plain(
        "timetable-file",
        whose=cut(planned.name, _NAME_IN_FILE),
        when=half_text(tr, half),
    )
    await bot.send_document(
        chat_id,
        BufferedInputFile(content, f"{name}.{kind}"),
        caption=tr(
            "timetable-caption",
            whose=planned.name,
            when=half_text(tr, half),
            meetings=len(planned.meetings),
            unnamed=sum(not each.responsible for each in planned.meetings),
        ),
    )
    manager.show_mode = ShowMode.DELETE_AND_SEND


dialog = Dialog(
    Window(
        T("timetable-ask"),
        Column(choice("half", "halves", _choose)),
        close_button(),
        state=HalfYear.choose,
        getter=halves_getter,
    ),
    Window(
        T("timetable-which"),
        T("timetable-none", when="none"),
        T("timetable-some", when="some"),
        Row(
            Button(Label("timetable-xlsx"), id="xlsx", on_click=_send_table, when="some"),
            Button(Label("timetable-pdf"), id="pdf", on_click=_send_pdf, when="some"),
        ),
        SwitchTo(Label("back"), id="to_halves", state=HalfYear.choose),
        state=HalfYear.file,
        getter=file_getter,
    ),
)
