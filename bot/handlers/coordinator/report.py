"""/report: whose report, a municipality's or the region's, and of which year."""

from html import escape
from typing import Any

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, Start, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot import rules
from bot.errors import NotFound
from bot.handlers.choices import as_id
from bot.handlers.coordinator import exporting
from bot.handlers.coordinator.report_year import PLACE, YEAR
from bot.handlers.navigation import open_on_top, started_with
from bot.handlers.place_choice import place_buttons, place_facts, place_input, typed_letters
from bot.i18n import Speech
from bot.services import reports
from bot.services.core import Account, Core
from bot.services.visitors import Visitor
from bot.states import Draft, Report, Signature, Stats
from bot.widgets import Label, T, choice, close_button, speech

router = Router(name="report")

CHOSEN = PLACE
REPLACED = "replaced_proposals"


@router.message(Command("report"))
async def show_report(_message: Message, dialog_manager: DialogManager) -> None:
    """Show the years, or first the choice of a municipality."""
    await open_on_top(dialog_manager, Report.year)


async def _begin(_start_data: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    if (municipality_id := started_with(manager, CHOSEN)) is not None:
        manager.dialog_data[CHOSEN] = municipality_id
        manager.dialog_data["only_one"] = True
        return
    places = await reports.find_report_places(data["core"], data["account"])
    if places.by_letters or len(places.found) > 1:
        await manager.switch_to(Report.municipality)
    else:
        manager.dialog_data[CHOSEN] = places.found[0].id
        manager.dialog_data["only_one"] = True


async def places_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the municipalities to choose from, and whether they are found by letters."""
    places = await reports.find_report_places(core, account, typed_letters(dialog_manager))
    return {"whole_region": places.by_letters, **place_facts(dialog_manager, places)}


async def _choose_place(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: str
) -> None:
    manager.dialog_data[CHOSEN] = as_id(municipality_id)
    await manager.switch_to(Report.year)


async def _choose_region(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data[CHOSEN] = None
    await manager.switch_to(Report.year)


async def years_getter(
    core: Core,
    account: Account,
    visitor: Visitor,
    tr: Speech,
    dialog_manager: DialogManager,
    **_: Any,
) -> dict[str, Any]:
    """Return whose report it is, the years to choose from, and which buttons make sense."""
    municipality_id: int | None = dialog_manager.dialog_data[CHOSEN]
    return {
        "name": await reports.get_report_place(core, account, municipality_id),
        "years": [(tr.plain("report-of-year", year=str(year)), year) for year in _years(tr)],
        "may_propose": municipality_id is not None
        and rules.may_write_proposals(visitor.grants, municipality_id),
        "may_sign": rules.signs_reports(visitor.grants),
        "several": not dialog_manager.dialog_data.get("only_one"),
        "only_one": bool(dialog_manager.dialog_data.get("only_one")),
    }


def _years(tr: Speech) -> tuple[int, ...]:
    return rules.report_years(tr.now.astimezone(tr.zone).date())


async def _open_draft(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, year: str
) -> None:
    if as_id(year) not in _years(speech(manager)):
        raise NotFound
    place: int | None = manager.dialog_data[CHOSEN]
    await manager.start(Draft.numbers, {PLACE: place, YEAR: int(year)})


async def proposals_getter(
    core: Core, account: Account, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return what row 4 says so far."""
    year = _year_of_proposals(dialog_manager)
    text = await reports.get_proposals(core, account, dialog_manager.dialog_data[CHOSEN], year)
    return {
        "year": str(year),
        "text": escape(text, quote=False),
        "written": bool(text),
        "replaced": bool(dialog_manager.dialog_data.get(REPLACED)),
        "empty": not text,
        "for_a_year": started_with(dialog_manager, YEAR) is not None,
        "any_year": started_with(dialog_manager, YEAR) is None,
    }


def _year_of_proposals(manager: DialogManager) -> int:
    """Return the year of the deadline that led here, else the one that is due by the calendar."""
    return started_with(manager, YEAR) or _years(speech(manager))[0]


async def _type_proposals(message: Message, _input: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    where = manager.dialog_data[CHOSEN], _year_of_proposals(manager)
    before = await reports.get_proposals(data["core"], data["account"], *where)
    await reports.set_proposals(data["core"], data["account"], *where, message.text or "")
    manager.dialog_data[REPLACED] = before


async def _bring_back(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    where = manager.dialog_data[CHOSEN], _year_of_proposals(manager)
    before = manager.dialog_data.pop(REPLACED, "")
    if before:
        await reports.set_proposals(data["core"], data["account"], *where, before)
        await callback.answer(speech(manager).plain("report-proposals-back"))


async def _open_exports(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await exporting.open_exports(manager, manager.dialog_data[CHOSEN])


dialog = Dialog(
    Window(
        T("report-choose"),
        T("place-search"),
        Button(Label("report-region"), id="region", on_click=_choose_region, when="whole_region"),
        place_buttons(_choose_place),
        close_button(),
        place_input(),
        state=Report.municipality,
        getter=places_getter,
    ),
    Window(
        T("report-year"),
        Row(choice("year", "years", _open_draft)),
        SwitchTo(
            Label("report-proposals"), id="proposals", state=Report.proposals, when="may_propose"
        ),
        Start(Label("report-signature"), id="signature", state=Signature.done, when="may_sign"),
        Row(
            Start(Label("home-stats"), id="stats", state=Stats.picture),
            Button(Label("exports"), id="exports", on_click=_open_exports),
        ),
        SwitchTo(Label("back"), id="to_places", state=Report.municipality, when="several"),
        Cancel(Label("back"), id="close_only", when="only_one"),
        state=Report.year,
        getter=years_getter,
    ),
    Window(
        T("report-proposals-title"),
        T("report-proposals-empty", when="empty"),
        Format("\n{text}\n", when="written"),
        T("report-proposals-replace", when="written"),
        Button(Label("report-proposals-undo"), id="undo", on_click=_bring_back, when="replaced"),
        SwitchTo(Label("back"), id="to_year", state=Report.year, when="any_year"),
        Cancel(Label("back"), id="to_deadline", when="for_a_year"),
        MessageInput(_type_proposals, content_types=ContentType.TEXT),
        state=Report.proposals,
        getter=proposals_getter,
    ),
    on_start=_begin,
)
