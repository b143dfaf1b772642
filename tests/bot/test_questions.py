"""«Спросить организатора»: words go both ways through the bot; neither sees who the other is."""

import pytest

from bot.callbacks import Reply
from bot.models import DueMessage, Question
from bot.services import questions
from bot.services.consent import withdraw_consent
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import Category, MessageKind, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import dump, municipality, stored, taps, texts
from tests.bot.test_curator_taps import COLLEAGUE, CURATOR, Crash, crash, staff_member
from tests.services.factory import make_meeting, make_person

__all__ = ["crash"]

ASKED = "Можно прийти с <сестрой> & позже?"


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


@pytest.fixture
async def aelita(stage: Stage, curator: client.Person) -> client.Person:
    """A pupil who is signed up for the curator's meeting."""
    await make_meeting(stage.core, await municipality(stage.core), token="mine")
    person = stage.person("Аэлита", 777_000_777)
    await make_person(stage.core, person.id, name="Аэлита", category=Category.GRADE_9)
    await sign_up(stage.core, Account(person.id), "mine")
    return person


async def asks(stage: Stage, person: client.Person, words: str = ASKED) -> None:
    await person.start("m_mine")
    await person.tap("Спросить организатора")
    await person.send(words)
    await stage.tick()


async def test_a_question_is_answered_and_asked_on(
    stage: Stage, curator: client.Person, aelita: client.Person
) -> None:
    await aelita.start("m_mine")
    await aelita.tap("Спросить организатора")
    assert "О чём спросить организатора?" in aelita.screen.text
    assert aelita.screen.labels == ["‹ Назад"]
    await aelita.send(ASKED)
    assert aelita.messages[-2].text == "✅ Вопрос отправлен. Ответ придёт сюда."
    assert aelita.screen.text.startswith("Инженеры будущего")  # the card again

    await stage.restart()
    await stage.tick()
    question = curator.screen
    assert question.text == (
        "❓ Вопрос от участника встречи\n«Инженеры будущего» · пн, 9 марта, 12:00\n\n" + ASKED
    )
    assert question.labels == ["Ответить"]
    await curator.tap("Ответить")
    await stage.restart()
    await curator.send("Да, приходите")
    assert curator.messages[-2].text == "✅ Отправлено."
    answered = next(each for each in curator.messages if each.message_id == question.message_id)
    assert answered.labels == []

    await stage.tick()
    assert aelita.screen.text == (
        "💬 Ответ организатора\n«Инженеры будущего» · пн, 9 марта, 12:00\n\nДа, приходите"
    )
    assert aelita.screen.labels == ["Ответить", "Открыть встречу"]
    await aelita.tap("Ответить")
    await aelita.send("Спасибо!")
    await stage.tick()
    assert "Вопрос от участника встречи" in curator.screen.text
    assert curator.screen.text.endswith("Спасибо!")
    assert "Аэлита" not in texts(curator)
    assert "777" not in texts(curator)
    assert "Анна" not in texts(aelita)
    rows = await stored(stage.core, Question)
    assert [(row.is_answer, row.answered_at is not None) for row in rows] == [
        (False, True),
        (True, True),
        (False, False),
    ]


async def test_one_of_several_answers_and_the_other_is_told(
    stage: Stage, curator: client.Person, aelita: client.Person
) -> None:
    colleague = await staff_member(stage, "Ольга", COLLEAGUE, Role.COORDINATOR)
    await asks(stage, aelita)
    await taps(curator, "Ответить")
    await taps(colleague, "Ответить")
    await curator.send("Да")
    await colleague.send("Нет")
    assert colleague.messages[-2].text == "На это сообщение уже ответили."
    await asks(stage, aelita, "А ещё?")
    late = colleague.screen
    await taps(curator, "Ответить")
    await curator.send("И ещё да")
    answer = await colleague.tap("Ответить", message=late.message_id)
    assert (answer.text, answer.show_alert) == ("На это сообщение уже ответили.", True)
    await stage.tick()
    assert [row.text for row in await stored(stage.core, Question) if row.is_answer] == [
        "Да",
        "И ещё да",
    ]
    assert sum("Ответ организатора" in screen.text for screen in aelita.messages) == 2


async def test_what_a_crash_works_again_is_sent_once(
    stage: Stage, curator: client.Person, aelita: client.Person, crash: Crash
) -> None:
    await aelita.start("m_mine")
    await aelita.tap("Спросить организатора")
    await aelita.send(ASKED)
    await crash.again()
    (question,) = await stored(stage.core, Question)
    await questions.ask(stage.core, Account(aelita.id), "mine", ASKED, question.token)
    assert len(await stored(stage.core, Question)) == 1


async def test_five_open_questions_a_day(
    stage: Stage, curator: client.Person, aelita: client.Person
) -> None:
    for number in range(5):
        await asks(stage, aelita, f"Вопрос {number}")
    await aelita.start("m_mine")
    answer = await aelita.tap("Спросить организатора")
    assert answer.show_alert
    assert answer.text.startswith("Пять ваших вопросов за сутки ждут ответа.")
    await curator.tap("Ответить")
    await curator.send("Ответ")
    await asks(stage, aelita, "Вопрос 6")
    assert len(await stored(stage.core, Question)) == 7


async def test_only_who_is_signed_up_asks_and_only_who_was_asked_answers(
    stage: Stage, curator: client.Person, aelita: client.Person
) -> None:
    await asks(stage, aelita)
    (question,) = await stored(stage.core, Question)
    burglar = stage.person("Чужой", 900)
    await make_person(stage.core, burglar.id, name="Чужой")
    await burglar.start("m_mine")
    assert "Спросить организатора" not in burglar.screen.labels
    await burglar.tap_data(Reply(token=question.token).pack(), burglar.screen.message_id)
    await burglar.send("Слова")
    assert ASKED not in texts(burglar)
    await curator.tap("Ответить")
    await curator.send("Да")
    answer = (await stored(stage.core, Question))[-1]
    told = await burglar.tap_data(Reply(token=answer.token).pack(), burglar.screen.message_id)
    assert told.text.startswith("Этого сообщения больше нет")
    assert len(await stored(stage.core, Question)) == 2


@pytest.mark.parametrize("who", ["participant", "curator"])
async def test_words_are_erased_with_whoever_wrote_them(
    stage: Stage, curator: client.Person, aelita: client.Person, who: str
) -> None:
    await asks(stage, aelita)
    await curator.tap("Ответить")
    await curator.send("Тайный ответ")
    await stage.tick()
    await withdraw_consent(stage.core, Account(aelita.id if who == "participant" else curator.id))
    left = await dump(stage.core)
    assert "Тайный ответ" not in left
    assert (ASKED in left) is (who == "curator")
    if who == "curator":
        answer = await aelita.tap("Ответить")
        assert answer.text.startswith("Этого сообщения больше нет: его автор удалил свои данные.")
    else:
        rows = await stored(stage.core, DueMessage)
        assert {row.account_id for row in rows if row.kind is MessageKind.QUESTION} == {curator.id}
