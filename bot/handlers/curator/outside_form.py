"""What somebody has told of a meeting without the bot so far, and which question comes next.

It lives in the dialog's data, so that Back, an error or a restart loses nothing.
"""

import secrets
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from bot.cleaning import fold
from bot.handlers.curator.form import Form
from bot.handlers.curator.form_filling import settle_on
from bot.handlers.navigation import started_with
from bot.rules import SaidWalkIns
from bot.services import meeting_lists, outside
from bot.services.outside_draft import HeldOutside
from bot.states import Outside
from bot.vocabulary import Audience, Category, Format, Mode

MUNICIPALITY = "municipality_id"
PEOPLE = "people"
STRANGE = "strange"
"""What was typed about people and not understood."""

_ORDER = (
    Outside.municipality,
    Outside.title,
    Outside.day,
    Outside.audience,
    Outside.format,
    Outside.mode,
    Outside.place,
    Outside.people,
    Outside.photos,
    Outside.look,
)


async def begin(_start_data: Any, manager: DialogManager) -> None:
    """Fill the memory when the dialog opens: with a stored meeting, or with where it was."""
    form, data = manager.dialog_data, manager.middleware_data
    core, account = data["core"], data["account"]
    if (meeting_id := started_with(manager, "meeting_id")) is not None:
        stored = await outside.get_outside(core, account, meeting_id)
        form.update(meeting_id=meeting_id, **_remembered(stored))
        return
    grounds = await meeting_lists.list_grounds(core, account)
    asked = started_with(manager, MUNICIPALITY)
    mine = [ground for ground in grounds if ground.id == asked] or list(grounds)
    form.update(token=secrets.token_urlsafe(12), several=len(mine) > 1)
    settle_on(form, mine[0])
    if form["several"]:
        await manager.switch_to(Outside.municipality)


def _remembered(stored: outside.StoredOutside) -> Form:
    told = stored.told
    return {
        MUNICIPALITY: told.municipality_id,
        "municipality": stored.municipality,
        "timezone": stored.timezone,
        "title": told.title,
        "day": told.day.isoformat(),
        "audience": told.audience.value,
        "format": told.format.value,
        "mode": told.mode.value,
        "place": told.place,
        PEOPLE: [[each.category.value, each.people, each.organisation] for each in told.people],
        "photo_link": told.photo_link,
    }


def told_in(form: Form) -> HeldOutside:
    """Return what was told; all questions but the one for photos must be answered."""
    return HeldOutside(
        municipality_id=form[MUNICIPALITY],
        title=form["title"],
        day=date.fromisoformat(form["day"]),
        audience=Audience(form["audience"]),
        format=Format(form["format"]),
        mode=Mode(form["mode"]),
        place=form.get("place", ""),
        people=people_in(form),
        photo_link=form.get("photo_link", ""),
    )


def people_in(form: Form) -> tuple[SaidWalkIns, ...]:
    """Return how many of whom came, as far as it was told, in the order of the form."""
    order = list(Category)
    said = [
        SaidWalkIns(Category(who), number, whose) for who, number, whose in form.get(PEOPLE, ())
    ]
    return tuple(sorted(said, key=lambda each: (order.index(each.category), each.organisation)))


def add_people(form: Form, said: tuple[SaidWalkIns, ...]) -> None:
    """Remember who came besides; what was told of the same people before gives way."""
    anew = {(each.category, fold(each.organisation)) for each in said}
    known = [
        each for each in people_in(form) if (each.category, fold(each.organisation)) not in anew
    ]
    form[PEOPLE] = [
        [each.category.value, each.people, each.organisation] for each in (*known, *said)
    ]


def next_step(step: State, form: Form) -> State:
    """Return the question after `step`, where what was told is shown behind the last."""
    if step == Outside.mode and form["mode"] != Mode.ONLINE:
        return Outside.place
    if form.get("single"):
        return Outside.look
    if step == Outside.mode:
        return Outside.people
    return _ORDER[_ORDER.index(step) + 1]


def previous_step(step: State, form: Form) -> State | None:
    """Return the question before `step`; None when this is the first one."""
    if step == Outside.place:
        return Outside.mode
    if form.get("single"):
        return Outside.look
    if step == Outside.people and form.get("mode") == Mode.ONLINE:
        return Outside.mode
    before = _ORDER.index(step) - 1
    first = 0 if form.get("several") else 1
    return _ORDER[before] if before >= first else None


async def answered(manager: DialogManager, **values: Any) -> None:
    """Remember an answer and go on to the next question."""
    form = manager.dialog_data
    form.update(values)
    following = next_step(manager.current_context().state, form)
    if following == Outside.look:
        form["single"] = False
    await manager.switch_to(following)
