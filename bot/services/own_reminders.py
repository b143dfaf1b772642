"""What somebody wants to be reminded of: before their meetings, and how it was after them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from bot import rules
from bot.errors import NotFound
from bot.models import Meeting, Region, Registration
from bot.services import due_messages
from bot.services.access import find_person, get_person, lock_meeting
from bot.services.core import Account, Core
from bot.services.meeting_schedule import owed_reminders, times_of
from bot.vocabulary import MeetingStatus, MessageKind, RegistrationStatus


class OwnReminder(StrEnum):
    """What a person turns on or off for themselves."""

    WEEK = "week"
    DAY = "day"
    HOURS = "hours"
    FEEDBACK = "feedback"
    TEAM = "team"


_KINDS: Mapping[OwnReminder, tuple[MessageKind, ...]] = {
    OwnReminder.WEEK: (MessageKind.REMINDER_WEEK,),
    OwnReminder.DAY: (MessageKind.REMINDER_DAY,),
    OwnReminder.HOURS: (MessageKind.REMINDER_HOURS,),
    OwnReminder.FEEDBACK: (MessageKind.FEEDBACK_QUESTION, MessageKind.FEEDBACK_REPEAT),
    OwnReminder.TEAM: (MessageKind.TEAM_REMINDER,),
}


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """What somebody chose, or what is usual where they did not.

    Attributes:
        wanted: those that come, unless whoever runs a meeting turned them off for it.
        barred: those that the region has turned off for everybody.
        hours: how long before the start the last reminder comes.
    """

    wanted: frozenset[OwnReminder]
    barred: frozenset[OwnReminder]
    hours: int


async def get_choice(core: Core, account: Account) -> OwnChoice:
    """Return what an account is reminded of; of a stranger, what is usual."""
    async with core.db.read() as session:
        region = await session.scalar(select(Region.switches)) or {}
        person = await find_person(session, account)
        own = person.switches if person else {}
        return OwnChoice(
            wanted=frozenset(
                each
                for each, (kind, *_) in _KINDS.items()
                if rules.is_wanted(kind, region, person=own)
            ),
            barred=frozenset(
                each for each, (kind, *_) in _KINDS.items() if region.get(kind) is False
            ),
            hours=person.reminder_hours if person else rules.USUAL_REMINDER_HOURS,
        )


async def choose(core: Core, account: Account, choices: Mapping[OwnReminder, bool]) -> None:
    """Turn reminders on or off for oneself; the others stay as they are.

    Raises:
        ConsentRequired: the person has not agreed, or to an older text only.
    """
    async with core.db.write() as session:
        person = await get_person(session, account)
        said = {kind.value: on for each, on in choices.items() for kind in _KINDS[each]}
        person.switches = {**person.switches, **said}


async def choose_hours(core: Core, account: Account, hours: int) -> None:
    """Choose how long before the start the last reminder comes, and move those that are planned.

    Where the new time has passed already, the reminder keeps its old one.

    Raises:
        ConsentRequired: the person has not agreed, or to an older text only.
        NotFound: it is none of `rules.REMINDER_HOURS`.
    """
    if hours not in rules.REMINDER_HOURS:
        raise NotFound
    async with core.db.write() as session:
        person = await get_person(session, account)
        found = await session.scalars(
            select(Registration)
            .join(Meeting)
            .where(
                Registration.person_id == person.id,
                Registration.status == RegistrationStatus.ACTIVE,
                Meeting.status == MeetingStatus.PUBLISHED,
                Meeting.starts_at > core.clock.now(),
            )
            .order_by(Meeting.id, Registration.id)
        )
        # The meetings first, as whoever moves one or erases the person does.
        to_come = [(await lock_meeting(session, one.meeting_id), one) for one in found.all()]
        person.reminder_hours = hours
        for meeting, registration in to_come:
            times = await times_of(meeting, hours)
            owed = owed_reminders(core, times, account, registration.id)
            last = [one for one in owed if one.kind is MessageKind.REMINDER_HOURS]
            await due_messages.plan(session, core, last, meeting, move=True)
