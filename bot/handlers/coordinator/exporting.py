"""«Выгрузки»: what to take along and of which time, the table itself, and a year's answers."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Group, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.errors import NotFound
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.export_file import send_export
from bot.handlers.navigation import started_with
from bot.i18n import Html, Speech
from bot.period_parsing import parse_period
from bot.results_words import named_formats
from bot.rules import Period, report_years, whole_year
from bot.services import exporting
from bot.services.core import Account, Core
from bot.services.export_scope import OF_A_TERRITORY, Wanted
from bot.services.year_feedback import YearFeedback, best_and_weakest, get_year_feedback
from bot.states import Exports, HalfYear
from bot.themes import Theme
from bot.vocabulary import ExportKind
from bot.widgets import Label, T, choice, close_button, speech


async def open_exports(manager: DialogManager, municipality_id: int | None) -> None:
    """Open the screen for a municipality, or for the region (None); its Back leads here."""
    await manager.start(Exports.kind, {"municipality_id": municipality_id})


async def open_own_exports(manager: DialogManager) -> None:
    """Open the screen for the meetings that an organiser made; its Back leads here."""
    await manager.start(Exports.kind, {"own": True})


async def kinds_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return whose tables they are, and which there are."""
    wanted = _of_year(dialog_manager, ExportKind.MEETINGS, _years(tr)[0])
    kinds = [each for each in ExportKind if not (wanted.own and each in OF_A_TERRITORY)]
    return {
        "reports": not wanted.own,
        "whose": await exporting.get_name(core, account, wanted) or tr.plain("export-own"),
        "kinds": [(tr.name_of("export", each), each.value) for each in kinds],
    }


async def period_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return what was chosen, and the years to choose from."""
    kind = _kind(dialog_manager)
    wanted = _of_year(dialog_manager, kind, _years(tr)[0])
    return {
        "whose": await exporting.get_name(core, account, wanted) or tr.plain("export-own"),
        "what": tr.name_of("export", kind),
        "holds": tr.name_of("export-holds", kind),
        "years": [(str(year), year) for year in _years(tr)],
    }


async def year_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return what a year's answers come to, and the other year."""
    years = _years(tr)
    chosen = dialog_manager.dialog_data.get("year", years[0])
    wanted = _of_year(dialog_manager, ExportKind.FEEDBACK, chosen)
    found = await get_year_feedback(core, account, wanted)
    return {
        "whose": found.name or tr.plain("export-own"),
        "year": str(chosen),
        "answers": found.answers,
        "comments": found.comments,
        "formats": _formats(tr, found),
        "themes": Html("\n".join(_theme(tr, theme) for theme in found.themes)),
        "some_themes": bool(found.themes),
        "no_themes": not found.themes and found.answers > 0,
        "some": found.answers > 0,
        "fewest": found.fewest,
        "none": found.answers == 0,
        "may_confirm": found.answers == 0 and found.shows_names,
        "years": [(str(year), year) for year in years if year != chosen],
    }


def _formats(tr: Speech, found: YearFeedback) -> Html:
    best, weakest = best_and_weakest(found.formats)
    if not best:
        return tr("year-formats-few")
    return tr("year-formats", best=named_formats(tr, best), weakest=named_formats(tr, weakest))


def _theme(tr: Speech, theme: Theme) -> Html:
    return tr("year-theme", words=", ".join(theme.words), comments=theme.comments)


async def _open_timetable(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    place = started_with(manager, "municipality_id")
    await manager.start(HalfYear.choose, {"municipality_id": place})


async def _choose_kind(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, kind: str
) -> None:
    manager.dialog_data["kind"] = as_one_of(ExportKind, kind).value
    await manager.switch_to(Exports.period)


async def _take_year(
    callback: CallbackQuery, _select: Any, manager: DialogManager, year: str
) -> None:
    wanted = _of_year(manager, _kind(manager), _offered(manager, year))
    await send_export(callback, manager, wanted)


async def _type_period(message: Message, _input: Any, manager: DialogManager) -> None:
    tr = speech(manager)
    period = parse_period(message.text or "", tr.now.astimezone(tr.zone).date())
    await send_export(message, manager, _wanted(manager, _kind(manager), period))


async def _turn_to_year(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, year: str
) -> None:
    manager.dialog_data["year"] = _offered(manager, year)


def _years(tr: Speech) -> tuple[int, ...]:
    return report_years(tr.now.astimezone(tr.zone).date())


def _offered(manager: DialogManager, year: str) -> int:
    """Return the year that a button carries.

    Raises:
        NotFound: it is none of those on the screen.
    """
    if as_id(year) not in _years(speech(manager)):
        raise NotFound
    return int(year)


def _kind(manager: DialogManager) -> ExportKind:
    return ExportKind(manager.dialog_data["kind"])


def _of_year(manager: DialogManager, kind: ExportKind, year: int) -> Wanted:
    return _wanted(manager, kind, whole_year(year))


def _wanted(manager: DialogManager, kind: ExportKind, period: Period) -> Wanted:
    return Wanted(
        kind,
        period,
        municipality_id=started_with(manager, "municipality_id"),
        own=bool(started_with(manager, "own")),
    )


TO_KINDS = SwitchTo(Label("back"), id="to_kinds", state=Exports.kind)

dialog = Dialog(
    Window(
        T("exports-kind"),
        Group(choice("kind", "kinds", _choose_kind), width=2),
        Row(
            SwitchTo(Label("exports-year"), id="year", state=Exports.year),
            Button(Label("timetable"), id="timetable", on_click=_open_timetable, when="reports"),
        ),
        close_button(),
        state=Exports.kind,
        getter=kinds_getter,
    ),
    Window(
        T("exports-period"),
        Row(choice("year", "years", _take_year)),
        TO_KINDS,
        MessageInput(_type_period, content_types=ContentType.TEXT),
        state=Exports.period,
        getter=period_getter,
    ),
    Window(
        T("year-title"),
        T("year-none", when="none"),
        T("year-none-confirm", when="may_confirm"),
        Format("{formats}", when="some"),
        T("year-themes", when="some_themes"),
        Format("{themes}", when="some_themes"),
        T("year-themes-none", when="no_themes"),
        Row(choice("turn", "years", _turn_to_year)),
        TO_KINDS,
        state=Exports.year,
        getter=year_getter,
    ),
)
