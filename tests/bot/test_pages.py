"""A list becomes shorter while its last page is open: the page before it is shown, not nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.models import Feedback, Meeting, Registration, RegistrationLine
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, taps
from tests.services.factory import give_role, make_meeting, make_person, sign_up_someone

CURATOR = 10


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """The curator of Ачинск."""
    person = stage.person("Анна", CURATOR)
    await person.start()
    await give_role(stage.core, person.id, Role.CURATOR, await municipality(stage.core))
    return person


async def some_meetings(stage: Stage, number: int, **fields: MeetingStatus) -> list[int]:
    place = await municipality(stage.core)
    return [
        await make_meeting(
            stage.core,
            place,
            title=f"Встреча {each}",
            token=f"Poster_{each}-2026",
            starts_at=stage.clock.now() + timedelta(days=each),
            **fields,
        )
        for each in range(1, number + 1)
    ]


async def test_ones_own_list(stage: Stage) -> None:
    maria = stage.person("Мария")
    await make_person(stage.core, maria.id)
    await some_meetings(stage, 9)
    for each in range(1, 10):
        await sign_up(stage.core, Account(maria.id), f"Poster_{each}-2026")
    await maria.send("/my")
    await taps(maria, "›", "Встреча 9", "Отменить запись", "Да, отменить")
    screen = next(shown for shown in maria.messages[::-1] if "Мои записи" in shown.text)
    assert "Встреча 1" in screen.labels[0]
    assert not any("/" in label for label in screen.labels)


async def test_the_list_of_meetings(stage: Stage) -> None:
    maria = stage.person("Мария")
    await make_person(stage.core, maria.id)
    meetings = await some_meetings(stage, 15)
    await maria.send("/meetings")
    await taps(maria, "›", "›")
    assert "Встреча 15" in maria.screen.labels[0]
    async with stage.core.db.write() as session:
        await session.execute(delete(Meeting).where(Meeting.id.in_(meetings[7:])))
    await maria.tap("3/3")
    assert "Встреча 1 " in maria.screen.labels[0]
    assert not any("/" in label for label in maria.screen.labels)


async def test_the_meetings_one_runs(stage: Stage, curator: client.Person) -> None:
    await some_meetings(stage, 8, status=MeetingStatus.DRAFT)
    await curator.send("/manage")
    await taps(curator, "Черновики", "›", "Встреча 1", "Ещё", "Удалить черновик", "Да")
    assert any("Встреча 2 " in label for label in curator.screen.labels)


async def test_the_list_at_the_door(stage: Stage, curator: client.Person) -> None:
    (meeting_id,) = await some_meetings(stage, 1)
    for _ in range(17):
        await sign_up_someone(stage.core, meeting_id, None, Category.GRADE_9)
    stage.clock.advance(timedelta(days=1))
    await curator.send("/manage")
    await taps(curator, "Встреча 1", "Отметить пришедших", "›", "›")
    assert "3/3" in curator.screen.labels
    async with stage.core.db.write() as session:
        await session.execute(delete(RegistrationLine).where(RegistrationLine.id > 10))
        await session.execute(delete(Registration).where(Registration.id > 10))
    await curator.tap("3/3")
    assert "2/2" in curator.screen.labels
    await curator.tap("‹")
    assert "1/2" in curator.screen.labels  # the pager stood on the second page, not beyond it


async def test_what_people_said(stage: Stage, curator: client.Person) -> None:
    (meeting_id,) = await some_meetings(stage, 1)
    now = stage.clock.now()
    for each in range(1, 7):
        signed = await sign_up_someone(stage.core, meeting_id, None, Category.GRADE_9, came=1)
        async with stage.core.db.write() as session:
            session.add(
                Feedback(
                    meeting_id=meeting_id,
                    registration_id=signed,
                    category=Category.GRADE_9,
                    rating=5,
                    comment=f"Слова {each}",
                    created_at=now,
                )
            )
    stage.clock.advance(timedelta(days=2))
    await curator.send("/manage")
    await taps(curator, "Прошедшие", "Встреча 1", "Отзывы", "Комментарии", "›")
    assert "Слова 1" in curator.screen.text
    async with stage.core.db.write() as session:
        await session.execute(
            update(RegistrationLine)
            .where(RegistrationLine.id == 1)
            .values(came=None, marked_at=None)
        )
    await curator.tap("2/2")
    assert "Слова 6" in curator.screen.text
