"""/report: whose report, a municipality's or the region's, and of which year."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, Start, SwitchTo

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
    on_start=_begin,
)
