"""What people thought of a meeting: only those count whom somebody marked as there."""

from datetime import timedelta

import pytest

from bot.errors import Refused
from bot.models import Feedback, Meeting
from bot.services.core import Account, Core
from bot.services.meeting_lists import get_overview
from bot.services.results import Comment, average, get_results
from bot.vocabulary import Category, Role
from tests.services.factory import give_role, make_meeting, make_region, sign_up_someone

CURATOR = Account(11)


@pytest.fixture
async def meeting(core: Core) -> int:
    """A meeting in Ачинск with a curator."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    return await make_meeting(core, towns["achinsk"], starts_at=core.clock.now())


async def answer(
    core: Core,
    meeting: int,
    rating: int,
    *useful: str,
    comment: str = "",
    came: int | None = 1,
    category: Category = Category.GRADE_9,
) -> None:
    registration = await sign_up_someone(core, meeting, None, category, came=came)
    async with core.db.write() as session:
        session.add(
            Feedback(
                meeting_id=meeting,
                registration_id=registration,
                category=category,
                rating=rating,
                useful=list(useful),
                comment=comment,
                created_at=core.clock.now(),
            )
        )


async def test_only_confirmed_answers_count(core: Core, meeting: int) -> None:
    await answer(core, meeting, 5, "talk", "contacts", comment="Спасибо")
    await answer(core, meeting, 4, "talk", category=Category.PARENT, comment="Мало времени")
    await answer(core, meeting, 1, "talk", came=None, comment="Не был")
    await answer(core, meeting, 1, came=0)
    results = await get_results(core, CURATOR, meeting, 0, 1)
    assert results.ratings == (0, 0, 0, 1, 1)
    assert (results.answers, results.average, results.waiting) == (2, 4.5, 2)
    assert results.useful == (("talk", 2), ("contacts", 1))
    assert results.comments == (Comment(Category.PARENT, 4, "Мало времени"),)
    assert results.comments_total == 2
    second = await get_results(core, CURATOR, meeting, 1, 1)
    assert second.comments == (Comment(Category.GRADE_9, 5, "Спасибо"),)
    overview = await get_overview(core, CURATOR, meeting)
    assert (overview.answers, overview.average) == (2, 4.5)


async def test_no_answers(core: Core, meeting: int) -> None:
    results = await get_results(core, CURATOR, meeting, 0, 8)
    assert (results.answers, results.average, results.comments) == (0, None, ())


async def test_there_is_nothing_to_see_before_the_start(core: Core, meeting: int) -> None:
    async with core.db.write() as session:
        (await session.get_one(Meeting, meeting)).starts_at += timedelta(minutes=1)
    with pytest.raises(Refused, match="refused-results"):
        await get_results(core, CURATOR, meeting, 0, 8)


def test_average() -> None:
    assert average((1, 0, 0, 0, 3)) == 4
    assert average((0, 0, 0, 0, 0)) is None
