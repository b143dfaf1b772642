"""Which messages are turned off: for the region, for a meeting, by the person they are for."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import DueMessage, Meeting, Person, Region, Registration, TeamMember
from bot.services.core import Core
from bot.vocabulary import MessageKind


async def is_wanted(core: Core, due: DueMessage) -> bool:
    """Whether nobody has turned off what a message says, as `rules.is_wanted` weighs it."""
    kind = _said_with(due)
    if rules.MESSAGE_RULES[kind].switch is None:
        return True
    async with core.db.read() as session:
        region = await session.scalar(select(Region.switches))
        meeting = await _switches_of_meeting(session, due.subject)
        person = await session.scalar(
            select(Person.switches).where(
                Person.messenger == due.messenger, Person.account_id == due.account_id
            )
        )
    return rules.is_wanted(kind, region or {}, meeting, person)


def _said_with(due: DueMessage) -> MessageKind:
    """Return the kind whose switch counts: a file for the calendar goes with the words about what
    happened, for by itself it would tell nobody anything."""
    if due.kind is not MessageKind.CALENDAR_FILE:
        return due.kind
    if due.occurrence.startswith("change "):
        return MessageKind.MEETING_CHANGED
    return MessageKind.MEETING_CANCELLED if due.occurrence == "cancelled" else due.kind


async def _switches_of_meeting(session: AsyncSession, subject: str) -> rules.Switches | None:
    """Return the switches of the meeting that a message is about, None where it is about none."""
    about, _, number = subject.partition(":")
    statement: Select[tuple[rules.Switches]] = select(Meeting.switches)
    match about:
        case "meeting":
            statement = statement.where(Meeting.id == int(number))
        case "registration":
            statement = statement.join(Registration).where(Registration.id == int(number))
        case "team":
            statement = statement.join(TeamMember).where(TeamMember.id == int(number))
        case _:
            return None
    switches: rules.Switches | None = await session.scalar(statement)
    return switches
