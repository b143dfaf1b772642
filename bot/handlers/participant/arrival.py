"""What somebody is told who scanned the code in the room, and what they are asked."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import ComeIn
from bot.feedback_messages import rating_question
from bot.i18n import Speech
from bot.people_words import people_text
from bot.sender import Outgoing
from bot.services import feedback
from bot.services.core import Account, Core
from bot.services.self_check_in import Arrival, Arrived


async def arrival_messages(
    core: Core, account: Account, tr: Speech, arrived: Arrived
) -> list[Outgoing]:
    """Return how things stand, then the question how it was, if it is asked now.

    Raises:
        ConsentRequired, NotFound, Refused: as `feedback.say_came`.
    """
    messages = [] if arrived.arrival is Arrival.ANSWERS else [_standing(tr, arrived)]
    if arrived.answered:
        messages.append(Outgoing(tr("room-answered", title=arrived.title)))
    if arrived.asks is None:
        return messages
    asked = await feedback.get_asked(core, account, arrived.asks)
    if not asked.came and isinstance(arrived.asks, int):
        # Who holds the code was in the room: no need to ask.
        asked = await feedback.say_came(core, account, arrived.asks, came=True)
    return [*messages, rating_question(tr, asked)]


def _standing(tr: Speech, arrived: Arrived) -> Outgoing:
    title = arrived.title
    if arrived.arrival is Arrival.IN:
        return Outgoing(
            tr("room-in", title=title, who=people_text(tr, arrived.people, arrived.called))
        )
    if arrived.arrival is Arrival.ALREADY:
        time = tr.time(arrived.since, arrived.timezone) if arrived.since else ""
        return Outgoing(tr("room-already", title=title, time=time))
    if arrived.arrival is Arrival.TEAM:
        return Outgoing(tr("room-team", title=title))
    if arrived.arrival is Arrival.WAITS:
        return Outgoing(tr("room-waits", title=title))
    if arrived.arrival is Arrival.GROUP:
        return Outgoing(tr("room-group", title=title))
    shown = arrived.room_pass
    coming_in = InlineKeyboardButton(
        text=tr.plain("room-come-in"),
        callback_data=ComeIn(meeting_id=shown.meeting_id, key=shown.key).pack(),
    )
    return Outgoing(
        tr("room-not-signed-up", title=title),
        InlineKeyboardMarkup(inline_keyboard=[[coming_in]]),
    )
