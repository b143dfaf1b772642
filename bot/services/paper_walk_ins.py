"""Totals without a registration by paper: each stands once, however often the list is sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import clean_text, cut, fold
from bot.models import ORGANISATION_LENGTH, WalkIn
from bot.rules import SaidWalkIns
from bot.services.attendance import FROM_PAPER
from bot.services.core import Account, Core
from bot.vocabulary import Category

_LONGEST_CELL = 32_767  # of a spreadsheet


@dataclass(frozen=True, slots=True)
class WalkInChange:
    """People without a registration, by paper: how many it said before, and how many it says."""

    category: Category
    organisation: str
    before: int
    after: int


async def load_paper_walk_ins(session: AsyncSession, meeting_id: int) -> Sequence[WalkIn]:
    """Return the totals without a registration that paper lists gave, in the order of the form."""
    found = await session.scalars(
        select(WalkIn)
        .where(WalkIn.meeting_id == meeting_id, WalkIn.tap.startswith(FROM_PAPER, autoescape=True))
        .order_by(WalkIn.id)
    )
    order = list(Category)
    return sorted(found, key=lambda each: (order.index(each.category), each.organisation))


async def compare_walk_ins(
    session: AsyncSession, meeting_id: int, said: Sequence[SaidWalkIns]
) -> tuple[WalkInChange, ...]:
    """Return which totals a list changes, within the caller's transaction."""
    stored = await load_paper_walk_ins(session, meeting_id)
    before = {(each.category, fold(each.organisation)): each.people for each in stored}
    after = {}
    for each in said:
        organisation = _named(each.organisation)
        after[each.category, fold(organisation)] = (organisation, each.people)
    return tuple(
        WalkInChange(category, organisation, before.get((category, key), 0), people)
        for (category, key), (organisation, people) in after.items()
        if before.get((category, key), 0) != people
    )


def _named(organisation: str) -> str:
    """Return an organisation's name from a file as it is stored: nobody can be asked again."""
    name = cut(" ".join(clean_text(organisation, _LONGEST_CELL).split()), ORGANISATION_LENGTH)
    return name if any(sign.isalnum() for sign in name) else ""


async def store_walk_ins(
    session: AsyncSession,
    core: Core,
    account: Account,
    meeting_id: int,
    changes: Sequence[WalkInChange],
) -> None:
    """Make these changes within the caller's transaction, which has the meeting's row."""
    stored = {each.tap: each for each in await load_paper_walk_ins(session, meeting_id)}
    for change in changes:
        tap = _tap(meeting_id, change.category, change.organisation)
        total = stored.get(tap)
        if total is None:
            total = WalkIn(
                meeting_id=meeting_id,
                category=change.category,
                organisation=change.organisation,
                created_at=core.clock.now(),
                tap=tap,
            )
            session.add(total)
        if change.after:
            total.people = change.after
            total.created_by = account.id
        else:
            await session.delete(total)
    await session.flush()


def _tap(meeting_id: int, category: Category, organisation: str) -> str:
    """Return what names a total of the paper lists: it stands once, however often it is sent."""
    # An organisation's name is longer than the column; case and spaces make no other one of it.
    digest = hashlib.sha256(fold(organisation).encode()).hexdigest()[:16] if organisation else ""
    return f"{FROM_PAPER}{meeting_id}:{category.value}:{digest}"
