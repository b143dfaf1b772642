"""The deadlines of all municipalities: how many stand how, and which."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Column, Group, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.deadline_messages import weekly_line
from bot.deadline_words import deadline_name, due_line
from bot.errors import NotFound
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.coordinator.deadline import OPENED, remember
from bot.i18n import Html, Speech
from bot.rules import DeadlineState
from bot.services import deadline_lists
from bot.services.core import Account, Core
from bot.services.deadlines import WeeklyDeadline
from bot.states import Deadlines
from bot.widgets import Label, Pager, T, choice, fetch_page, first_page, stub_scroll

CODE = "code"
STATE = "state"
PAGES = "places"
PER_PAGE = 6


async def region_getter(core: Core, account: Account, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return how the municipalities stand with each deadline."""
    found = await deadline_lists.list_region(core, account)
    return {
        "lines": Html("\n".join(weekly_line(tr, row) for row in found)),
        "deadlines": [(deadline_name(tr, row.deadline), row.deadline.code) for row in found],
        "some": bool(found),
        "none": not found,
    }


async def places_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the municipalities in the chosen state."""
    data = dialog_manager.dialog_data
    state = DeadlineState(data[STATE])
    found, pager = await fetch_page(
        dialog_manager,
        PAGES,
        lambda page: deadline_lists.list_places(core, account, data[CODE], state, page, PER_PAGE),
        lambda found: found.total,
        PER_PAGE,
    )
    return {
        "line": weekly_line(tr, found.summary),
        "tabs": [
            (("· {} ·" if each is state else "{}").format(label), each.value)
            for each, label in _tabs(tr, found.summary)
        ],
        "lines": Html(
            "\n".join(
                tr("deadlines-place", name=facts.territory.name, due=due_line(tr, facts))
                for facts in found.rows
            )
        ),
        "places": [
            (facts.territory.name, str(facts.territory.municipality_id)) for facts in found.rows
        ],
        "some": bool(found.rows),
        "none": not found.rows,
        "nobody": bool(found.rows) and state is DeadlineState.NOBODY,
        **pager,
    }


def _tabs(tr: Speech, summary: WeeklyDeadline) -> list[tuple[DeadlineState, str]]:
    counts = {state: int(getattr(summary, state.value)) for state in DeadlineState}
    return [
        (state, tr.plain(f"deadlines-tab-{state}", number=number))
        for state, number in counts.items()
    ]


async def _choose_deadline(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, code: str
) -> None:
    """Show its municipalities, those first that one looks for."""
    data = manager.middleware_data
    found = await deadline_lists.list_region(data["core"], data["account"])
    row = next((each for each in found if each.deadline.code == code), None)
    if row is None:
        raise NotFound
    some = (state for state in DeadlineState if getattr(row, state.value))
    manager.dialog_data[CODE] = code
    manager.dialog_data[STATE] = next(some, DeadlineState.OPEN).value
    await manager.switch_to(Deadlines.places)
    await first_page(manager, PAGES)


async def _choose_state(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, state: str
) -> None:
    manager.dialog_data[STATE] = as_one_of(DeadlineState, state).value
    await first_page(manager, PAGES)


async def _open(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: str
) -> None:
    data = manager.middleware_data
    code = manager.dialog_data[CODE]
    found = await deadline_lists.list_region(data["core"], data["account"])
    year = next((each.year for each in found if each.deadline.code == code), None)
    if year is None:
        raise NotFound
    manager.dialog_data[OPENED] = remember(code, year, as_id(municipality_id))
    manager.dialog_data["from_places"] = True
    await manager.switch_to(Deadlines.one)


windows = (
    Window(
        T("deadlines-weekly"),
        Format("{lines}", when="some"),
        T("deadlines-none", when="none"),
        Column(choice("deadline", "deadlines", _choose_deadline)),
        SwitchTo(Label("back"), id="to_list", state=Deadlines.list),
        state=Deadlines.region,
        getter=region_getter,
    ),
    Window(
        Format("{line}"),
        Format("\n{lines}", when="some"),
        T("deadlines-no-places", when="none"),
        T("deadlines-invite-hint", when="nobody"),
        Group(choice("state", "tabs", _choose_state), width=2),
        Column(choice("place", "places", _open)),
        stub_scroll(PAGES),
        Pager(PAGES),
        SwitchTo(Label("back"), id="to_region", state=Deadlines.region),
        state=Deadlines.places,
        getter=places_getter,
    ),
)
