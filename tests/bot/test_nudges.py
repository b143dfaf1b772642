"""What those who run a meeting are told around it: a week before, in the morning, the day after."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.callbacks import ManagedScreen, OpenManaged
from bot.models import DueMessage, Registration, StaffRole
from bot.services import attendance, feedback, meetings
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.services.meeting_draft import MeetingDraft
from bot.services.registrations import sign_up
from bot.vocabulary import Audience, Category, MessageKind, MessageStatus, Mode, Role
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored
from tests.services.factory import give_role, make_person

CURATOR = Account(500)
STARTS_AT = datetime(2026, 3, 14, 15, tzinfo=ZoneInfo("Asia/Krasnoyarsk"))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return STARTS_AT.replace(day=day, hour=hour, minute=minute)


class Office:
    """A curator with a published meeting on Saturday, 14 March, 15:00."""

    def __init__(self, stage: Stage, curator: client.Person, meeting: int) -> None:
        self.stage, self.curator, self.meeting = stage, curator, meeting

    async def guest(self, number: int, category: Category = Category.GRADE_9) -> int:
        """Somebody who signed up; returns the registration."""
        await make_person(self.stage.core, number, name=f"Гость {number}", category=category)
        return (await sign_up(self.stage.core, Account(number), "poster")).registration_id

    async def edit(self, **changes: object) -> None:
        await meetings.edit_meeting(self.stage.core, CURATOR, self.meeting, changes)

    def told(self, words: str) -> list[Screen]:
        """What the bot has said to the curator with these words."""
        return [each for each in self.curator.messages if each.by_bot and words in each.text]

    async def state_of(self, kind: MessageKind) -> tuple[MessageStatus, str]:
        (due,) = [each for each in await stored(self.stage.core, DueMessage) if each.kind is kind]
        return due.status, due.reason


@pytest.fixture
async def office(stage: Stage) -> Office:
    person = stage.person("Анна", CURATOR.id)
    await person.start()
    achinsk = await municipality(stage.core)
    await make_person(stage.core, CURATOR.id, name="Анна", category=Category.JOB_CENTRE)
    await give_role(stage.core, CURATOR.id, Role.CURATOR, achinsk)
    draft = MeetingDraft(
        municipality_id=achinsk,
        title="Мосты",
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(minutes=90),
        audience=Audience.STUDENTS,
        mode=Mode.IN_PERSON,
        place="Библиотека",
        seats=40,
    )
    meeting = await meetings.create_meeting(
        stage.core, CURATOR, draft, publish=True, token="poster"
    )
    return Office(stage, person, meeting)


async def test_few_people_a_week_before(office: Office) -> None:
    for number in range(600, 609):
        await office.guest(number)
    await office.stage.wait_until(local(7, 9, 59))
    assert office.told("Мосты") == []
    await office.stage.wait_until(local(7, 10))

    assert office.curator.screen.text == (
        "Мосты\n📅 сб, 14 марта, 15:00\n👥 Записались: 9 из 40\n\n"
        "Поделитесь ссылкой или распечатайте афишу."
    )
    message = office.curator.screen.message_id
    assert office.curator.screen.buttons == [["Поделиться", "Афиша"], ["Открыть встречу"]]
    await office.curator.tap("Поделиться")
    assert "start=m_poster" in office.curator.screen.text
    await office.curator.tap("Афиша", message=message)
    assert "start=m_poster" in office.curator.messages[-2].text
    await office.curator.tap("Открыть встречу", message=message)
    assert office.curator.screen.text.startswith("Мосты · идёт запись")
    await office.curator.tap("Поделиться", message=message)  # the message keeps its buttons


@pytest.mark.parametrize(
    ("seats", "people", "told"),
    [(40, 10, False), (None, 0, True), (None, 1, False)],
)
async def test_enough_people_are_no_reason_to_write(
    office: Office, seats: int | None, people: int, told: bool
) -> None:
    await office.edit(seats=seats)
    for number in range(people):
        await office.guest(600 + number)
    await office.stage.wait_until(local(7, 10))
    assert bool(office.told("Поделитесь ссылкой")) is told


async def test_nobody_is_asked_to_share_what_cannot_be_signed_up_for(office: Office) -> None:
    await office.edit(sign_up_opens_at=local(9, 10))
    await office.stage.wait_until(local(7, 10))
    assert office.told("Мосты") == []
    status, reason = await office.state_of(MessageKind.FEW_PEOPLE)
    assert status is MessageStatus.DROPPED
    assert reason.startswith("enough people by now")


async def test_the_morning_of_the_day(office: Office) -> None:
    core = office.stage.core
    registration = await office.guest(600)
    await make_person(core, 601, name="Ольга", category=Category.OTHER, organisation="Школа № 5")
    await sign_up_group(
        core,
        Account(601),
        "poster",
        Group("Школа № 5", {Category.GRADE_9: 12, Category.GRADE_10: 8}, with_me=True),
        group_token="class",
    )
    async with core.db.write() as session:
        await session.execute(
            update(Registration)
            .where(Registration.id == registration)
            .values(confirmed_at=core.clock.now())
        )
    await office.stage.wait_until(local(14, 7, 59))
    assert office.told("Группы") == []
    await office.stage.wait_until(local(14, 8))

    assert office.curator.screen.text == (
        "Мосты\n📅 сб, 14 марта, 15:00\n👥 Записались: 22 из 40, подтвердили 1\n"
        "🏫 Группы: Ольга, Школа № 5 — 20"
    )
    message = office.curator.screen.message_id
    assert office.curator.screen.buttons == [
        ["Отметить пришедших", "QR у входа"],
        ["На бумаге", "Открыть встречу"],
    ]
    answer = await office.curator.tap("Отметить пришедших")
    assert answer.text == "Отмечать можно за 3 часа до начала и позже, пока встреча не отменена."
    await office.curator.tap("На бумаге", message=message)
    assert "Мосты" in office.curator.screen.text
    assert "Лист PDF" in office.curator.screen.labels
    await office.curator.tap("‹ Назад")
    assert office.curator.screen.text.startswith("Мосты · идёт запись")
    office.stage.clock.move_to(local(14, 14, 45))
    await office.curator.tap("Отметить пришедших", message=message)
    assert "Пришли 0 из 22" in office.curator.screen.text
    await office.curator.tap("QR у входа", message=message)
    assert "действует до" in office.curator.screen.text


async def test_a_morning_moves_along_and_is_not_told_after_the_start(office: Office) -> None:
    await office.edit(starts_at=local(16, 9), ends_at=local(16, 10))
    await office.stage.wait_until(local(14, 8))
    assert office.told("пн, 16 марта, 9:00") == []
    office.stage.clock.move_to(local(16, 9, 5))  # the bot was away in the morning
    await office.stage.tick()
    status, reason = await office.state_of(MessageKind.MEETING_MORNING)
    assert (status, reason) == (
        MessageStatus.DROPPED,
        "the meeting began, moved or is cancelled",
    )


@pytest.mark.parametrize("hour", [7, 8])
async def test_a_meeting_that_begins_with_the_morning_is_told_the_evening_before(
    office: Office, hour: int
) -> None:
    await office.edit(starts_at=local(16, hour), ends_at=local(16, 10))
    await office.stage.wait_until(local(15, 20, 59))
    seen = len(office.curator.messages)
    await office.stage.wait_until(local(15, 21))
    (told,) = office.curator.messages[seen:]
    assert f"📅 пн, 16 марта, 0{hour}:00" in told.text
    assert "Отметить пришедших" in told.labels


async def test_the_answers_on_the_day_after(office: Office) -> None:
    core = office.stage.core
    first, second = await office.guest(600), await office.guest(601)
    office.stage.clock.move_to(local(14, 15, 10))
    await attendance.mark(core, CURATOR, 1, came=True)
    office.stage.clock.move_to(local(14, 19))
    await feedback.rate(core, Account(600), first, 4)
    await feedback.comment(core, Account(600), first, "Понравился <мост>")
    await feedback.say_came(core, Account(601), second, came=True)
    await feedback.rate(core, Account(601), second, 5)
    await office.stage.wait_until(local(15, 9, 59))
    assert office.told("Отзывы ·") == []
    await office.stage.wait_until(local(15, 10))

    (summary,) = office.told("Отзывы ·")
    assert summary.text.startswith("Отзывы · Мосты\n⭐ 4,0 · 1 отзыв\n5 ⭐ 0\n4 ⭐ ▇")
    assert "Ещё 1 отзыв ждёт: приход этих людей не отмечен." in summary.text
    assert summary.labels == ["Отметить пришедших", "Читать отзывы"]
    await office.curator.tap("Читать отзывы", message=summary.message_id)
    assert "Понравился <мост>" in office.curator.screen.text
    await office.curator.tap("‹ Назад")
    assert "Отзывы · Мосты" in office.curator.screen.text


async def test_without_answers_there_is_no_summary(office: Office) -> None:
    await office.stage.wait_until(local(15, 10))
    assert office.told("Отзывы") == []
    status, reason = await office.state_of(MessageKind.FEEDBACK_SUMMARY)
    assert (status, reason) == (MessageStatus.DROPPED, "nobody has answered")


async def test_whose_role_was_taken_back_is_told_nothing_and_opens_nothing(office: Office) -> None:
    await office.stage.wait_until(local(7, 10))
    async with office.stage.core.db.write() as session:
        await session.execute(update(StaffRole).values(revoked_at=office.stage.clock.now()))
    answer = await office.curator.tap("Открыть встречу")
    assert "сотрудников, которые ведут эту встречу" in (answer.text or "")
    assert "идёт запись" not in office.curator.screen.text
    data = OpenManaged(meeting_id=office.meeting, screen=ManagedScreen.COMMENTS).pack()
    await office.curator.tap_data(data, office.curator.screen.message_id)
    assert "Комментарии" not in office.curator.screen.text
    await office.stage.wait_until(local(14, 8))
    status, reason = await office.state_of(MessageKind.MEETING_MORNING)
    assert (status, reason) == (
        MessageStatus.DROPPED,
        "not possible any more: forbidden-meeting",
    )


async def test_in_english(office: Office) -> None:
    await office.curator.send("/language")
    await office.curator.tap("English")
    await office.stage.wait_until(local(7, 10))
    assert office.told("0 of 40 seats are taken")
    await office.guest(600)
    await office.stage.wait_until(local(14, 8))
    assert office.told("1 of 40 signed up")
