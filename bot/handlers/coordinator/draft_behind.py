"""What stands behind a number of the draft: its meetings, and who came to each."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.appendix2 import FORM
from bot.errors import NotFound
from bot.handlers.choices import as_id
from bot.handlers.coordinator.draft_words import shown_rows
from bot.handlers.coordinator.report_year import place_and_year
from bot.handlers.curator.numbers import ON_TOP, counts_text, meeting_of
from bot.i18n import Speech
from bot.report_forms import row_name
from bot.services import behind, reports
from bot.services.behind import CountedMeeting
from bot.services.core import Account, Core
from bot.services.headcounts import total_of
from bot.states import Draft, Manage
from bot.widgets import PAGE, Label, Pager, T, choice, fetch_page, first_page, stub_scroll

ROWS, MEETINGS = "row_pages", "behind_pages"
ROW = "row"


async def rows_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the form's rows with their numbers."""
    place, year = place_and_year(dialog_manager)
    report = await reports.draft_of_year(core, account, year, place)
    rows = [(row, number) for row, number in shown_rows(tr, report) if number]

    async def page_of(page: int) -> list[Any]:
        return rows[page * PAGE : (page + 1) * PAGE]

    page, pager = await fetch_page(dialog_manager, ROWS, page_of, lambda _: len(rows))
    return {
        "name": report.name,
        "year": str(year),
        "rows": [
            (f"{row.number} {row_name(tr, row)} · {number}", row.number) for row, number in page
        ],
        **pager,
    }


async def behind_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return a page of the meetings behind the number, each with what it adds."""
    place, year = place_and_year(dialog_manager)
    number = dialog_manager.dialog_data[ROW]
    row = next((each for each in FORM if each.number == number), None)
    if row is None:
        raise NotFound
    found, pager = await fetch_page(
        dialog_manager,
        MEETINGS,
        lambda page: behind.list_behind(core, account, place, year, number, page, PAGE),
        lambda found: found.total,
    )
    return {
        "row": f"{number} {row_name(tr, row)}",
        "year": str(year),
        "number": found.number,
        "total": found.total,
        "meetings": [(_label(tr, each, with_place=place is None), each.id) for each in found.rows],
        **pager,
    }


def _label(tr: Speech, meeting: CountedMeeting, *, with_place: bool) -> str:
    """Return «25 · сб 14 мар · Инженеры будущего»."""
    parts = [str(meeting.number), tr.short_day(meeting.starts_at, meeting.timezone), meeting.title]
    if with_place:
        parts.insert(2, meeting.municipality)
    return " · ".join(parts)


async def counts_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return who came to a meeting."""
    about = await behind.get_counts(core, account, meeting_of(dialog_manager))
    return {
        "title": about.title,
        "when": tr.when(about.starts_at, about.ends_at, about.timezone, lasting=True),
        "where": ", ".join(filter(None, (about.municipality, about.place))),
        "people": total_of(about.came),
        "by_category": counts_text(tr, about.came),
        "somebody": bool(about.came),
        "may_run": about.may_run,
    }


async def _choose_row(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, number: str
) -> None:
    manager.dialog_data[ROW] = number
    await first_page(manager, MEETINGS)
    await manager.switch_to(Draft.behind)


async def _choose_meeting(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, meeting_id: str
) -> None:
    manager.dialog_data["meeting_id"] = as_id(meeting_id)
    await manager.switch_to(Draft.counts)


async def _open_meeting(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Manage.meeting, {"meeting_id": meeting_of(manager), ON_TOP: True})


windows = (
    Window(
        T("draft-rows-title"),
        Column(choice("row", "rows", _choose_row)),
        stub_scroll(ROWS),
        Pager(ROWS),
        SwitchTo(Label("back"), id="to_numbers", state=Draft.numbers),
        state=Draft.rows,
        getter=rows_getter,
    ),
    Window(
        T("draft-behind"),
        Column(choice("meeting", "meetings", _choose_meeting)),
        stub_scroll(MEETINGS),
        Pager(MEETINGS),
        SwitchTo(Label("back"), id="to_rows", state=Draft.rows),
        state=Draft.behind,
        getter=behind_getter,
    ),
    Window(
        T("draft-counts"),
        Format("{by_category}", when="somebody"),
        Button(Label("ticket-open"), id="open", on_click=_open_meeting, when="may_run"),
        SwitchTo(Label("back"), id="to_behind", state=Draft.behind),
        state=Draft.counts,
        getter=counts_getter,
    ),
)
