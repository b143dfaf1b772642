"""Writing down who of the team came: the one place where such a mark is made or taken back."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import TeamMember
from bot.services import audit, headcounts
from bot.services.core import Account, Core
from bot.services.staff_walk_ins import give_way


async def find_place(
    session: AsyncSession, meeting_id: int, person_id: int | None
) -> TeamMember | None:
    """Return somebody's place on the team of a meeting, as it is now; None: they are not on it."""
    if person_id is None:
        return None
    return await session.scalar(
        select(TeamMember)
        .where(
            TeamMember.meeting_id == meeting_id,
            TeamMember.person_id == person_id,
            TeamMember.left_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )


async def store_team_mark(
    session: AsyncSession,
    core: Core,
    account: Account,
    member: TeamMember,
    action: str,
    *,
    came: bool,
) -> None:
    """Mark that somebody of the team came, or take that back, and all that follows from it.

    Confirmed hours go with the mark, and so does the walk-in by which they counted themselves.

    Args:
        session: the caller's write transaction, which has the meeting's row.
        core: what every use case is given.
        account: who marks.
        member: whom.
        action: for the log: "team.mark".
        came: whether they came.
    """
    member.came_at = core.clock.now() if came else None
    member.minutes = None
    if came and member.person_id is not None:
        await give_way(session, member.meeting_id, [member.person_id])
    await session.flush()
    await headcounts.recount(session, member.meeting_id)
    audit.record(session, core, account, action, f"meeting:{member.meeting_id}", member=member.id)
