"""One deadline of one year: how it stands, and somebody's word that it is settled."""

from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_text
from bot.errors import Forbidden, InvalidInput, NotFound, Refused
from bot.models import WORDS_LENGTH, DeadlineMark
from bot.rules import DeadlineState
from bot.services import audit
from bot.services.access import Actor, get_actor, get_person
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts, Mark
from bot.services.deadline_ledger import Gaps, find_gaps, read_ledger, read_territories
from bot.services.inserting import insert_into
from bot.vocabulary import Role, Settled


@dataclass(frozen=True, slots=True)
class OpenedDeadline:
    """A deadline as its screen shows it.

    Attributes:
        gaps: what is missing; nothing once it is settled.
        may_say: what the reader may say of it now.
        may_take_back: whether they may take back what was said.
        runs_meetings: whether the reader runs the meetings there.
        may_invite: where nobody answers for it, the roles that would and that the reader may give.
    """

    facts: DeadlineFacts
    gaps: Gaps
    may_say: tuple[Settled, ...]
    may_take_back: bool
    runs_meetings: bool
    may_invite: tuple[Role, ...]


async def get_deadline(
    core: Core, account: Account, code: str, year: int, municipality_id: int | None
) -> OpenedDeadline:
    """Return how it stands with a deadline of a year.

    Args:
        core: what every use case is given.
        account: who asks.
        code: of the deadline.
        year: that it is about.
        municipality_id: where, None for the region.

    Raises:
        Forbidden: this account has no part in it.
        NotFound: there is no such deadline, or it is not owed there.
    """
    async with core.db.read() as session:
        actor, facts = await _find(session, core, account, code, year, municipality_id)
        may = rules.may_settle(actor.grants, facts.deadline, municipality_id)
        mark = facts.mark
        return OpenedDeadline(
            facts=facts,
            gaps=Gaps()
            if mark
            else await find_gaps(session, core.deadlines, facts, core.clock.now()),
            may_say=rules.ways_to_settle(facts.deadline) if may and mark is None else (),
            may_take_back=may and mark is not None and not mark.by_data,
            runs_meetings=municipality_id in rules.whole_municipalities(actor.grants),
            may_invite=tuple(
                role
                for role in rules.roles_one_may_give(actor.grants, municipality_id)
                if facts.state is DeadlineState.NOBODY and role in facts.deadline.roles
            ),
        )


async def settle(
    core: Core,
    account: Account,
    code: str,
    year: int,
    municipality_id: int | None,
    settled: Settled,
    reason: str = "",
) -> None:
    """Keep somebody's word that a deadline is settled; it holds for all who owe it.

    Saying the same again changes nothing.

    Args:
        core, account, code, year, municipality_id: as of `get_deadline`.
        settled: what is said.
        reason: why it is not needed, with that only.

    Raises:
        Forbidden: this account may not say so.
        NotFound: there is no such deadline, it is not owed there, or not settled so.
        Refused: somebody else was first.
        InvalidInput: no reason, or one that is too long.
        ConsentRequired: nothing may be stored about this person.
    """
    words = clean_text(reason, WORDS_LENGTH) if settled is Settled.NOT_NEEDED else ""
    if settled is Settled.NOT_NEEDED and not words:
        raise InvalidInput("deadline-no-reason")
    async with core.db.write() as session:
        which = (code, year, municipality_id)
        actor, facts = await _find(session, core, account, *which)
        _check_may_settle(actor, facts)
        if settled not in rules.ways_to_settle(facts.deadline):
            raise NotFound
        person = await get_person(session, account)
        row = {"deadline": code, "year": year, "territory": facts.territory.key}
        inserted = None
        if facts.mark is None:
            inserted = await session.scalar(
                insert_into(session, DeadlineMark)
                .values(
                    **row,
                    settled=settled,
                    reason=words,
                    marked_by_id=person.id,
                    marked_at=core.clock.now(),
                )
                .on_conflict_do_nothing(index_elements=list(row))
                .returning(DeadlineMark.id)
            )
        if inserted is None:
            _, facts = await _find(session, core, account, *which)
            _check_said_so(facts.mark, settled, person.id)
            return
        audit.record(
            session,
            core,
            account,
            "deadline.settle",
            facts.territory.key,
            deadline=code,
            year=year,
            settled=settled.value,
            reason=words,
        )


async def unsettle(
    core: Core, account: Account, code: str, year: int, municipality_id: int | None
) -> None:
    """Take back what was said of a deadline; where nothing was said, nothing changes.

    Args:
        core, account, code, year, municipality_id: as of `get_deadline`.

    Raises:
        Forbidden: this account may not.
        NotFound: there is no such deadline, or it is not owed there.
    """
    async with core.db.write() as session:
        actor, facts = await _find(session, core, account, code, year, municipality_id)
        _check_may_settle(actor, facts)
        if await forget_word(session, code, year, facts.territory.key):
            audit.record(
                session,
                core,
                account,
                "deadline.unsettle",
                facts.territory.key,
                deadline=code,
                year=year,
            )


async def forget_word(session: AsyncSession, code: str, year: int, territory: str) -> bool:
    """Erase what somebody said of a deadline, within the caller's transaction; rights are theirs.

    Args:
        session: the caller's transaction.
        code: of the deadline.
        year: that it is about.
        territory: the key of a `Territory`.

    Returns:
        Whether anything was said.
    """
    deleted = await session.scalar(
        delete(DeadlineMark)
        .where(
            DeadlineMark.deadline == code,
            DeadlineMark.year == year,
            DeadlineMark.territory == territory,
        )
        .returning(DeadlineMark.id)
    )
    return deleted is not None


async def _find(
    session: AsyncSession,
    core: Core,
    account: Account,
    code: str,
    year: int,
    municipality_id: int | None,
) -> tuple[Actor, DeadlineFacts]:
    actor = await get_actor(session, core, account)
    deadline = next((each for each in core.deadlines if each.code == code), None)
    if deadline is None:
        raise NotFound
    if not rules.is_regional(actor.grants) and not rules.answers_for(
        actor.grants, deadline, municipality_id
    ):
        raise Forbidden("forbidden-deadlines")
    ids = [] if municipality_id is None else [municipality_id]
    territories = await read_territories(session, ids, region=municipality_id is None)
    if not territories:
        raise NotFound
    ledger = await read_ledger(session, core.deadlines, territories, core.clock.now())
    facts = ledger.of_year(deadline, year, territories[0])
    if facts is None:
        raise NotFound
    return actor, facts


def _check_may_settle(actor: Actor, facts: DeadlineFacts) -> None:
    if not rules.may_settle(actor.grants, facts.deadline, facts.territory.municipality_id):
        raise Forbidden("forbidden-deadlines")


def _check_said_so(mark: Mark | None, settled: Settled, person_id: int) -> None:
    """A tap that comes twice is no second word; that of somebody else is told who was first."""
    if mark is None or (mark.settled, mark.person_id) != (settled, person_id):
        raise Refused("deadline-already", name=mark.name if mark and mark.name else "none")
