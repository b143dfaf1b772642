"""Versions of a report as those who make it and those who receive it see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.errors import Forbidden, NotFound
from bot.models import ReportVersion, StaffRole
from bot.services import audit
from bot.services.access import get_actor
from bot.services.core import Account, Core
from bot.services.report_counting import ReportFacts, count_municipality
from bot.services.report_versions import Version, versions_of
from bot.services.territories import read_municipality, territory_key
from bot.services.version_facts import Difference, difference
from bot.vocabulary import Role


@dataclass(frozen=True, slots=True)
class SentReport:
    """What was sent of a municipality's report of a year.

    Attributes:
        name: of the municipality.
        versions: the last one first.
        opened: the one that is looked at, None where there is none.
        draft: what would be sent now; for those who may send it.
        changed: what the draft says otherwise than the last version, where that is opened by those
            who may send; else what the opened version says otherwise than the one before it. None
            where there is nothing to compare with.
        may_send, may_decide: what the reader may do now; deciding only while a version waits.
        nobody_decides: whether a version waits and the region has no coordinator to receive it.
    """

    name: str
    versions: tuple[Version, ...]
    opened: Version | None
    draft: ReportFacts | None
    changed: Difference | None
    may_send: bool
    may_decide: bool
    nobody_decides: bool

    @property
    def last(self) -> Version | None:
        """The version that counts, None where none was sent."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True, slots=True)
class OneVersion:
    """A version, and where it stands among the others.

    Attributes:
        changed: what it says otherwise than the one before it; None of the first.
        is_last: whether none was sent after it.
    """

    version: Version
    changed: Difference | None
    is_last: bool


async def get_sent_report(
    core: Core, account: Account, municipality_id: int, year: int, token: str = ""
) -> SentReport:
    """Return what was sent of a municipality's report, and what could be sent now.

    Args:
        core: what every use case is given.
        account: who asks.
        municipality_id: whose report it is.
        year: that it is about.
        token: of the version to look at; without it, the last one.

    Raises:
        Forbidden: this account may not have this report.
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality, or no such version of its report.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        if not rules.may_see_report(actor.grants, municipality_id):
            raise Forbidden("forbidden-report")
        place = await read_municipality(session, municipality_id)
        versions = tuple(await versions_of(session, municipality_id, year))
        draft = None
        if may_send := rules.may_send_report(actor.grants, municipality_id):
            draft = await count_municipality(
                session, municipality_id, year, core.clock.now(), actor.person_id
            )
        last = versions[0] if versions else None
        waits = last is not None and last.waits
        nobody_decides = waits and not await _has_coordinator(session)
    opened, changed = last, None
    if token:
        opened = next((each for each in versions if each.token == token), None)
        if opened is None:
            raise NotFound
    if draft and last and opened is last:
        changed = difference(last.form, draft)
    elif opened:
        changed = _since_before(versions, opened)
    return SentReport(
        name=place.name,
        versions=versions,
        opened=opened,
        draft=draft,
        changed=changed,
        may_send=may_send,
        may_decide=waits and rules.may_decide_on_reports(actor.grants),
        nobody_decides=nobody_decides,
    )


async def get_version(core: Core, account: Account, token: str) -> OneVersion:
    """Return one version of a report.

    Raises:
        Forbidden: this account may not have this report; also without such a version.
    """
    async with core.db.read() as session:
        stored = await find_version(session, core, account, token)
        versions = await versions_of(session, stored.municipality_id, stored.year)
    version = next(each for each in versions if each.token == token)
    return OneVersion(version, _since_before(versions, version), is_last=version is versions[0])


async def get_file(core: Core, account: Account, token: str) -> bytes:
    """Return the xlsx of a version, as it was sent.

    Raises:
        Forbidden: as of `get_version`.
    """
    async with core.db.read() as session:
        stored = await find_version(session, core, account, token)
        content: bytes = await stored.awaitable_attrs.file
    return content


async def find_version(
    session: AsyncSession, core: Core, account: Account, token: str
) -> ReportVersion:
    """Return a stored version that this account may see, within the caller's transaction.

    Raises:
        Forbidden: it may not; also without such a version, which tells a stranger nothing.
    """
    actor = await get_actor(session, core, account)
    stored = await session.scalar(select(ReportVersion).where(ReportVersion.token == token))
    if stored is None or not rules.may_see_report(actor.grants, stored.municipality_id):
        raise Forbidden("forbidden-report")
    return stored


def record_step(
    session: AsyncSession,
    core: Core,
    account: Account,
    action: str,
    version: ReportVersion,
    **details: str,
) -> None:
    """Write down what somebody did with a version, in the transaction that does it."""
    audit.record(
        session,
        core,
        account,
        action,
        territory_key(version.municipality_id),
        year=version.year,
        number=version.number,
        **details,
    )


async def _has_coordinator(session: AsyncSession) -> bool:
    """Whether the region has somebody who receives reports."""
    held = exists().where(
        StaffRole.role == Role.REGIONAL_COORDINATOR, StaffRole.revoked_at.is_(None)
    )
    return bool(await session.scalar(select(held)))


def _since_before(versions: Sequence[Version], version: Version) -> Difference | None:
    """Return what a version says otherwise than the one before it; None of the first."""
    before = next((each for each in versions if each.number == version.number - 1), None)
    return difference(before.form, version.form) if before else None
