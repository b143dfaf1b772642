"""Numbers first: how meetings and counts read on the screens of those who run them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram_dialog import DialogManager

from bot.i18n import Html, Speech, as_typed
from bot.services.closing import Closing
from bot.services.crowding import find_crowding
from bot.services.door_list import DoorPage
from bot.services.headcounts import CategoryCounts, total_of
from bot.services.meeting_lists import MeetingRow, Overview
from bot.vocabulary import MeetingStatus

UNCONFIRMED = "unconfirmed"
"""The state of a meeting that is over and waits for «Состоялась»."""


ON_TOP = "on_top"
"""With this in the start data a meeting's screen leads back to the one that opened it."""


def meeting_of(manager: DialogManager) -> int:
    """Return the id of the meeting that this dialog is about."""
    start = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int(manager.dialog_data.get("meeting_id") or start.get("meeting_id") or 0)


def turnout_text(tr: Speech, about: DoorPage | Overview | Closing) -> Html:
    """Return «Пришли 12 из 17», those without a registration and the team apart."""
    came, beside = total_of(about.came), about.walk_ins + about.team_came
    return tr(
        "numbers-came",
        came=came,
        registered=came - beside,
        beside=beside,
        walk_ins=about.walk_ins,
        team=about.team_came,
        signed_up=total_of(about.signed_up),
    )


def turnout_facts(tr: Speech, about: DoorPage | Overview | Closing) -> dict[str, Any]:
    """Return the numbers that stand above whatever is done with a meeting's list."""
    came = total_of(about.came)
    seats = about.plan.seats if isinstance(about, Overview) else about.seats
    return {
        "came": came,
        "seats": seats or 0,
        "crowded": seats is not None and came > seats,
        "turnout": turnout_text(tr, about),
        "signed_up": total_of(about.signed_up),
        "by_category": counts_text(tr, about.came),
        "somebody": came > 0,
        "nobody": came == 0,
    }


async def toast_with_crowding(manager: DialogManager, done: str) -> str:
    """Return what a tap at the door has done, with a warning where more came than there are seats.

    Args:
        manager: of a window of the door.
        done: what the tap has done.
    """
    data = manager.middleware_data
    tr: Speech = data["tr"]
    over = await find_crowding(data["core"], data["account"], meeting_of(manager))
    if over is None:
        return done
    return f"{done}\n{tr.plain('door-crowded', came=over.came, seats=over.seats)}"


def counts_text(tr: Speech, counts: CategoryCounts) -> str:
    """Return «9 класс 25 · родители 10»."""
    return " · ".join(f"{tr.name_of('category', category)} {people}" for category, people in counts)


def row_label(tr: Speech, row: MeetingRow) -> str:
    """Return «сб 14 мар · Инженеры будущего · записаны 28 из 40», «… · пришли 12»."""
    state = state_of(tr, row.status, row.starts_at, row.ends_at)
    if state == MeetingStatus.PUBLISHED:
        tail = tr.plain("manage-row-signed-up", people=row.signed_up, seats=row.seats or 0)
    elif row.outside:
        tail = tr.plain("outside-row", people=row.came)
    elif state == MeetingStatus.HELD:
        nobody = not row.came
        tail = tr.plain("manage-row-nobody" if nobody else "manage-row-came", people=row.came)
    elif state == UNCONFIRMED and row.came:
        tail = tr.plain("manage-row-unconfirmed", people=row.came)
    else:
        tail = tr.plain(f"manage-state-{state}")
    return " · ".join((tr.short_day(row.starts_at, row.timezone), row.title, tail))


def overview_text(tr: Speech, overview: Overview) -> Html:
    """Return a meeting's screen: its state, when and where, then the numbers."""
    plan = overview.plan
    state = state_of(tr, overview.status, plan.starts_at, plan.ends_at)
    if overview.outside:
        return _outside_text(tr, overview)
    lines = [
        tr("manage-title", title=plan.title, state=tr.plain(f"manage-state-{state}")),
        tr("card-when", when=tr.when(plan.starts_at, plan.ends_at, overview.timezone)),
    ]
    if overview.cancel_reason:
        lines.append(tr("manage-reason", reason=overview.cancel_reason))
    signed_up, came = total_of(overview.signed_up), total_of(overview.came)
    if overview.status is not MeetingStatus.DRAFT:
        seats = plan.seats or 0
        lines.append(tr("manage-signed-up", people=signed_up, seats=seats))
        lines += _detail(tr, overview.signed_up if not came else ())
        if overview.confirmed and not came:
            confirmed = overview.confirmed
            lines.append(tr("manage-confirmed", confirmed=confirmed, signed_up=signed_up))
    if came:
        lines.append(tr("manage-came", turnout=turnout_text(tr, overview)))
        lines += _detail(tr, overview.came)
    if overview.average is not None:
        average = tr.decimal(overview.average)
        lines.append(tr("manage-rating", average=average, answers=overview.answers))
    if overview.photo_link:
        lines.append(tr("manage-photos-link", link=overview.photo_link))
    return Html("\n".join(lines))


def _outside_text(tr: Speech, overview: Overview) -> Html:
    """Return what there is of a meeting without the bot: its day and who came."""
    day = overview.plan.starts_at.astimezone(ZoneInfo(overview.timezone)).date()
    lines = [
        tr("outside-title", title=overview.plan.title),
        tr("outside-day", day=tr.day(day, lasting=True)),
        tr("outside-came", people=counts_text(tr, overview.came) or "—"),
    ]
    if overview.photo_link:
        lines.append(tr("manage-photos-link", link=overview.photo_link))
    return Html("\n".join(lines))


def _detail(tr: Speech, counts: CategoryCounts) -> list[Html]:
    return [as_typed(counts_text(tr, counts))] if counts else []


def state_of(tr: Speech, status: MeetingStatus, starts_at: datetime, ends_at: datetime) -> str:
    """Return the state of a meeting: its status, or that it runs or waits for «Состоялась»."""
    if status is MeetingStatus.PUBLISHED and starts_at <= tr.now:
        return "running" if ends_at > tr.now else UNCONFIRMED
    return status.value
