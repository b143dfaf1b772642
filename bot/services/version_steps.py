"""What becomes of a municipality's report: sent as a version, accepted or returned.

Whoever does one of it does it for what they have seen: where somebody else was first, they are
told. All steps of one municipality wait for each other at its row.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_words
from bot.errors import Forbidden, NotFound, Refused
from bot.models import WORDS_LENGTH, Person, ReportVersion
from bot.services import deadline_marks, version_notices
from bot.services.access import get_actor, get_person
from bot.services.core import Account, Core
from bot.services.report_counting import ReportFacts, count_municipality
from bot.services.territories import lock_reports, territory_key
from bot.services.version_facts import to_stored
from bot.services.version_screens import record_step
from bot.vocabulary import ReportStatus

_TOKEN_BYTES = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """The last version that somebody has seen when they send another; 0 and None: none."""

    number: int = 0
    status: ReportStatus | None = None


async def send(
    core: Core,
    account: Account,
    municipality_id: int,
    year: int,
    seen: Seen,
    make: Callable[[ReportFacts], bytes],
) -> int:
    """Freeze what the report says now as a version, and tell the region.

    Sending again what oneself has just sent changes nothing.

    Args:
        core: what every use case is given.
        account: who sends.
        municipality_id: whose report it is.
        year: that it is about.
        seen: what was the last version on the sender's screen.
        make: writes the xlsx; run in a thread, between two transactions.

    Returns:
        The number of the version.

    Raises:
        Forbidden: this account may not send it.
        Refused: somebody sent, accepted or returned it meanwhile; the year lies ahead, or the
            municipality did not exist in it.
        NotFound: there is no such municipality.
        ConsentRequired: nothing may be stored about this person.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        person = await _get_sender(session, core, account, municipality_id)
        last = await _find_last(session, municipality_id, year)
        if last is not None and _is_sent(last, seen, person):
            return last.number
        facts = await count_municipality(session, municipality_id, year, now, person.id)
    file = await asyncio.to_thread(make, facts)
    async with core.db.write() as session:
        person = await _get_sender(session, core, account, municipality_id)
        await lock_reports(session, municipality_id)
        last = await _find_last(session, municipality_id, year)
        if last is not None and _is_sent(last, seen, person):
            return last.number
        version = ReportVersion(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            municipality_id=municipality_id,
            year=year,
            number=seen.number + 1,
            status=ReportStatus.SENT,
            facts=to_stored(facts),
            file=file,
            sent_at=now,
            sent_by_id=person.id,
            sent_by=_name(person),
        )
        session.add(version)
        await session.flush()
        await version_notices.tell_region(session, core, version, account)
        record_step(session, core, account, "report.send", version)
    return version.number


async def accept(core: Core, account: Account, token: str) -> None:
    """Accept a version, and tell its municipality; accepting it again changes nothing.

    Raises:
        Forbidden: this account may not.
        Refused: another version was sent meanwhile, or somebody else decided on this one.
        NotFound: there is no such version.
        ConsentRequired: nothing may be stored about this person.
    """
    await _decide(core, account, token, ReportStatus.ACCEPTED, "")


async def give_back(core: Core, account: Account, token: str, comment: str) -> None:
    """Return a version with what has to be changed, and tell its municipality.

    Raises:
        InvalidInput: no words, or too many.
        Forbidden, Refused, NotFound, ConsentRequired: as of `accept`.
    """
    await _decide(core, account, token, ReportStatus.RETURNED, clean_words(comment, WORDS_LENGTH))


async def _decide(
    core: Core, account: Account, token: str, status: ReportStatus, comment: str
) -> None:
    async with core.db.write() as session:
        actor = await get_actor(session, core, account)
        if not rules.may_decide_on_reports(actor.grants):
            raise Forbidden("forbidden-report-decide")
        person = await get_person(session, account)
        which = select(ReportVersion).where(ReportVersion.token == token)
        version = await session.scalar(which)
        if version is None:
            raise NotFound
        await lock_reports(session, version.municipality_id)
        await session.refresh(version)  # as it is now that nobody else can change it
        done = version.status is status and version.comment == comment
        if done and version.decided_by_id == person.id:
            return
        last = await _find_last(session, version.municipality_id, version.year)
        if last is not None and last.number > version.number:
            raise _was_sent(last)
        if version.status is not ReportStatus.SENT:
            raise _was_decided(version)
        version.status, version.comment = status, comment
        version.decided_at = core.clock.now()
        version.decided_by_id, version.decided_by = person.id, _name(person)
        await version_notices.tell_municipality(session, core, version, account)
        if status is ReportStatus.RETURNED:
            await _forget_word(session, core, version)
        said = {"reason": comment} if comment else {}
        action = "report.accept" if status is ReportStatus.ACCEPTED else "report.return"
        record_step(session, core, account, action, version, **said)


async def _forget_word(session: AsyncSession, core: Core, version: ReportVersion) -> None:
    """Erase «Отправлен письмом» from before: whoever returns a report waits for it again."""
    if (deadline := rules.report_deadline(core.deadlines)) is not None:
        territory = territory_key(version.municipality_id)
        await deadline_marks.forget_word(session, deadline.code, version.year, territory)


async def _get_sender(
    session: AsyncSession, core: Core, account: Account, municipality_id: int
) -> Person:
    actor = await get_actor(session, core, account)
    if not rules.may_send_report(actor.grants, municipality_id):
        raise Forbidden("forbidden-report")
    return await get_person(session, account)


async def _find_last(
    session: AsyncSession, municipality_id: int, year: int
) -> ReportVersion | None:
    return await session.scalar(
        select(ReportVersion)
        .where(ReportVersion.municipality_id == municipality_id, ReportVersion.year == year)
        .order_by(ReportVersion.number.desc())
        .limit(1)
    )


def _is_sent(last: ReportVersion, seen: Seen, person: Person) -> bool:
    """Whether the sender sent this version after what they had seen: a tap that came twice.

    Raises:
        Refused: somebody else was first.
    """
    if last.number > seen.number:
        if last.number == seen.number + 1 and last.sent_by_id == person.id:
            return True
        raise _was_sent(last)
    if last.status is not seen.status:
        raise _was_decided(last)
    return False


def _was_sent(last: ReportVersion) -> Refused:
    return Refused("report-sent-meanwhile", number=last.number, name=last.sent_by or "none")


def _was_decided(version: ReportVersion) -> Refused:
    return Refused(
        "report-decided-meanwhile",
        number=version.number,
        status=version.status.value,
        name=version.decided_by or "none",
    )


def _name(person: Person) -> str:
    return person.staff_name or person.name
