"""«Встреча без бота»: what it was and who came, asked step by step; corrected and taken away."""

from collections.abc import Callable
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Group, Keyboard, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.cleaning import cut
from bot.handlers.curator import outside_clicks as clicks
from bot.handlers.curator.calendar import PastCalendar
from bot.handlers.curator.form import Form
from bot.handlers.curator.new_what import choices_getter, grounds_getter
from bot.handlers.curator.outside_form import MUNICIPALITY, STRANGE, begin, people_in
from bot.i18n import Html, Speech, as_typed
from bot.services import outside
from bot.services.core import Account, Core
from bot.states import Outside
from bot.widgets import Label, T, choice, close_button

_SHOWN = 700
"""Of a list of people, so that it leaves room for the rest of the message."""


async def form_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return what was told so far, after a look whether this person may tell it."""
    form = dialog_manager.dialog_data
    meeting_id = form.get("meeting_id")
    await outside.check_telling(core, account, form[MUNICIPALITY], meeting_id)
    step = dialog_manager.current_context().state
    now = _ANSWERS[step](tr, form) if step in _ANSWERS else ""
    return {
        "now": Html(f"{tr('new-now')} <b>{as_typed(now)}</b>"),
        "known": bool(now),
        "mode": form.get("mode", ""),
        "title": form.get("title", ""),
        "strange": ", ".join(form.get(STRANGE, ())),
        "creating": meeting_id is None,
        "stored": meeting_id is not None,
        "fields": [(tr.plain(f"outside-field-{name}"), name) for name in clicks.FIELDS],
    }


async def look_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the whole of it, as it will be stored."""
    form = dialog_manager.dialog_data
    mode = tr.name_of("mode", form["mode"])
    lines = [
        tr("outside-title", title=form["title"]),
        tr("outside-day", day=_day(tr, form)),
        tr("outside-place", place=form.get("place") or mode, municipality=form["municipality"]),
        tr(
            "outside-kind",
            audience=tr.name_of("audience", form["audience"]),
            format=tr.name_of("format", form["format"]),
            mode=mode,
        ),
        tr("outside-came", people=_people(tr, form) or "—"),
    ]
    if form.get("photo_link"):
        lines.append(tr("manage-photos-link", link=form["photo_link"]))
    return {"about": Html("\n".join(lines))}


def _day(tr: Speech, form: Form) -> str:
    return tr.day(date.fromisoformat(form["day"]), lasting=True)


def _people(tr: Speech, form: Form) -> str:
    """Return «9 класс 25 · другие организации (Школа № 3) 4»."""
    parts = []
    for each in people_in(form):
        who = tr.name_of("category", each.category)
        whose = f" ({each.organisation})" if each.organisation else ""
        parts.append(f"{who}{whose} {each.people}")
    return cut(" · ".join(parts), _SHOWN)


_ANSWERS: dict[State, Callable[[Speech, Form], str]] = {
    Outside.title: lambda _tr, form: form.get("title", ""),
    Outside.day: lambda tr, form: _day(tr, form) if "day" in form else "",
    Outside.audience: lambda tr, form: (
        tr.name_of("audience", form["audience"]) if "audience" in form else ""
    ),
    Outside.format: lambda tr, form: (
        tr.name_of("format", form["format"]) if "format" in form else ""
    ),
    Outside.mode: lambda tr, form: tr.name_of("mode", form["mode"]) if "mode" in form else "",
    Outside.place: lambda _tr, form: form.get("place", ""),
    Outside.people: _people,
    Outside.photos: lambda _tr, form: form.get("photo_link", ""),
}
"""What was answered to a question already, if anything."""


def _question(
    state: State, question: str, *widgets: Keyboard | MessageInput, getter: Any = None
) -> Window:
    """Return the window of one question.

    Args:
        state: the step.
        question: the text's key.
        widgets: what answers it: buttons, inputs.
        getter: of what the widgets need besides.
    """
    return Window(
        T(question),
        Format("{now}", when="known"),
        *widgets,
        Row(BACK, Button(Label("new-keep"), id="keep", on_click=clicks.keep, when="known")),
        state=state,
        getter=[form_getter, getter] if getter else form_getter,
    )


BACK = Button(Label("back"), id="back", on_click=clicks.back)
TO_LOOK = SwitchTo(Label("back"), id="to_look", state=Outside.look)

dialog = Dialog(
    Window(
        T("outside-ask-municipality"),
        Column(choice("ground", "grounds", clicks.tap_ground)),
        close_button(),
        state=Outside.municipality,
        getter=grounds_getter,
    ),
    _question(Outside.title, "outside-ask-title", MessageInput(clicks.type_title)),
    _question(
        Outside.day,
        "outside-ask-day",
        PastCalendar(id="day", on_click=clicks.tap_day),
        MessageInput(clicks.type_day),
    ),
    _question(
        Outside.audience,
        "outside-ask-audience",
        Column(choice("audience", "audiences", clicks.tap_audience)),
        getter=choices_getter,
    ),
    _question(
        Outside.format,
        "outside-ask-format",
        Group(choice("format", "formats", clicks.tap_format), width=2),
        getter=choices_getter,
    ),
    _question(
        Outside.mode,
        "outside-ask-mode",
        Column(choice("mode", "modes", clicks.tap_mode)),
        getter=choices_getter,
    ),
    _question(Outside.place, "outside-ask-place", MessageInput(clicks.type_place)),
    Window(
        T("outside-ask-people"),
        Format("{now}", when="known"),
        T("outside-strange", when="strange"),
        Button(Label("outside-people-done"), id="keep", on_click=clicks.keep, when="known"),
        Button(
            Label("outside-people-anew"), id="anew", on_click=clicks.forget_people, when="known"
        ),
        BACK,
        MessageInput(clicks.type_people),
        state=Outside.people,
        getter=form_getter,
    ),
    _question(
        Outside.photos,
        "outside-ask-photos",
        Button(Label("outside-no-photos"), id="skip", on_click=clicks.skip_photos),
        MessageInput(clicks.type_photos),
    ),
    Window(
        Format("{about}"),
        T("outside-look", when="creating"),
        Button(Label("outside-add"), id="store", on_click=clicks.store, when="creating"),
        Button(Label("outside-save"), id="store", on_click=clicks.store, when="stored"),
        SwitchTo(Label("new-change"), id="change", state=Outside.fields),
        SwitchTo(Label("outside-remove"), id="remove", state=Outside.remove, when="stored"),
        Button(Label("back"), id="back", on_click=clicks.back, when="creating"),
        Cancel(Label("back"), id="close", when="stored"),
        state=Outside.look,
        getter=[form_getter, look_getter],
    ),
    Window(
        Format("{about}"),
        T("outside-fields"),
        Group(choice("field", "fields", clicks.tap_field), width=2),
        TO_LOOK,
        state=Outside.fields,
        getter=[form_getter, look_getter],
    ),
    Window(
        T("outside-remove-ask"),
        Button(Label("outside-remove-yes"), id="yes", on_click=clicks.remove),
        TO_LOOK,
        state=Outside.remove,
        getter=form_getter,
    ),
    on_start=begin,
)
