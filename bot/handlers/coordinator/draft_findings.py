"""What stands in the way of a year's report: by kind, and the list of each."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, SwitchTo

from bot.handlers.choices import as_one_of
from bot.handlers.coordinator import draft_finding
from bot.handlers.coordinator.draft_finding import FINDING, FROM_ANSWERED, KIND, look
from bot.handlers.coordinator.draft_words import finding_label
from bot.handlers.coordinator.report_year import PLACE, YEAR, municipality_and_year
from bot.handlers.curator.numbers import ON_TOP
from bot.handlers.navigation import started_with
from bot.i18n import Speech
from bot.services.core import Account, Core
from bot.services.finding_answers import ShownFindings
from bot.services.finding_facts import Finding, FindingKind
from bot.states import Draft, Proposals
from bot.widgets import PAGE, Label, Pager, T, choice, fetch_page, first_page, stub_scroll

LIST, ANSWERED = "finding_pages", "answered_pages"


async def kinds_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the kinds of what stands in the way, each with its number."""
    shown = await look(core, account, dialog_manager)
    year = municipality_and_year(dialog_manager)[1]
    on_top = bool(started_with(dialog_manager, ON_TOP))
    return {
        "name": shown.territory.name,
        "year": str(year),
        "kinds": [
            (tr.plain(f"finding-kind-{kind}", number=shown.found.count(kind)), kind.value)
            for kind in FindingKind
            if shown.found.of_kind(kind) and (shown.may_mend or kind is not FindingKind.PROPOSALS)
        ],
        "state": "some" if shown.found.open else "none",
        "answered": len(shown.found.answered),
        "some_answered": bool(shown.found.answered),
        "on_top": on_top,
        "in_draft": not on_top,
    }


async def list_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the findings of the chosen kind."""
    kind = FindingKind(dialog_manager.dialog_data[KIND])
    shown = await look(core, account, dialog_manager)
    found = shown.found.of_kind(kind)
    return {"kind": kind.value, **await _page(tr, dialog_manager, LIST, found, shown)}


async def answered_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of what somebody said is right as it is."""
    shown = await look(core, account, dialog_manager)
    return await _page(tr, dialog_manager, ANSWERED, shown.found.answered, shown)


async def _page(
    tr: Speech,
    manager: DialogManager,
    scroll: str,
    found: Sequence[Finding],
    shown: ShownFindings,
) -> dict[str, Any]:
    async def page_of(page: int) -> Sequence[Finding]:
        return found[page * PAGE : (page + 1) * PAGE]

    page, pager = await fetch_page(manager, scroll, page_of, lambda _: len(found))
    zone = shown.territory.timezone
    return {
        "findings": [(finding_label(tr, each, zone), each.key) for each in page if each.meetings],
        "state": "some" if found else "none",
        **pager,
    }


async def _choose_kind(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, kind: str
) -> None:
    chosen = as_one_of(FindingKind, kind)
    if chosen is FindingKind.PROPOSALS:
        place, year = municipality_and_year(manager)
        await manager.start(Proposals.texts, {PLACE: place, YEAR: year})
        return
    manager.dialog_data[KIND] = chosen.value
    await first_page(manager, LIST)
    await manager.switch_to(Draft.kind)


async def _choose_finding(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, key: str
) -> None:
    manager.dialog_data.update({FINDING: key, FROM_ANSWERED: False})
    await manager.switch_to(Draft.finding)


async def _choose_answered(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, key: str
) -> None:
    manager.dialog_data.update({FINDING: key, FROM_ANSWERED: True})
    await manager.switch_to(Draft.finding)


windows = (
    Window(
        T("findings-title"),
        Column(choice("kind", "kinds", _choose_kind)),
        SwitchTo(
            Label("findings-answered"), id="answered", state=Draft.answered, when="some_answered"
        ),
        SwitchTo(Label("back"), id="to_numbers", state=Draft.numbers, when="in_draft"),
        Cancel(Label("back"), id="close", when="on_top"),
        state=Draft.findings,
        getter=kinds_getter,
    ),
    Window(
        T("findings-of-kind"),
        Column(choice("finding", "findings", _choose_finding)),
        stub_scroll(LIST),
        Pager(LIST),
        SwitchTo(Label("back"), id="to_kinds", state=Draft.findings),
        state=Draft.kind,
        getter=list_getter,
    ),
    Window(
        T("findings-answered-title"),
        Column(choice("answered", "findings", _choose_answered)),
        stub_scroll(ANSWERED),
        Pager(ANSWERED),
        SwitchTo(Label("back"), id="to_kinds", state=Draft.findings),
        state=Draft.answered,
        getter=answered_getter,
    ),
    *draft_finding.windows,
)
