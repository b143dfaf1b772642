"""Why something that looks like a gap in a year's report is none: said for good, or taken back."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_words
from bot.errors import Forbidden, NotFound, Refused
from bot.models import WORDS_LENGTH, FindingAnswer
from bot.services import audit
from bot.services.access import Actor, get_actor, get_person
from bot.services.core import Account, Core
from bot.services.deadline_facts import Territory
from bot.services.deadline_ledger import read_territories
from bot.services.finding_facts import ANSWERABLE, FindingKind, YearFindings
from bot.services.findings import find_year
from bot.services.inserting import insert_into

NOT_A_DUPLICATE = "not a duplicate"
"""What is stored of a pair of meetings that somebody told apart: it needs no words."""


@dataclass(frozen=True, slots=True)
class ShownFindings:
    """The findings of a municipality's year as its screens show them.

    Attributes:
        may_mend: whether the reader runs the meetings there, and may say that something is no gap.
    """

    territory: Territory
    found: YearFindings
    may_mend: bool


async def get_findings(
    core: Core, account: Account, municipality_id: int, year: int
) -> ShownFindings:
    """Return what stands in the way of a municipality's report of a year.

    Raises:
        Forbidden: this account may not have this report.
        NotFound: there is no such municipality.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if not rules.may_see_report(actor.grants, municipality_id):
            raise Forbidden("forbidden-report")
        return await _shown(session, core, actor, municipality_id, year)


async def answer_finding(
    core: Core, account: Account, municipality_id: int, year: int, key: str, words: str
) -> None:
    """Say for good why a finding is no gap; the same said again changes nothing.

    Args:
        core: what every use case is given.
        account: who says it.
        municipality_id: whose report it is.
        year: of the report.
        key: of the finding.
        words: the reason; of a duplicate none is needed.

    Raises:
        Forbidden: this account may not.
        NotFound: nothing of the kind stands in the way, or it has to be mended.
        Refused: somebody else said something before.
        InvalidInput: no reason, or one that is too long.
        ConsentRequired: nothing may be stored about this person.
    """
    async with core.db.write() as session:
        shown = await _to_mend(session, core, account, municipality_id, year)
        finding = next(
            (each for each in (*shown.found.open, *shown.found.answered) if each.key == key), None
        )
        if finding is None or finding.kind not in ANSWERABLE:
            raise NotFound
        answer = (
            NOT_A_DUPLICATE
            if finding.kind is FindingKind.DUPLICATES
            else clean_words(words, WORDS_LENGTH)
        )
        person = await get_person(session, account)
        row = {"municipality_id": municipality_id, "year": year, "finding": key}
        inserted = await session.scalar(
            insert_into(session, FindingAnswer)
            .values(**row, answer=answer, answered_by_id=person.id, answered_at=core.clock.now())
            .on_conflict_do_nothing(index_elements=list(row))
            .returning(FindingAnswer.id)
        )
        if inserted is None:
            said = await session.scalar(select(FindingAnswer.answer).filter_by(**row))
            if said != answer:
                raise Refused("finding-answered-before")
            return
        audit.record(
            session, core, account, "finding.answer", shown.territory.key, year=year, finding=key,
            reason=answer,
        )  # fmt: skip


async def reopen_finding(
    core: Core, account: Account, municipality_id: int, year: int, key: str
) -> None:
    """Take back what was said of a finding; where nothing was said, nothing changes.

    Raises:
        Forbidden: this account may not.
    """
    async with core.db.write() as session:
        shown = await _to_mend(session, core, account, municipality_id, year)
        if all(each.key != key for each in shown.found.answered):
            return
        await session.execute(
            delete(FindingAnswer).where(
                FindingAnswer.municipality_id == municipality_id,
                FindingAnswer.year == year,
                FindingAnswer.finding == key,
            )
        )
        audit.record(
            session, core, account, "finding.reopen", shown.territory.key, year=year, finding=key
        )


async def _to_mend(
    session: AsyncSession, core: Core, account: Account, municipality_id: int, year: int
) -> ShownFindings:
    actor = await get_actor(session, core, account)
    shown = await _shown(session, core, actor, municipality_id, year)
    if not shown.may_mend:
        raise Forbidden("forbidden-report")
    return shown


async def _shown(
    session: AsyncSession, core: Core, actor: Actor, municipality_id: int, year: int
) -> ShownFindings:
    territories = await read_territories(session, [municipality_id], region=False)
    if not territories:
        raise NotFound("municipality-not-found")
    now = core.clock.now()
    return ShownFindings(
        territory=territories[0],
        found=await find_year(session, core.deadlines, territories[0], year, now),
        may_mend=municipality_id in rules.report_places(actor.grants),
    )
