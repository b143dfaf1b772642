"""What people write to each other about a meeting, as the pushed message that carries it."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import OpenMeeting, Reply
from bot.i18n import Html, Speech, as_typed
from bot.sender import Outgoing
from bot.services.broadcasts import Announcement
from bot.services.questions import Words


def announcement_text(tr: Speech, announcement: Announcement) -> Html:
    """Return a message to many as each of them reads it."""
    when = tr.when(announcement.starts_at, None, announcement.timezone, lasting=True)
    head = tr("broadcast-message", title=announcement.title, when=when)
    # Fluent refuses a fact as long as this text can be.
    return Html(f"{head}\n\n{as_typed(announcement.text)}")


def announcement_message(tr: Speech, announcement: Announcement) -> Outgoing:
    """Return a message to many with the way to its meeting."""
    return Outgoing(
        announcement_text(tr, announcement),
        InlineKeyboardMarkup(inline_keyboard=[[_open(tr, announcement.meeting_token)]]),
    )


def question_message(tr: Speech, words: Words) -> Outgoing | None:
    """Return a question or an answer with «Ответить»; one that was answered is dropped."""
    if words.answered:
        return None
    head = tr(
        "question-answer" if words.is_answer else "question-message",
        title=words.title,
        when=tr.when(words.starts_at, None, words.timezone, lasting=True),
    )
    rows = [[_button(tr.plain("question-reply"), Reply(token=words.token).pack())]]
    if words.is_answer:
        rows.append([_open(tr, words.meeting_token)])
    return Outgoing(
        Html(f"{head}\n\n{as_typed(words.text)}"), InlineKeyboardMarkup(inline_keyboard=rows)
    )


def _open(tr: Speech, token: str) -> InlineKeyboardButton:
    return _button(tr.plain("ticket-open"), OpenMeeting(token=token).pack())


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)
