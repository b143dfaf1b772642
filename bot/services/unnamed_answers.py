"""Answers without a name lead to nobody: not after a consent is taken back, soon not at all."""

from sqlalchemy import String, cast, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Feedback, Meeting
from bot.services.answer_topics import mark_of
from bot.services.core import Account, Core

_CUT = "cut-"
"""Stands before an answer's own number where the mark of an account stood."""


async def purge(core: Core) -> None:
    """Cut off whose answers these were once nobody can answer any more: a week after a meeting."""
    over = select(Meeting.id).where(Meeting.ends_at < core.clock.now() - rules.FEEDBACK_WINDOW)
    async with core.db.write() as session:
        await session.execute(
            update(Feedback)
            .where(
                Feedback.answered_by.is_not(None),
                ~Feedback.answered_by.startswith(_CUT),
                Feedback.meeting_id.in_(over),
            )
            .values(answered_by=literal(_CUT) + cast(Feedback.id, String))
        )


async def forget_words(session: AsyncSession, core: Core, account: Account) -> None:
    """Erase the words of an account's answers, within the caller's transaction.

    The ratings stay, as those with a name do, and the marks until `purge`: they count once.
    """
    meetings = await session.scalars(
        select(Feedback.meeting_id)
        .where(Feedback.answered_by.is_not(None), ~Feedback.answered_by.startswith(_CUT))
        .distinct()
    )
    for meeting_id in meetings.all():
        await session.execute(
            update(Feedback)
            .where(
                Feedback.meeting_id == meeting_id,
                Feedback.answered_by == mark_of(core, account, meeting_id),
            )
            .values(comment="")
        )
