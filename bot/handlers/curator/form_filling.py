"""What the wizard remembers when it opens: a stored meeting, one to repeat, or the defaults."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram_dialog import DialogManager

from bot import rules
from bot.errors import NotFound
from bot.handlers.choices import as_id
from bot.handlers.curator.form import Form
from bot.services import meeting_lists
from bot.services.core import Account, Core
from bot.states import NewMeeting
from bot.vocabulary import Category, Format


async def begin(start_data: Any, manager: DialogManager) -> None:
    """Fill the memory when the dialog opens: with a stored meeting, or with the defaults."""
    form = manager.dialog_data
    if isinstance(start_data, dict) and "meeting_id" in start_data:
        form["meeting_id"] = start_data["meeting_id"]
        await reload(manager)
        return
    if isinstance(start_data, dict) and "copy_of" in start_data:
        await _begin_copy(manager, int(start_data["copy_of"]))
        return
    core: Core = manager.middleware_data["core"]
    account: Account = manager.middleware_data["account"]
    grounds = await meeting_lists.list_grounds(core, account)
    form.update(
        token=secrets.token_urlsafe(12),
        several=len(grounds) > 1,
        format=Format.NETWORKING,
        counts_in_form=True,
        times_fixed=False,
        admits=[],
    )
    settle_on(form, grounds[0])
    if form["several"]:
        await manager.switch_to(NewMeeting.municipality)


def settle_on(form: Form, ground: meeting_lists.Ground) -> None:
    """Remember where the meeting will be, and in which time zone."""
    form.update(municipality_id=ground.id, municipality=ground.name, timezone=ground.timezone)


async def settle_on_tapped(manager: DialogManager, ground_id: str) -> None:
    """Remember the municipality of a button.

    Raises:
        NotFound: it is none in which this account makes meetings.
    """
    data = manager.middleware_data
    grounds = await meeting_lists.list_grounds(data["core"], data["account"])
    ground = next((each for each in grounds if each.id == as_id(ground_id)), None)
    if ground is None:
        raise NotFound
    settle_on(manager.dialog_data, ground)


async def reload(manager: DialogManager) -> meeting_lists.Overview:
    """Fill the memory with the meeting that is being changed, as it is stored now."""
    form = manager.dialog_data
    overview = await _fill(manager, form["meeting_id"])
    form.update(
        stored_day=form["day"],
        times_fixed=rules.MeetingAction.MOVE not in overview.may,
        taken=overview.taken,
    )
    return overview


async def _begin_copy(manager: DialogManager, meeting_id: int) -> None:
    """Fill the memory with a meeting that is to take place once more, on another day."""
    form = manager.dialog_data
    await _fill(manager, meeting_id)
    del form["day"]
    form.update(
        copy_of=meeting_id, token=secrets.token_urlsafe(12), several=False, times_fixed=False
    )


async def _fill(manager: DialogManager, meeting_id: int) -> meeting_lists.Overview:
    form = manager.dialog_data
    core: Core = manager.middleware_data["core"]
    account: Account = manager.middleware_data["account"]
    overview = await meeting_lists.get_overview(core, account, meeting_id)
    plan = overview.plan
    local = plan.starts_at.astimezone(ZoneInfo(overview.timezone))
    form.update(
        municipality_id=plan.municipality_id,
        municipality=overview.municipality,
        timezone=overview.timezone,
        title=plan.title,
        day=local.date().isoformat(),
        time=local.strftime("%H:%M"),
        minutes=(plan.ends_at - plan.starts_at) // timedelta(minutes=1),
        audience=plan.audience,
        mode=plan.mode,
        place=plan.place,
        link=plan.link,
        seats=plan.seats,
        description=plan.description,
        admits=[category for category in Category if category in plan.admits],
        format=plan.format,
        counts_in_form=plan.counts_in_form,
        limits={category.value: most for category, most in plan.limits.items()},
        opens_before=_minutes_before(plan.starts_at, plan.sign_up_opens_at),
        closes_before=_minutes_before(plan.starts_at, plan.sign_up_closes_at),
    )
    return overview


def _minutes_before(starts_at: datetime, moment: datetime | None) -> int | None:
    return None if moment is None else (starts_at - moment) // timedelta(minutes=1)
