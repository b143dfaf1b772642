"""The team of a meeting in conversation: a link, joining, the door, hours, leaving, papers."""

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import LeaveTeam, OpenDoor, OpenPlace, OpenTeam
from bot.models import Headcount, Registration, TeamMember
from bot.services import team_invitations, team_joining
from bot.services.core import Account
from bot.services.team_joining import Contribution
from bot.vocabulary import Category, Offering, RegistrationStatus, Role, TeamRole
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import person_of, stored, taps
from tests.bot.test_curator_taps import CURATOR, no_failures, staff_member
from tests.bot.test_papers import printed
from tests.bot.test_sign_up import TOKEN, known, meeting_of

__all__ = ["printed"]  # the fixture

TITLE = "Инженеры будущего"


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


def said(person: client.Person, words: str) -> str:
    """The newest message of the bot that contains these words."""
    return next(screen.text for screen in reversed(person.messages) if words in screen.text)


def message_with(person: client.Person, words: str) -> int:
    return next(screen.message_id for screen in reversed(person.messages) if words in screen.text)


async def link_from(curator: client.Person, role: str) -> str:
    """Invite by taps, and return what follows «start=» in the link."""
    await curator.send("/manage")
    await taps(curator, TITLE, "Команда", "Пригласить", role)
    found = re.search(r"start=(h_\S+)", said(curator, "Приглашаем вас"))
    assert found is not None
    return found[1]


async def joins(
    stage: Stage, person: client.Person, meeting: int, role: TeamRole = TeamRole.HELPER
) -> int:
    """Put somebody who knows the bot on the team, without a conversation about it."""
    await person.start()
    token = team_invitations.new_invitation_token()
    await team_invitations.invite(stage.core, Account(CURATOR), meeting, role, token)
    offering = Contribution(Offering.TALK) if role is TeamRole.SPEAKER else None
    return await team_joining.join(stage.core, Account(person.id), token, offering)


async def test_a_speaker_is_invited_accepts_and_is_seen(
    stage: Stage, curator: client.Person
) -> None:
    await meeting_of(stage)
    link = await link_from(curator, "Спикер")
    assert "Ваша роль: спикер" in said(curator, "Приглашаем вас")
    assert curator.screen.labels[:2] == ["Пригласить", "Ждут ответа: 1"]
    peter = await known(stage, Category.EMPLOYEE, "Пётр", organisation="ООО «Мост»")
    await peter.start(f"m_{TOKEN}")
    await peter.tap("Записаться")
    await peter.start(link)
    assert "Роль: спикер" in peter.screen.text
    assert "Вы записаны на эту встречу" in peter.screen.text
    assert peter.screen.labels == ["Принять", "Не сейчас"]
    await taps(peter, "Принять", "Доклад")
    await peter.send("Как строят мосты")
    assert "спикер · доклад: Как строят мосты" in peter.screen.text
    await taps(peter, "Посчитать иначе", "Как волонтёр")
    assert "В отчёте: волонтёры-профориентаторы" in peter.screen.text
    answer = await peter.tap("Подтвердить")
    assert answer.text == "Вы в команде встречи"
    assert "Вы выступаете на этой встрече" in peter.screen.text
    assert "🎤 доклад: Как строят мосты" in peter.screen.text
    assert peter.screen.labels == ["Открыть встречу", "Не смогу прийти", "‹ Назад"]
    (member,) = await stored(stage.core, TeamMember)
    assert (member.role, member.category) == (TeamRole.SPEAKER, Category.VOLUNTEER)
    (mine,) = await stored(stage.core, Registration)
    assert mine.status is RegistrationStatus.CANCELLED

    await stage.tick()
    assert "спикер · доклад: Как строят мосты" in said(curator, "Приглашение приняли: Пётр")
    assert any(each.document and each.document.name.endswith(".ics") for each in peter.messages)
    await curator.tap("Команда", message=message_with(curator, "Приглашение приняли"))
    assert "Пётр · спикер · доклад: Как строят мосты" in curator.screen.labels

    await peter.start(link)
    assert "Вы выступаете на этой встрече" in peter.screen.text
    await peter.start(f"m_{TOKEN}")
    assert "Отдельное место вам не нужно" in peter.screen.text
    assert "Записаться" not in peter.screen.labels
    await peter.tap("Моя роль")
    assert "Вы выступаете на этой встрече" in peter.screen.text
    olga = await known(stage, Category.PARENT, "Ольга")
    await olga.start(link)
    assert "Эту ссылку уже приняли" in said(olga, "ссылку")
    await no_failures(stage)


