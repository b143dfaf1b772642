"""/deadlines: what is due in the year, and how it stands."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.callbacks import DeclineDeadline, OpenDeadline, SettleDeadline
from bot.deadline_words import deadline_name, due_line
from bot.errors import NotFound
from bot.handlers.choices import as_count
from bot.handlers.coordinator import deadline, deadlines_region
from bot.handlers.coordinator.deadline import OPENED, OWN, remember
from bot.handlers.navigation import open_below, open_on_top, started_with
from bot.handlers.pushed import give_back_buttons
from bot.i18n import Html, Speech
from bot.services import deadline_lists, deadline_marks
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts
from bot.states import Deadlines
from bot.widgets import Label, Pager, T, choice, close_button, fetch_page, stub_scroll

PAGES = "own_territories"
PER_PAGE = 8

router = Router(name="deadlines")


@router.message(Command("deadlines"))
async def show_deadlines(
    _message: Message, dialog_manager: DialogManager, core: Core, account: Account
) -> None:
    """Show one's own deadlines, or first the choice of a territory."""
    await deadline_lists.list_territories(core, account)  # refuses a stranger before any screen
    await open_on_top(dialog_manager, Deadlines.list)


@router.callback_query(OpenDeadline.filter())
async def open_deadline(
    callback: CallbackQuery,
    callback_data: OpenDeadline,
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
) -> None:
    """Show a deadline below the message that recalls it."""
    opened = remember(callback_data.code, callback_data.year, callback_data.municipality_id or None)
    await deadline_marks.get_deadline(core, account, **opened)
    await callback.answer()
    await open_below(dialog_manager, Deadlines.one, {OPENED: opened})
    await give_back_buttons(callback)


@router.callback_query(DeclineDeadline.filter())
async def decline_deadline(
    callback: CallbackQuery,
    callback_data: DeclineDeadline,
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
) -> None:
    """Ask below the message why there is nothing to do; of what is settled show how it stands."""
    opened = remember(callback_data.code, callback_data.year, callback_data.municipality_id or None)
    found = await deadline_marks.get_deadline(core, account, **opened)
    await callback.answer()
    state = Deadlines.reason if found.may_say else Deadlines.one
    await open_below(dialog_manager, state, {OPENED: opened})
    await give_back_buttons(callback)


@router.callback_query(SettleDeadline.filter())
async def settle_deadline(
    callback: CallbackQuery,
    callback_data: SettleDeadline,
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
    tr: Speech,
) -> None:
    """Keep somebody's word that it is done, and show below how it stands, to be taken back."""
    opened = remember(callback_data.code, callback_data.year, callback_data.municipality_id or None)
    await deadline_marks.settle(core, account, **opened, settled=callback_data.settled)
    await callback.answer(tr.plain("deadline-marked"))
    await open_below(dialog_manager, Deadlines.one, {OPENED: opened})
    await give_back_buttons(callback)


async def _begin(_start_data: Any, manager: DialogManager) -> None:
    data = manager.middleware_data
    territories = await deadline_lists.list_territories(data["core"], data["account"])
    own = [each.territory.municipality_id for each in territories]
    opened = started_with(manager, OPENED)
    manager.dialog_data["several"] = len(own) > 1
    manager.dialog_data[OWN] = own[0]
    if opened is not None:
        manager.dialog_data[OPENED] = opened
        if opened["municipality_id"] in own:
            manager.dialog_data[OWN] = opened["municipality_id"]
    elif len(own) > 1 and manager.current_context().state != Deadlines.region:
        await manager.switch_to(Deadlines.territories)


async def territories_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the territories whose deadlines are one's own."""
    found = await deadline_lists.list_territories(core, account)

    async def page_of(page: int) -> tuple[deadline_lists.OwnTerritory, ...]:
        return found[page * PER_PAGE : (page + 1) * PER_PAGE]

    rows, pager = await fetch_page(dialog_manager, PAGES, page_of, lambda _: len(found), PER_PAGE)
    return {
        "territories": [
            (
                tr.plain(
                    "deadlines-territory",
                    name=each.territory.name,
                    late=each.late,
                    open=each.open,
                ),
                str(each.territory.municipality_id or 0),
            )
            for each in rows
        ],
        **pager,
    }


async def list_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return what the chosen territory owes."""
    data = dialog_manager.dialog_data
    found = await deadline_lists.list_deadlines(core, account, data[OWN])
    return {
        "name": found.territory.name,
        "lines": Html("\n".join(_row(tr, facts) for facts in found.rows)),
        "deadlines": [
            (deadline_name(tr, facts.deadline), facts.deadline.code) for facts in found.rows
        ],
        "some": bool(found.rows),
        "none": not found.rows,
        "sees_region": found.sees_region,
        "several": data["several"],
        "only_one": not data["several"],
    }


def _row(tr: Speech, facts: DeadlineFacts) -> Html:
    return tr(
        "deadlines-row",
        state=facts.state.value,
        name=deadline_name(tr, facts.deadline),
        year=str(facts.year),
        due=due_line(tr, facts),
    )


async def _choose_territory(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, carried: str
) -> None:
    manager.dialog_data[OWN] = as_count(carried) or None
    await manager.switch_to(Deadlines.list)


async def _open(_callback: CallbackQuery, _select: Any, manager: DialogManager, code: str) -> None:
    data = manager.middleware_data
    where = manager.dialog_data[OWN]
    found = await deadline_lists.list_deadlines(data["core"], data["account"], where)
    facts = next((each for each in found.rows if each.deadline.code == code), None)
    if facts is None:
        raise NotFound
    manager.dialog_data[OPENED] = remember(code, facts.year, where)
    manager.dialog_data["from_places"] = False
    await manager.switch_to(Deadlines.one)


dialog = Dialog(
    Window(
        T("deadlines-whose"),
        Column(choice("territory", "territories", _choose_territory)),
        stub_scroll(PAGES),
        Pager(PAGES),
        close_button(),
        state=Deadlines.territories,
        getter=territories_getter,
    ),
    Window(
        T("deadlines-list"),
        Format("{lines}", when="some"),
        T("deadlines-none", when="none"),
        Column(choice("deadline", "deadlines", _open)),
        SwitchTo(
            Label("deadlines-of-region"), id="region", state=Deadlines.region, when="sees_region"
        ),
        SwitchTo(Label("back"), id="to_territories", state=Deadlines.territories, when="several"),
        Cancel(Label("back"), id="close_only", when="only_one"),
        state=Deadlines.list,
        getter=list_getter,
    ),
    *deadlines_region.windows,
    *deadline.windows,
    on_start=_begin,
)
