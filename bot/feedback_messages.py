"""The questions after a meeting, one after the other: buttons that outlive restarts."""

from aiogram.types import InlineKeyboardMarkup

from bot.buttons import button
from bot.callbacks import (
    CameAnswer,
    Rate,
    RoomRate,
    RoomSkipComment,
    RoomUseful,
    SkipComment,
    Useful,
)
from bot.i18n import Speech
from bot.rules import RoomPass, useful_choices
from bot.sender import Outgoing
from bot.services.answer_topics import About, Asked


def came_question(tr: Speech, asked: Asked, registration_id: int) -> Outgoing:
    """Ask somebody whose attendance nobody marked whether they were there."""
    row = [
        button(
            tr.plain(f"came-{'yes' if came else 'no'}"),
            CameAnswer(registration_id=registration_id, came=came).pack(),
        )
        for came in (True, False)
    ]
    return Outgoing(
        tr(
            "came-question",
            title=asked.title,
            when=tr.when(asked.starts_at, None, asked.timezone, lasting=True),
        ),
        InlineKeyboardMarkup(inline_keyboard=[row]),
    )


def rating_question(tr: Speech, asked: Asked, *, again: bool = False) -> Outgoing:
    """Ask for a rating in one tap; `again`: of somebody who was asked the day before."""
    row = [button(f"{rating} ⭐", _rate(asked.about, rating)) for rating in range(1, 6)]
    if isinstance(asked.about, RoomPass):
        text = tr("room-rate-question", title=asked.title)
    else:
        text = tr("rate-again" if again else "rate-question", title=asked.title)
    return Outgoing(
        text,
        InlineKeyboardMarkup(inline_keyboard=[row]),
    )


def useful_question(tr: Speech, asked: Asked) -> Outgoing:
    """Ask what was useful: a few choices that fit who answers."""
    rows = [
        [
            button(
                ("✓ " if choice in asked.useful else "")
                + tr.plain(f"useful-{choice.replace('_', '-')}"),
                _tick(asked.about, choice, on=choice not in asked.useful),
            )
        ]
        for choice in useful_choices(asked.category)
    ]
    rows.append([button(tr.plain("useful-done"), _tick(asked.about, "", on=True))])
    return Outgoing(
        tr("useful-question", title=asked.title, rating=asked.rating or 0),
        InlineKeyboardMarkup(inline_keyboard=rows),
    )


def comment_question(tr: Speech, asked: Asked) -> Outgoing:
    """Ask for a few words, which can be skipped."""
    skip = button(tr.plain("comment-skip"), _skip(asked.about))
    return Outgoing(
        tr("comment-question", title=asked.title), InlineKeyboardMarkup(inline_keyboard=[[skip]])
    )


def thanks(tr: Speech, asked: Asked) -> Outgoing:
    """Thank, and say when the answer waits for the curator's list."""
    key = "feedback-thanks" if asked.confirmed else "feedback-thanks-unconfirmed"
    return Outgoing(tr(key, title=asked.title))


def _rate(about: About, rating: int) -> str:
    if isinstance(about, RoomPass):
        return RoomRate(meeting_id=about.meeting_id, key=about.key, rating=rating).pack()
    return Rate(registration_id=about, rating=rating).pack()


def _tick(about: About, choice: str, *, on: bool) -> str:
    if isinstance(about, RoomPass):
        tick = RoomUseful(meeting_id=about.meeting_id, key=about.key, choice=choice, on=on)
        return tick.pack()
    return Useful(registration_id=about, choice=choice, on=on).pack()


def _skip(about: About) -> str:
    if isinstance(about, RoomPass):
        return RoomSkipComment(meeting_id=about.meeting_id, key=about.key).pack()
    return SkipComment(registration_id=about).pack()