async def test_somebody_new_gets_there_through_the_consent(
    stage: Stage, curator: client.Person
) -> None:
    await meeting_of(stage)
    link = await link_from(curator, "Помощник")
    olga = stage.person("Ольга")
    await olga.start(link)
    assert "Роль: помощник" in olga.screen.text
    assert await person_of(stage.core, olga.id) is None
    await taps(olga, "Принять", "Даю согласие", "Родитель")
    await stage.restart()  # where they were going is remembered
    await olga.start()
    await olga.tap("Да, всё верно")
    assert "В отчёте: родители" in olga.screen.text
    await olga.tap("Подтвердить")
    assert "Вы помогаете на этой встрече" in olga.screen.text
    assert "Отмечать пришедших можно с" in olga.screen.text
    (member,) = await stored(stage.core, TeamMember)
    assert member.category is Category.PARENT
    await no_failures(stage)


async def test_links_can_be_taken_back(stage: Stage, curator: client.Person) -> None:
    await meeting_of(stage)
    link = await link_from(curator, "Ведущий")
    answer = await taps(curator, "Ждут ответа: 1", "Отозвать: Ведущий")
    assert answer.text == "Приглашение отозвано"
    assert "Неотвеченных приглашений нет" in curator.screen.text
    olga = await known(stage, Category.PARENT, "Ольга")
    await olga.start(link)
    assert "Эта ссылка не действует" in said(olga, "ссылка")


async def test_a_helper_is_reminded_and_has_the_door_for_a_while(
    stage: Stage, curator: client.Person
) -> None:
    meeting = await meeting_of(stage)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await maria.tap("Записаться")
    olga = await known(stage, Category.PARENT, "Ольга")
    link = await link_from(curator, "Помощник")
    await olga.start(link)
    await taps(olga, "Принять", "Подтвердить")
    begin = stage.clock.now() + timedelta(days=7)
    await stage.wait_until(begin - timedelta(days=1))
    reminder = message_with(olga, "⏰")
    assert "Вы помогаете на этой встрече (помощник)" in said(olga, "⏰")
    answer = await olga.tap("Отметить пришедших", message=reminder)
    assert answer.text.startswith("Отмечать можно за 3 часа до начала")
    await stage.wait_until(begin - timedelta(hours=1))
    await olga.tap("Отметить пришедших", message=reminder)
    assert "⬜️ Мария · 9 класс · A1" in olga.screen.labels
    assert "⬜️ Ольга · помощник" in olga.screen.labels
    await taps(olga, "⬜️ Мария", "⬜️ Ольга")
    assert "Пришли 2: по записи 1 из 1, в команде 1" in olga.screen.text
    assert sorted((row.category, row.people) for row in await stored(stage.core, Headcount)) == [
        (Category.GRADE_9, 1),
        (Category.PARENT, 1),
    ]
    answer = await olga.tap("✅ Ольга")
    assert answer.text == "Отметка снята: Ольга"
    await olga.tap("⬜️ Ольга")

    assert olga.menu[0] == "manage"
    await olga.send("/help")
    assert "/manage" in olga.screen.text
    assert "/new" not in olga.screen.text
    await olga.send("/manage")
    await olga.tap(TITLE)
    assert olga.screen.labels == ["Отметить пришедших", "Открыть встречу", "‹ Назад"]
    assert "Новая встреча" not in [label for each in olga.messages for label in each.labels]

    await stage.wait_until(begin + timedelta(hours=2))
    await curator.send("/manage")
    await taps(curator, "Прошедшие", TITLE, "Состоялась", "Да, состоялась")
    assert "manage" not in olga.menu
    answer = await olga.tap_data(OpenDoor(meeting_id=meeting).pack(), reminder)
    assert answer.text.startswith("Это действие для сотрудников")
    await olga.send("/manage")
    assert "Это действие для сотрудников" in said(olga, "Это действие")
    await no_failures(stage)


async def test_hours_are_confirmed_and_stand_in_the_papers(
    stage: Stage, curator: client.Person, printed: list[Any]
) -> None:
    meeting = await meeting_of(stage)
    olga = await known(stage, Category.PARENT, "Ольга")
    await joins(stage, olga, meeting)
    stage.clock.advance(timedelta(days=7, hours=2))
    await curator.send("/manage")
    await taps(curator, "Прошедшие", TITLE, "Команда", "Ольга · помощник", "Отметить приход")
    await curator.tap("‹ Назад")
    assert "Не подтверждены часы помощников: 1" in curator.screen.text
    await taps(curator, "✅ Ольга · помощник", "+30 мин")
    answer = await curator.tap("Подтвердить 2 ч")
    assert answer.text == "Подтверждено: 2 ч"
    assert "Часы подтверждены: 2 ч" in curator.screen.text
    assert "Подтвердить" not in "".join(curator.screen.labels)

    await olga.send("/my")
    await taps(olga, "Прошедшие встречи", "Собрать портфолио")
    await olga.send("Ольга Аэлитова")
    (portfolio,) = printed
    assert portfolio.totals == (
        ("Встреч", "1"),
        ("Всего времени", "2 ч"),
        ("Часы помощи", "2 ч"),
    )
    assert portfolio.rows[0][1::2] == (f"{TITLE} (помощник)", "2 ч")
    await taps(olga, "В команде: 1", TITLE, "Получить сертификат", "Ольга")
    certificate = printed[-1]
    assert (certificate.heading, certificate.reason) == (
        "Сертификат помощника", "за помощь на встрече",
    )  # fmt: skip
    assert ("Продолжительность", "2 ч") in certificate.facts
    await no_failures(stage)


