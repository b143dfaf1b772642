"""What people write to each other about a meeting, as the pushed message that carries it."""

from aiogram.types import InlineKeyboardMarkup

from bot.buttons import button, to_meeting
from bot.callbacks import BroadcastTap, Reply
from bot.i18n import Html, Speech, as_typed
from bot.sender import Outgoing
from bot.services.broadcast_progress import Progress
from bot.services.broadcasts import Announcement
from bot.services.questions import Words
from bot.vocabulary import BroadcastDeed


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
        InlineKeyboardMarkup(inline_keyboard=[[to_meeting(tr, announcement.meeting_token)]]),
    )


def counter_message(tr: Speech, progress: Progress, *, asks: bool) -> Outgoing:
    """Return how far a message to many has come, with what can be done about it.

    Args:
        tr: the language of whoever looks at it.
        progress: the numbers of now.
        asks: whether it asks if it shall be stopped; not any more once there is nothing to stop.
    """
    lines, deeds = [tr("sent-counter", title=progress.title)], []
    if progress.waits_until is not None:
        when = tr.when(progress.waits_until, None, progress.timezone, lasting=True)
        lines.append(tr("sent-waits", when=when, total=progress.total))
    else:
        lines.append(
            tr(
                "sent-numbers",
                delivered=progress.delivered,
                total=progress.total,
                missed=progress.missed,
                unknown=progress.undecided + progress.left,
            )
        )
    if progress.under_way and asks:
        lines.append(tr("sent-stop-question"))
        deeds = [("sent-stop-now", BroadcastDeed.STOP), ("back", BroadcastDeed.GO_ON)]
    elif progress.under_way and not progress.stopped:
        deeds = [("sent-stop", BroadcastDeed.ASK)]
    elif progress.stopped:
        lines.append(tr("sent-stopped", withheld=progress.withheld))
    elif progress.undecided:
        lines.append(tr("sent-unknown", undecided=progress.undecided))
        deeds = [("sent-again", BroadcastDeed.AGAIN), ("sent-leave", BroadcastDeed.LEAVE)]
    else:
        lines.append(tr("sent-over"))
    rows = [
        [button(tr.plain(key), BroadcastTap(broadcast_id=progress.broadcast_id, deed=deed).pack())]
        for key, deed in deeds
    ]
    return Outgoing(Html("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows))


def question_message(tr: Speech, words: Words) -> Outgoing | None:
    """Return a question or an answer with «Ответить»; one that was answered is dropped."""
    if words.answered:
        return None
    head = tr(
        "question-answer" if words.is_answer else "question-message",
        title=words.title,
        when=tr.when(words.starts_at, None, words.timezone, lasting=True),
    )
    rows = [[button(tr.plain("question-reply"), Reply(token=words.token).pack())]]
    if words.is_answer:
        rows.append([to_meeting(tr, words.meeting_token)])
    return Outgoing(
        Html(f"{head}\n\n{as_typed(words.text)}"), InlineKeyboardMarkup(inline_keyboard=rows)
    )
