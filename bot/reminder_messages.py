"""Reminders of a meeting, and how things stand after an answer to one."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import button, to_meeting
from bot.callbacks import Coming, ReminderAnswer, ShowTicket
from bot.i18n import Speech
from bot.people_words import people_text
from bot.sender import Outgoing
from bot.services.reminders import Reminder
from bot.services.ticket_notices import Keepsake
from bot.ticket_messages import where_text
from bot.vocabulary import MessageKind, Mode

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)  # a minute late it is still «через 2 часа»


def week_reminder(tr: Speech, reminder: Reminder) -> Outgoing:
    """Remind of a meeting in a week."""
    occasion = reminder.occasion
    text = tr(
        "reminder-week",
        title=occasion.title,
        days=_days_left(tr, occasion),
        when=_when(tr, occasion),
        where=where_text(tr, occasion),
    )
    return Outgoing(text, _buttons([to_meeting(tr, occasion.meeting_token)]))


def day_reminder(tr: Speech, reminder: Reminder) -> Outgoing:
    """Ask the day before who comes; once answered, say so and leave the way out."""
    occasion = reminder.occasion
    text = tr(
        "reminder-day",
        title=occasion.title,
        days=_days_left(tr, occasion),
        when=_when(tr, occasion),
        where=where_text(tr, occasion),
        who=people_text(tr, occasion.people, occasion.called),
        mode=occasion.mode.value,
        answer="yes" if reminder.confirmed else "none",
    )
    yes = _answer(tr, reminder, "reminder-yes", Coming.YES)
    no = _answer(tr, reminder, "reminder-no", Coming.NO)
    fewer = _answer(tr, reminder, "reminder-fewer", Coming.FEWER)
    rows = [[no] if reminder.confirmed else [yes, no]]
    if reminder.group:
        rows.append([fewer])
    return Outgoing(text, _buttons(*rows, [to_meeting(tr, occasion.meeting_token)]))


def hours_reminder(tr: Speech, reminder: Reminder) -> Outgoing:
    """Say shortly before the start where to go, or what to open, and who is expected there."""
    occasion = reminder.occasion
    text = tr(
        "reminder-hours",
        title=occasion.title,
        hours=(occasion.starts_at - tr.now + QUARTER) // HOUR,
        when=_when(tr, occasion),
        where=where_text(tr, occasion),
        mode=occasion.mode.value,
        code=occasion.code,
    )
    data = ShowTicket(registration_id=reminder.registration_id).pack()
    ticket = button(tr.plain("reminder-ticket"), data)
    rows = [[ticket]] if occasion.mode is Mode.IN_PERSON else []
    return Outgoing(text, _buttons(*rows, [to_meeting(tr, occasion.meeting_token)]))


def sure_question(tr: Speech, reminder: Reminder) -> Outgoing:
    """Ask once before a sign-up is cancelled: somebody else may get the seat at once."""
    facts = {"status": "active", "title": reminder.occasion.title}
    sure = _answer(tr, reminder, "cancel-yes", Coming.SURELY_NOT)
    back = _answer(tr, reminder, "back", Coming.BACK)
    return Outgoing(tr("cancel-title", **facts), _buttons([sure], [back]))


def cancelled_message(tr: Speech, occasion: Keepsake) -> Outgoing:
    """Say that somebody is not expected any more."""
    text = tr("reminder-cancelled", title=occasion.title)
    return Outgoing(text, _buttons([to_meeting(tr, occasion.meeting_token)]))


REMINDERS: Mapping[MessageKind, Callable[[Speech, Reminder], Outgoing]] = {
    MessageKind.REMINDER_WEEK: week_reminder,
    MessageKind.REMINDER_DAY: day_reminder,
    MessageKind.REMINDER_HOURS: hours_reminder,
}


def _days_left(tr: Speech, occasion: Keepsake) -> int:
    zone = ZoneInfo(occasion.timezone)
    return (occasion.starts_at.astimezone(zone).date() - tr.now.astimezone(zone).date()).days


def _when(tr: Speech, occasion: Keepsake) -> str:
    return tr.when(occasion.starts_at, occasion.ends_at, occasion.timezone, lasting=True)


def _answer(tr: Speech, reminder: Reminder, key: str, answer: Coming) -> InlineKeyboardButton:
    data = ReminderAnswer(registration_id=reminder.registration_id, answer=answer).pack()
    facts = {"status": "active", "mode": reminder.occasion.mode.value}
    return button(tr.plain(key, **facts), data)


def _buttons(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))