async def test_who_cannot_come_says_so_in_one_tap(stage: Stage, curator: client.Person) -> None:
    meeting = await meeting_of(stage)
    peter = await known(stage, Category.EMPLOYEE, "Пётр")
    await joins(stage, peter, meeting, TeamRole.SPEAKER)
    await stage.tick()
    await stage.wait_until(stage.clock.now() + timedelta(days=6))
    reminder = message_with(peter, "⏰")
    answer = await peter.tap("Не смогу прийти", message=reminder)
    assert answer.text == "Хорошо, сообщим организатору"
    await peter.tap_data(LeaveTeam(member_id=1).pack(), reminder)
    await stage.tick()
    assert sum("Не смогу" in label for each in peter.messages for label in each.labels) == 0
    told = [each.text for each in curator.messages if "Не сможет прийти: Пётр" in each.text]
    assert len(told) == 1
    await peter.start(f"m_{TOKEN}")
    assert "Записаться" in peter.screen.labels


async def test_who_is_removed_is_asked_about_and_told(stage: Stage, curator: client.Person) -> None:
    meeting = await meeting_of(stage)
    olga = await known(stage, Category.PARENT, "Ольга")
    await joins(stage, olga, meeting)
    await curator.send("/manage")
    await taps(curator, TITLE, "Команда", "Ольга · помощник", "Убрать из команды")
    assert "Убрать из команды?" in curator.screen.text
    await curator.tap("Да, убрать")
    assert "Пока никого" in curator.screen.text
    await stage.tick()
    assert "убрал вас из команды" in said(olga, TITLE)
    await olga.send("/my")
    assert "Пока вы никуда не записаны" in olga.screen.text


async def test_the_team_hears_of_changes_and_of_the_end(
    stage: Stage, curator: client.Person
) -> None:
    meeting = await meeting_of(stage)
    olga = await known(stage, Category.PARENT, "Ольга")
    await joins(stage, olga, meeting)
    await curator.send("/manage")
    await taps(curator, TITLE, "Изменить", "Как и где", "Очно")
    await curator.send("Школа № 5")
    await stage.wait_until(stage.clock.now() + timedelta(minutes=5))
    changed = message_with(olga, "Изменилась встреча")
    assert "Школа № 5" in said(olga, "Изменилась встреча")
    assert any(
        "Не смогу прийти" in each.labels for each in olga.messages if each.message_id == changed
    )
    await curator.send("/manage")
    await taps(curator, TITLE, "Ещё", "Отменить встречу")
    await curator.send("Заболел ведущий")
    await curator.tap("Да, отменить")
    await stage.tick()
    assert "Приходить не нужно" in said(olga, "Встреча отменена")
    await olga.send("/my")
    await olga.tap(TITLE)
    assert "Встреча отменена" in olga.screen.text
    assert "Не смогу прийти" not in olga.screen.labels


async def test_a_co_curator_has_the_meeting_without_its_end(
    stage: Stage, curator: client.Person
) -> None:
    meeting = await meeting_of(stage)
    olga = await known(stage, Category.PARENT, "Ольга")
    await joins(stage, olga, meeting, TeamRole.CO_CURATOR)
    await olga.send("/manage")
    await olga.tap(TITLE)
    assert {"Команда", "Изменить", "Поделиться"} <= set(olga.screen.labels)
    assert not {"Отменить встречу", "Повторить"} & set(olga.screen.labels)
    await taps(olga, "Команда", "Пригласить")
    assert olga.screen.labels == ["Спикер", "Ведущий", "Помощник", "‹ Назад"]


async def test_strangers_get_nothing_by_forged_buttons(
    stage: Stage, curator: client.Person
) -> None:
    meeting = await meeting_of(stage)
    olga = await known(stage, Category.PARENT, "Ольга")
    place = await joins(stage, olga, meeting)
    stranger = await known(stage, name="Чужой")
    await stranger.start()
    for data in (
        OpenTeam(meeting_id=meeting),
        OpenPlace(member_id=place),
        LeaveTeam(member_id=place),
        OpenDoor(meeting_id=meeting),
    ):
        answer = await stranger.tap_data(data.pack(), stranger.screen.message_id)
        assert answer.show_alert
    (member,) = await stored(stage.core, TeamMember)
    assert member.left_at is None
    assert TITLE not in "".join(each.text for each in stranger.messages)
