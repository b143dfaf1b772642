"""The longest texts that a field takes, of the characters that grow most on their way, are shown.

«&» is five characters in HTML, and most emoji are two as Telegram counts what fits in a message.
"""

from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import HeldAnswer
from bot.models import (
    LINK_LENGTH,
    NAME_LENGTH,
    ORGANISATION_LENGTH,
    PLACE_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Feedback,
    IncomingUpdate,
)
from bot.services import meetings
from bot.services.core import Account
from bot.services.meeting_steps import REASON_LENGTH
from bot.services.registrations import sign_up
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.services.factory import give_role, make_meeting, make_person, sign_up_someone

CURATOR = 10
AMPERSANDS, EMOJI = "&", "🚀"
KINDS = pytest.mark.parametrize("character", [AMPERSANDS, EMOJI])


def longest(limit: int, character: str) -> str:
    """A text of `limit` characters of UTF-16 that ends in letters."""
    size = len(character.encode("utf-16-le")) // 2
    repeats = (limit - 1) // size
    return character * repeats + "я" * (limit - repeats * size)


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    person = stage.person("Анна", CURATOR)
    await person.start()
    place = await municipality(stage.core)
    await make_person(stage.core, person.id, name="Анна", municipality_id=place)
    await give_role(stage.core, person.id, Role.CURATOR, place)
    return person


async def all_went_well(stage: Stage) -> None:
    assert [row.error for row in await stored(stage.core, IncomingUpdate) if row.error] == []


async def a_long_meeting(stage: Stage, character: str, **fields: Any) -> int:
    defaults: dict[str, Any] = {
        "title": longest(TITLE_LENGTH, character),
        "place": longest(PLACE_LENGTH, character),
        "description": longest(TEXT_LENGTH, character),
        "token": "long",
    }
    return await make_meeting(stage.core, await municipality(stage.core), **(defaults | fields))


@KINDS
async def test_the_wizard_shows_the_longest_answers(
    stage: Stage, curator: client.Person, character: str
) -> None:
    title, place = longest(TITLE_LENGTH, character), longest(PLACE_LENGTH, character)
    description = longest(TEXT_LENGTH, character)
    await curator.send("/new")
    await curator.send(title)
    await curator.send("14.03 в 15")
    await taps(curator, "1 ч 30 мин", "Со школьниками", "Очно")
    await curator.send(place)
    await curator.tap("20 мест")
    await curator.send(description)
    assert all(text in curator.screen.text for text in (title, place, description))
    await curator.tap("‹ Назад")
    assert f"Сейчас: {description}" in curator.screen.text
    await taps(curator, "Оставить так", "Изменить", "Название")
    assert f"Сейчас: {title}" in curator.screen.text
    await taps(curator, "Оставить так", "Опубликовать", "Поделиться")
    invitation, screen = curator.messages[-2:]
    assert description in invitation.text
    assert "Записаться: https://t.me/" in invitation.text
    assert screen.text.startswith(title)
    await taps(curator, "Изменить", "Описание")
    assert description in curator.screen.text
    await all_went_well(stage)


@KINDS
async def test_a_text_that_is_one_longer_is_refused(
    stage: Stage, curator: client.Person, character: str
) -> None:
    await curator.send("/new")
    await curator.send(longest(TITLE_LENGTH, character) + "я")
    assert "Слишком длинно: 121 знак" in curator.messages[-2].text
    assert "Как назвать встречу?" in curator.screen.text
    await all_went_well(stage)


@KINDS
async def test_the_longest_reason_is_asked_about_shown_and_told(
    stage: Stage, curator: client.Person, character: str
) -> None:
    pupil = stage.person("Пётр", 70)
    await pupil.start()
    await make_person(stage.core, pupil.id, name="Пётр")
    await a_long_meeting(stage, character)
    await sign_up(stage.core, Account(pupil.id), "long")
    await pupil.start("m_long")
    assert longest(TEXT_LENGTH, character) in pupil.screen.text
    reason = longest(REASON_LENGTH, character)
    await curator.send("/manage")
    await taps(curator, "записан", "Ещё", "Отменить встречу")
    await curator.send(reason)
    assert f"Причина: {reason}" in curator.screen.text
    await curator.tap("Да, отменить")
    assert f"Причина: {reason}" in curator.screen.text
    await stage.tick()
    assert f"Причина: {reason}" in pupil.messages[-2].text
    await pupil.start("m_long")
    assert reason in pupil.screen.text
    await all_went_well(stage)


@KINDS
async def test_the_longest_comments_links_names_and_organisations_are_shown(
    stage: Stage, curator: client.Person, character: str
) -> None:
    core = stage.core
    meeting = await a_long_meeting(
        stage, character, starts_at=stage.clock.now() - timedelta(days=1)
    )
    for number in range(6):
        name = longest(NAME_LENGTH, character)
        person = await make_person(core, 100 + number, name=name, category=Category.EXTRA_EDUCATION)
        registration = await sign_up_someone(
            core, meeting, person, Category.EXTRA_EDUCATION, came=1
        )
        async with core.db.write() as session:
            session.add(
                Feedback(
                    meeting_id=meeting,
                    registration_id=registration,
                    category=Category.EXTRA_EDUCATION,
                    rating=5,
                    useful=[],
                    comment=longest(TEXT_LENGTH, character),
                    created_at=stage.clock.now(),
                )
            )
    start = "https://a.ru/?"
    link = start + "&" * (LINK_LENGTH - len("https://") - len(start))
    await curator.send("/manage")
    await taps(curator, "Прошедшие", "не подтверждена", "Отметить пришедших")
    assert longest(NAME_LENGTH, character) in curator.screen.labels[0]
    await curator.send(longest(NAME_LENGTH, character))
    assert "Нашлось 6 записей" in curator.screen.text
    await taps(curator, "+1 без записи", "Другие организации")
    organisation = longest(ORGANISATION_LENGTH, character)
    await curator.send(organisation)
    assert f"({organisation})" in curator.screen.text
    await taps(curator, "‹ Назад", "‹ Назад", "Ещё", "Ссылка на фото")
    await curator.send(link)
    assert link in curator.screen.text
    await curator.tap("Ещё")
    await curator.tap("Ссылка на фото")
    assert link in curator.screen.text
    await taps(curator, "‹ Назад", "Отзывы", "Комментарии: 6")
    assert curator.screen.text.count("…") == 5
    assert curator.screen.text.count("5 ⭐ · ") == 5
    await all_went_well(stage)


@KINDS
async def test_the_question_after_the_longest_meeting(
    stage: Stage, curator: client.Person, character: str
) -> None:
    person = await make_person(stage.core, 11)
    meeting = await a_long_meeting(
        stage, character, status=MeetingStatus.DRAFT, created_by_id=person
    )
    await meetings.publish_meeting(stage.core, Account(CURATOR), meeting)
    await stage.wait_until(stage.clock.now() + timedelta(days=8))
    (question,) = (each for each in curator.messages if "Не состоялась" in each.labels)
    assert question.text.startswith(longest(TITLE_LENGTH, character))
    answer = HeldAnswer(meeting_id=meeting, held=False).pack()
    await curator.tap_data(answer, question.message_id)
    assert longest(TITLE_LENGTH, character) in curator.screen.text
    await all_went_well(stage)
