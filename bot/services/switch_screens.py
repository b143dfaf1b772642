"""Turning kinds of messages on and off: for one meeting, or for the whole region."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, NotFound
from bot.models import Region
from bot.rules import MeetingAction, Switch
from bot.services import audit
from bot.services.access import check_possible, get_actor, get_managed_meeting
from bot.services.core import Account, Core
from bot.vocabulary import MessageKind

_OF_MEETING = rules.kinds_switched_by(Switch.MEETING)
_OF_REGION = rules.kinds_switched_by(Switch.MEETING, Switch.REGION)


@dataclass(frozen=True, slots=True)
class Switched:
    """A kind of messages, and whether it is sent."""

    kind: MessageKind
    on: bool


@dataclass(frozen=True, slots=True)
class MeetingSwitches:
    """What is sent about a meeting."""

    title: str
    kinds: tuple[Switched, ...]


async def get_meeting_switches(core: Core, account: Account, meeting_id: int) -> MeetingSwitches:
    """Return which messages about a meeting are sent, as the region and the meeting say.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it was held or cancelled: nothing of it can be changed any more.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        check_possible(core, MeetingAction.EDIT, meeting)
        region = await _region(session)
        return MeetingSwitches(
            meeting.title, _switched(_OF_MEETING, region.switches, meeting.switches)
        )


async def switch_for_meeting(
    core: Core, account: Account, meeting_id: int, kind: MessageKind, *, on: bool
) -> None:
    """Turn a kind of messages about a meeting on or off; harmless when repeated.

    What the region says anyway is not stored: there the meeting goes on following the region.

    Raises:
        Forbidden, Refused: as `get_meeting_switches`.
        NotFound: it cannot be turned off for a meeting.
    """
    _check(kind, _OF_MEETING)
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        check_possible(core, MeetingAction.EDIT, meeting)
        region = await _region(session)
        if rules.is_wanted(kind, region.switches, meeting.switches) is on:
            return
        own = {name: said for name, said in meeting.switches.items() if name != kind}
        if rules.is_wanted(kind, region.switches, own) is not on:
            own[kind.value] = on
        meeting.switches = own
        _record(session, core, account, f"meeting:{meeting_id}", kind, on=on)


async def get_region_switches(core: Core, account: Account) -> tuple[Switched, ...]:
    """Return which messages are sent in the region where a meeting says nothing else.

    Raises:
        Forbidden: the account neither coordinates the region nor administers the bot.
    """
    async with core.db.read() as session:
        await _check_region(session, core, account)
        return _switched(_OF_REGION, (await _region(session)).switches)


async def switch_for_region(core: Core, account: Account, kind: MessageKind, *, on: bool) -> None:
    """Turn a kind of messages on or off for the region; harmless when repeated.

    Raises:
        Forbidden: as `get_region_switches`.
        NotFound: it cannot be turned off.
    """
    _check(kind, _OF_REGION)
    async with core.db.write() as session:
        await _check_region(session, core, account)
        region = await _region(session, lock=True)
        if rules.is_wanted(kind, region.switches) is on:
            return
        region.switches = region.switches | {kind.value: on}
        _record(session, core, account, "region", kind, on=on)


def _switched(
    kinds: Collection[MessageKind], region: rules.Switches, meeting: rules.Switches | None = None
) -> tuple[Switched, ...]:
    return tuple(Switched(kind, rules.is_wanted(kind, region, meeting)) for kind in kinds)


def _check(kind: MessageKind, kinds: Collection[MessageKind]) -> None:
    if kind not in kinds:
        raise NotFound


async def _check_region(session: AsyncSession, core: Core, account: Account) -> None:
    actor = await get_actor(session, core, account)
    if not rules.may_switch_in_region(actor.grants):
        raise Forbidden


async def _region(session: AsyncSession, *, lock: bool = False) -> Region:
    statement = select(Region).order_by(Region.id).limit(1)
    if lock:
        statement = statement.with_for_update()
    return (await session.scalars(statement)).one()


def _record(
    session: AsyncSession,
    core: Core,
    account: Account,
    subject: str,
    kind: MessageKind,
    *,
    on: bool,
) -> None:
    audit.record(session, core, account, "messages.switch", subject, kind=kind.value, on=on)
