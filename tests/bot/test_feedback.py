"""After the meeting: who is asked, what is answered, and what else is told to who signed up."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.errors import ConsentRequired
from bot.models import Feedback, Person, Registration, RegistrationLine
from bot.services import attendance, feedback, meetings
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.services.results import get_results
from bot.vocabulary import Category, Role
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import municipality, size_of, stored, taps, the_answer
from tests.services.factory import give_role, make_meeting, make_person

CURATOR = Account(500)


class Evening:
    """A meeting in a week, a curator, and people who signed up for it."""

    def __init__(self, stage: Stage, meeting: int, ends_at: datetime) -> None:
        self.stage, self.meeting, self.ends_at = stage, meeting, ends_at

    async def guest(self, name: str, category: Category = Category.GRADE_9) -> client.Person:
        """Somebody who signed up."""
        person = self.stage.person(name)
        await person.start()
        await make_person(self.stage.core, person.id, name=name, category=category)
        await sign_up(self.stage.core, Account(person.id), "Poster_1-2026")
        return person

    async def mark(self, *, came: bool = True, guest: int = 1) -> None:
        """The curator's mark at the door."""
        await attendance.mark(self.stage.core, CURATOR, guest, came=came)

    async def after(self, **time: float) -> None:
        """Move on to so long after the end of the meeting."""
        await self.stage.wait_until(self.ends_at + timedelta(**time))


@pytest.fixture
async def evening(stage: Stage) -> Evening:
    achinsk = await municipality(stage.core)
    await give_role(stage.core, CURATOR.id, Role.CURATOR, achinsk)
    starts_at = stage.clock.now() + timedelta(days=7)
    meeting = await make_meeting(
        stage.core, achinsk, token="Poster_1-2026", starts_at=starts_at, title="Мосты"
    )
    return Evening(stage, meeting, starts_at + timedelta(minutes=90))


def questions(person: client.Person, words: str) -> list[Screen]:
    return [screen for screen in person.messages if screen.by_bot and words in screen.text]


async def counted(evening: Evening) -> int:
    """How many answers count in the meeting's results."""
    results = await get_results(evening.stage.core, CURATOR, evening.meeting, page=0, per_page=8)
    return results.answers


