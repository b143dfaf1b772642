"""What participants and teams are told: asked of the services, put in words."""

from collections.abc import Awaitable, Callable, Mapping

from bot import rules
from bot.broadcast_messages import announcement_message, question_message
from bot.feedback_messages import came_question, rating_question
from bot.i18n import Speech
from bot.offer_messages import lapsed_message, offer_message
from bot.reminder_messages import REMINDERS
from bot.sender import Composer, Facts, Outgoing
from bot.services import (
    broadcasts,
    catalogue,
    feedback,
    questions,
    reminders,
    team,
    team_places,
    ticket_notices,
    tickets,
    waitlist,
)
from bot.services.core import Account, Core
from bot.team_messages import (
    left_message,
    reminder_message,
    removed_message,
)
from bot.ticket_messages import (
    calendar_message,
    called_off_message,
    changed_message,
    ticket_message,
)
from bot.vocabulary import MeetingStatus, MessageKind


async def _feedback_question(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    registration_id = int(facts["registration_id"])
    asked = await feedback.is_wanted(core, account, registration_id)
    if asked is None:
        return None
    return rating_question(tr, asked) if asked.came else came_question(tr, asked, registration_id)


async def _feedback_repeat(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    asked = await feedback.is_wanted(core, account, int(facts["registration_id"]))
    return rating_question(tr, asked, again=True) if asked and asked.came else None


def _reminder(
    kind: MessageKind,
) -> Callable[[Core, Account, Facts, Speech], Awaitable[Outgoing | None]]:
    async def compose(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
        registration_id = int(facts["registration_id"])
        reminder = await reminders.find_due(core, account, registration_id, kind)
        return REMINDERS[kind](tr, reminder) if reminder else None

    return compose


async def _meeting_cancelled(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    card = await catalogue.get_card(core, account, str(facts["token"]))
    if card.ends_at <= tr.now:
        return None
    return called_off_message(tr, card)


async def _ticket(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    kept = await ticket_notices.get_keepsake(core, account, int(facts["registration_id"]))
    return await ticket_message(tr, facts["bot"], kept)


async def _calendar_file(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    kept: ticket_notices.Occasion
    if "member_id" in facts:
        kept = await team_places.get_place(core, account, int(facts["member_id"]))
    else:
        kept = await ticket_notices.get_keepsake(core, account, int(facts["registration_id"]))
    return await calendar_message(tr, facts["bot"], kept)


async def _meeting_changed(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    card = await catalogue.get_card(core, account, str(facts["token"]))
    takes_part = card.own_status is not None or card.member_id is not None
    if card.status is not MeetingStatus.PUBLISHED or card.ends_at <= tr.now or not takes_part:
        return None
    return changed_message(tr, card, facts)


async def _seat_offer(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    registration_id, number = int(facts["registration_id"]), int(facts["offer"])
    await waitlist.begin_offer(core, account, registration_id, number)
    return offer_message(tr, await tickets.get_ticket(core, account, registration_id), number)


async def _seat_offer_lapsed(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    ticket = await tickets.get_ticket(core, account, int(facts["registration_id"]))
    return lapsed_message(tr, ticket, int(facts["offer"]))


async def _broadcast(core: Core, _account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    sent = await broadcasts.get_announcement(core, int(facts["broadcast_id"]))
    return announcement_message(tr, sent) if sent else None


async def _question(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    return question_message(tr, await questions.get_words(core, account, str(facts["token"])))


async def _team_reminder(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    place = await team_places.get_place(core, account, int(facts["member_id"]))
    return reminder_message(tr, place)


async def _team_left(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    member_id = int(facts["member_id"])
    if facts["removed"]:
        return removed_message(tr, await team_places.get_lost_place(core, account, member_id))
    return left_message(tr, await team.get_member(core, account, member_id))


TO_PARTICIPANTS: Mapping[MessageKind, Composer] = {
    **{kind: _reminder(kind) for kind in rules.REMINDERS},
    MessageKind.FEEDBACK_QUESTION: _feedback_question,
    MessageKind.FEEDBACK_REPEAT: _feedback_repeat,
    MessageKind.MEETING_CANCELLED: _meeting_cancelled,
    MessageKind.MEETING_CHANGED: _meeting_changed,
    MessageKind.TICKET: _ticket,
    MessageKind.CALENDAR_FILE: _calendar_file,
    MessageKind.SEAT_OFFER: _seat_offer,
    MessageKind.SEAT_OFFER_LAPSED: _seat_offer_lapsed,
    MessageKind.BROADCAST: _broadcast,
    MessageKind.QUESTION: _question,
    MessageKind.TEAM_REMINDER: _team_reminder,
    MessageKind.TEAM_LEFT: _team_left,
}
"""None: the condition of the kind, `MessageRule.unless`, does not hold any more."""
