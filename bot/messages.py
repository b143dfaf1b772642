"""The messages the bot sends of its own accord: what each says, and whether it still should."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.types import InlineKeyboardMarkup

from bot import rules
from bot.broadcast_messages import announcement_message, question_message
from bot.buttons import button
from bot.callbacks import HeldAnswer, OpenScreen
from bot.digest_messages import digest_message
from bot.errors import DomainError
from bot.feedback_messages import came_question, rating_question
from bot.i18n import Speech, Texts
from bot.models import DueMessage
from bot.nudge_messages import few_people_message, morning_message, summary_message
from bot.offer_messages import lapsed_message, offer_message
from bot.reminder_messages import REMINDERS
from bot.role_words import role_and_place, role_label
from bot.sender import Compose, Dropped, Outgoing
from bot.services import (
    broadcasts,
    catalogue,
    digests,
    feedback,
    meeting_notices,
    meeting_nudges,
    message_switches,
    outbox,
    questions,
    reminders,
    results,
    staff,
    team,
    team_places,
    ticket_notices,
    tickets,
    version_screens,
    visitors,
    waitlist,
)
from bot.services.core import Account, Core
from bot.team_messages import (
    joined_message,
    left_message,
    reminder_message,
    removed_message,
)
from bot.ticket_messages import calendar_message, changed_message, ticket_message
from bot.version_messages import decided_message, sent_message
from bot.vocabulary import MeetingStatus, MessageKind

Facts = dict[str, Any]


def composer(core: Core, texts: Texts, bot: Bot, contact: str) -> Compose:
    """Return what turns a due message into words, or drops it when it is wanted no more.

    Args:
        core: database and clock.
        texts: of every language.
        bot: who speaks, for the links that lead to it.
        contact: how to reach the operator, empty where unknown.
    """

    async def compose(due: DueMessage) -> Outgoing | Dropped:
        account = Account(due.account_id, due.messenger)
        visitor = await visitors.recognise(core, account)
        if visitor.locale is None:
            return Dropped("nobody is behind the account any more")
        if visitor.blocked:
            return Dropped(outbox.BLOCKED)
        if not await message_switches.is_wanted(core, due):
            return Dropped("turned off")
        tr = texts.speak(visitor.locale, core.clock.now(), visitor.timezone or core.timezone)
        if rules.is_stale(due.kind, due.due_at, tr.now):
            return Dropped("too late by now")
        try:
            facts = due.facts | {"contact": contact, "bot": bot}
            said = await _KINDS[due.kind](core, account, facts, tr)
        except DomainError as error:
            return Dropped(f"not possible any more: {error.key}")
        return said or Dropped(rules.MESSAGE_RULES[due.kind].unless)

    return compose


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
    return Outgoing(
        tr(
            "meeting-cancelled",
            title=card.title,
            when=tr.when(card.starts_at, None, card.timezone, lasting=True),
            reason=card.cancel_reason,
            whose="team" if card.team_role else "registration",
        ),
        InlineKeyboardMarkup(
            inline_keyboard=[
                [button(tr.plain("other-meetings"), OpenScreen(name="meetings").pack())]
            ]
        ),
    )


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


async def _held_question(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    asked = await meeting_notices.get_held_question(core, account, int(facts["meeting_id"]))
    if asked is None:
        return None
    row = [
        button(
            tr.plain("held-yes" if held else "held-no"),
            HeldAnswer(meeting_id=asked.meeting_id, held=held).pack(),
        )
        for held in (True, False)
    ]
    return Outgoing(
        tr(
            "held-question",
            title=asked.title,
            when=tr.when(asked.starts_at, None, asked.timezone, lasting=True),
            came=asked.came,
            registered=asked.came - asked.walk_ins - asked.team,
            beside=asked.walk_ins + asked.team,
            walk_ins=asked.walk_ins,
            team=asked.team,
            signed_up=asked.signed_up,
        ),
        InlineKeyboardMarkup(inline_keyboard=[row]),
    )


async def _few_people(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    found = await meeting_nudges.find_few_people(core, account, int(facts["meeting_id"]))
    return few_people_message(tr, found) if found else None


async def _meeting_morning(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    found = await meeting_nudges.find_morning(core, account, int(facts["meeting_id"]))
    return morning_message(tr, found) if found else None


async def _feedback_summary(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    meeting_id = int(facts["meeting_id"])
    return summary_message(
        tr, meeting_id, await results.get_results(core, account, meeting_id, page=0, per_page=0)
    )


async def _digest(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    return digest_message(tr, await digests.get_digest(core, account, str(facts["day"])))


async def _role_accepted(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    """Tell who invited; a link that went astray is noticed at once."""
    member = await staff.get_staff_member(core, account, int(facts["role_id"]))
    if member.revoked:
        return None
    to_staff = button(tr.plain("role-accepted-staff"), OpenScreen(name="staff").pack())
    return Outgoing(
        tr(
            "role-accepted",
            name=member.name,
            role=role_label(tr, member.role, member.municipality),
        ),
        InlineKeyboardMarkup(inline_keyboard=[[to_staff]]),
    )


async def _role_revoked(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    held = await staff.get_revoked_role(core, account, int(facts["role_id"]))
    if held is None:
        return None
    to_menu = button(tr.plain("role-revoked-menu"), OpenScreen(name="home").pack())
    return Outgoing(
        tr(
            "role-revoked",
            role=role_and_place(tr, held.role, held.municipality),
            contact=facts["contact"] or "none",
        ),
        InlineKeyboardMarkup(inline_keyboard=[[to_menu]]),
    )


async def _broadcast(core: Core, _account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    sent = await broadcasts.get_announcement(core, int(facts["broadcast_id"]))
    return announcement_message(tr, sent) if sent else None


async def _question(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    return question_message(tr, await questions.get_words(core, account, str(facts["token"])))


async def _team_reminder(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    place = await team_places.get_place(core, account, int(facts["member_id"]))
    return reminder_message(tr, place)


async def _team_joined(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    return joined_message(tr, await team.get_member(core, account, int(facts["member_id"])))


async def _team_left(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    member_id = int(facts["member_id"])
    if facts["removed"]:
        return removed_message(tr, await team_places.get_lost_place(core, account, member_id))
    return left_message(tr, await team.get_member(core, account, member_id))


async def _report_sent(core: Core, account: Account, facts: Facts, tr: Speech) -> Outgoing | None:
    token = str(facts["token"])
    found = await version_screens.get_version(core, account, token)
    return sent_message(tr, found, await version_screens.get_file(core, account, token))


async def _report_decided(
    core: Core, account: Account, facts: Facts, tr: Speech
) -> Outgoing | None:
    found = await version_screens.get_version(core, account, str(facts["token"]))
    return decided_message(tr, found)


_KINDS: dict[
    MessageKind, Callable[[Core, Account, Facts, Speech], Awaitable[Outgoing | None]]
] = {  # None: the condition of the kind, `MessageRule.unless`, does not hold any more
    **{kind: _reminder(kind) for kind in rules.REMINDERS},
    MessageKind.FEEDBACK_QUESTION: _feedback_question,
    MessageKind.FEEDBACK_REPEAT: _feedback_repeat,
    MessageKind.MEETING_CANCELLED: _meeting_cancelled,
    MessageKind.MEETING_CHANGED: _meeting_changed,
    MessageKind.TICKET: _ticket,
    MessageKind.CALENDAR_FILE: _calendar_file,
    MessageKind.SEAT_OFFER: _seat_offer,
    MessageKind.SEAT_OFFER_LAPSED: _seat_offer_lapsed,
    MessageKind.FEW_PEOPLE: _few_people,
    MessageKind.MEETING_MORNING: _meeting_morning,
    MessageKind.HELD_QUESTION: _held_question,
    MessageKind.FEEDBACK_SUMMARY: _feedback_summary,
    MessageKind.DIGEST: _digest,
    MessageKind.ROLE_ACCEPTED: _role_accepted,
    MessageKind.ROLE_REVOKED: _role_revoked,
    MessageKind.BROADCAST: _broadcast,
    MessageKind.QUESTION: _question,
    MessageKind.TEAM_REMINDER: _team_reminder,
    MessageKind.TEAM_JOINED: _team_joined,
    MessageKind.TEAM_LEFT: _team_left,
    MessageKind.REPORT_SENT: _report_sent,
    MessageKind.REPORT_ACCEPTED: _report_decided,
    MessageKind.REPORT_RETURNED: _report_decided,
}