async def test_who_came_rates_ticks_and_writes(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(minutes=90)
    assert questions(maria, "Мосты") == []
    await evening.after(hours=2)

    question = maria.screen
    assert question.text == "Как прошла встреча «Мосты»? Оцените в одно касание."
    assert question.buttons == [[f"{rating} ⭐" for rating in range(1, 6)]]
    answer = await maria.tap("4 ⭐")
    assert answer.text == "Спасибо!"
    assert maria.screen.message_id == question.message_id
    assert maria.screen.labels == [
        "Узнали о профессиях",
        "Знакомства и разговоры",
        "Помогло с выбором",
        "Попробовали на практике",
        "Понятно, что дальше",
        "Дальше",
    ]
    await taps(maria, "Узнали о профессиях", "Помогло с выбором", "Помогло с выбором")
    assert maria.screen.labels[0] == "✓ Узнали о профессиях"
    await maria.tap("Дальше")
    await maria.send("Понравился <b>мост</b> & инженер")

    answer = await the_answer(evening.stage.core)
    assert (answer.rating, answer.useful) == (4, ["professions"])
    assert answer.comment == "Понравился <b>мост</b> & инженер"
    assert answer.finished_at is not None
    assert maria.screen.text == (
        "Спасибо за отзыв о встрече «Мосты». Ждём вас на других встречах: /meetings"
    )
    assert questions(maria, "Несколько слов")[0].labels == []  # answered, so without its button


async def test_words_can_be_skipped_and_taps_repeated(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(hours=2)
    rating = maria.screen.button("5 ⭐")
    assert rating is not None
    await taps(maria, "3 ⭐", "Дальше", "Пропустить")
    await maria.tap_data(rating["callback_data"], maria.screen.message_id)
    await taps(maria, "Дальше")

    answer = await the_answer(evening.stage.core)
    assert (answer.rating, answer.useful, answer.comment) == (5, [], "")
    assert "Спасибо за отзыв" in maria.screen.text
    assert maria.screen.labels == []


async def test_the_question_comes_once_and_survives_a_restart(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(hours=2)
    await evening.stage.restart()
    await evening.mark(came=False)
    await evening.mark()
    for day in range(1, 9):
        await evening.after(days=day)
    assert len(questions(maria, "Как прошла встреча")) == 1
    await evening.stage.restart()
    await taps(maria, "5 ⭐", "Дальше", "Пропустить")
    assert (await the_answer(evening.stage.core)).rating == 5


async def test_the_word_of_a_person_waits_for_the_curators(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(hours=2)
    assert maria.screen.text == "Вы были на встрече «Мосты» (пн, 9 марта, 12:00)?"
    await taps(maria, "Да", "5 ⭐", "Дальше", "Пропустить")
    assert maria.screen.text == (
        "Спасибо за отзыв о встрече «Мосты». "
        "Он будет учтён, когда куратор подтвердит список пришедших."
    )
    assert await counted(evening) == 0

    await evening.mark()
    assert await counted(evening) == 1
    await evening.after(hours=3)
    assert len(questions(maria, "Мосты")) == 1  # nothing is asked again


async def test_no_ends_it(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(hours=2)
    await maria.tap("Нет")
    assert maria.screen.text.startswith("Спасибо, что ответили.")
    assert maria.screen.labels == []
    assert await size_of(evening.stage.core, Feedback) == 0


async def test_who_was_not_there_is_not_asked(evening: Evening) -> None:
    maria, petya = await evening.guest("Мария"), await evening.guest("Петя")
    await evening.after(minutes=5)
    await evening.mark(guest=1)
    await attendance.close_list(evening.stage.core, CURATOR, evening.meeting)
    await evening.after(hours=2)
    assert questions(petya, "Мосты") == []
    assert len(questions(maria, "Мосты")) == 1


async def test_a_late_mark_asks_then_and_only_within_a_week(evening: Evening) -> None:
    """The mark comes after the list was closed: its week begins with it."""
    maria, petya = await evening.guest("Мария"), await evening.guest("Петя")
    await evening.after(minutes=5)
    await evening.mark(guest=1)
    await attendance.close_list(evening.stage.core, CURATOR, evening.meeting)
    await evening.after(hours=2)
    await evening.after(days=10)
    assert questions(petya, "Мосты") == []
    await evening.mark(guest=2)
    await evening.after(days=10, minutes=1)
    assert len(questions(petya, "Как прошла встреча «Мосты»?")) == 1
    await taps(petya, "2 ⭐")
    assert (await the_answer(evening.stage.core)).rating == 2

    await evening.after(days=15)
    answer = await maria.tap("5 ⭐")
    assert answer.show_alert
    assert answer.text.startswith("Время для отзыва об этой встрече вышло.")


async def test_a_bot_that_was_off_for_a_week_asks_nothing(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(days=7, hours=1)
    assert questions(maria, "Мосты") == []


async def test_who_cancelled_is_not_asked(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await maria.send("/my")
    await taps(maria, "Мосты", "Отменить запись", "Да, отменить")
    told = len(maria.messages)
    await evening.after(hours=2)
    assert len(maria.messages) == told


async def test_words_typed_after_something_else_are_no_feedback(evening: Evening) -> None:
    """The question for words stands open, and the person goes to change their name instead."""
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(hours=2)
    await taps(maria, "4 ⭐", "Дальше")
    await maria.send("/privacy")
    await taps(maria, "Что обо мне хранится", "Изменить", "Изменить имя")
    await maria.send("Маша")
    assert "👤 Маша" in maria.screen.text
    assert (await the_answer(evening.stage.core)).comment == ""


async def test_cancel_drops_the_words_and_keeps_the_rating(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(hours=2)
    await taps(maria, "4 ⭐", "Дальше")
    await maria.send("/cancel")
    assert maria.messages[-2].text == "Отзыв словами не сохранён, оценка осталась."
    assert (await the_answer(evening.stage.core)).rating == 4
    await maria.send("Просто слова")
    assert (await the_answer(evening.stage.core)).comment == ""


async def test_a_cancelled_meeting_is_told_to_everybody_signed_up(evening: Evening) -> None:
    stage = evening.stage
    maria, olga = await evening.guest("Мария"), await evening.guest("Ольга", Category.PARENT)
    gone, stranger = await evening.guest("Петя"), stage.person("Чужой")
    await stranger.start()
    await gone.send("/my")
    await taps(gone, "Мосты", "Отменить запись", "Да, отменить")
    stage.clock.advance(timedelta(days=6))
    await meetings.cancel_meeting(stage.core, CURATOR, evening.meeting, "Заболел <ведущий>")
    await stage.tick()
    await stage.tick()

    for person in (maria, olga):
        (told,) = questions(person, "Встреча отменена")
        assert "Причина: Заболел <ведущий>" in told.text
        assert "📅 пн, 9 марта, 12:00" in told.text  # is read after tomorrow, too
        assert told.labels == ["Другие встречи"]
    assert questions(gone, "Причина") == questions(stranger, "Причина") == []
    await maria.tap("Другие встречи")
    assert maria.screen.text.startswith("Встречи всего края\n")
    await evening.after(hours=2)
    assert questions(maria, "Вы были") == []


async def test_nobody_answers_before_the_meeting_or_for_somebody_else(evening: Evening) -> None:
    maria, petya = await evening.guest("Мария"), await evening.guest("Петя")
    for data in ("rate:1:5", "came:1:1", "useful:1:professions", "skip:1", "useful:1:"):
        for person in (maria, petya):
            await person.tap_data(data, person.screen.message_id)
    assert await size_of(evening.stage.core, Feedback) == 0
    assert [row.says_came_at for row in await stored(evening.stage.core, Registration)] == [
        None
    ] * 2

    await evening.after(hours=2)
    async with evening.stage.core.db.write() as session:
        await session.execute(
            update(RegistrationLine).values(came=1, marked_at=evening.stage.clock.now())
        )
    answer = await petya.tap_data("rate:1:1", petya.screen.message_id)
    assert answer.text == "Этой записи уже нет."
    await maria.tap_data("rate:1:7", maria.screen.message_id)
    assert await size_of(evening.stage.core, Feedback) == 0


async def test_nobody_rates_before_the_end_although_marked_at_the_door(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=-30)
    await evening.mark()
    answer = await maria.tap_data("rate:1:5", maria.screen.message_id)
    assert answer.text == "Оценить можно после встречи."
    assert await size_of(evening.stage.core, Feedback) == 0


async def test_ticks_and_words_end_with_the_rating(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(hours=2)
    await maria.tap("4 ⭐")
    useful = maria.screen
    await maria.tap("Дальше")
    await evening.after(days=15)
    await maria.send("Слишком поздно")
    assert maria.messages[-2].text.startswith("Время для отзыва об этой встрече вышло.")
    await maria.send("И ещё слова")  # belong to nothing any more
    assert maria.messages[-2].text.startswith("Я понимаю кнопки и команды.")
    for data in ("useful:1:professions:1", "skip:1"):
        answer = await maria.tap_data(data, useful.message_id)
        assert answer.text.startswith("Время для отзыва об этой встрече вышло."), data
    answer = await the_answer(evening.stage.core)
    assert (answer.rating, answer.useful, answer.comment) == (4, [], "")
    assert answer.finished_at is None


async def test_under_an_older_consent_the_new_one_comes_first(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(hours=2)
    async with evening.stage.core.db.write() as session:
        await session.execute(update(Person).values(consent_version="2020-01"))
    question = maria.screen

    answer = await maria.tap("Да")
    assert answer.text == "Текст согласия изменился. Сначала прочитайте его ещё раз."
    assert maria.screen.labels == ["Даю согласие", "Не даю"]
    (row,) = await stored(evening.stage.core, Registration)
    assert row.says_came_at is None
    answer = await maria.tap("Даю согласие")
    assert answer.text == "Спасибо. Теперь нажмите ту же кнопку в сообщении выше ещё раз."
    assert "Что хотите сделать?" in maria.screen.text

    (kept,) = questions(maria, "Вы были на встрече")
    assert kept.message_id == question.message_id
    await taps(maria, "Да", "5 ⭐", "Узнали о профессиях", "Дальше", "Пропустить")
    stored_answer = await the_answer(evening.stage.core)
    assert (stored_answer.rating, stored_answer.useful) == (5, ["professions"])


async def test_nothing_of_an_answer_is_stored_under_an_older_consent(evening: Evening) -> None:
    core, maria = evening.stage.core, await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(hours=2)
    await maria.tap("4 ⭐")
    async with core.db.write() as session:
        await session.execute(update(Person).values(consent_version="2020-01"))
    me = Account(maria.id)
    for asked in (
        feedback.rate(core, me, 1, 5),
        feedback.mark_useful(core, me, 1, "professions", useful=True),
        feedback.comment(core, me, 1, "Слова"),
        feedback.say_came(core, me, 1, came=True),
    ):
        with pytest.raises(ConsentRequired, match="error-consent-outdated"):
            await asked
    answer = await the_answer(core)
    assert (answer.rating, answer.useful, answer.comment) == (4, [], "")


async def test_a_question_too_old_to_change_is_answered_below(evening: Evening) -> None:
    maria = await evening.guest("Мария")
    await evening.after(minutes=5)
    await evening.mark()
    await evening.after(hours=2)
    gone = 10**6  # Telegram sends no more than the number of such a message
    await maria.tap_data("rate:1:4", gone)
    assert "Что было полезно?" in maria.screen.text
    await maria.tap_data("useful:1::1", gone)
    assert "Несколько слов" in maria.screen.text
    await maria.send("Хорошо")
    assert questions(maria, "Несколько слов")[0].labels == []
    assert (await the_answer(evening.stage.core)).comment == "Хорошо"
