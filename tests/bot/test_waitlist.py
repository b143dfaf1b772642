"""The waiting list as people see it: joining, the offer, its answers, and the curator's screen."""

from datetime import timedelta

import pytest

from bot.callbacks import SeatAnswer, WaitAgain
from bot.models import Meeting, Registration, SeatLimit
from bot.services import groups, waiting_room
from bot.services.core import Account
from bot.services.registrations import cancel, sign_up
from bot.vocabulary import Category, RegistrationStatus, Role
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import everything, lines_of, municipality, stored, taps
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import give_role, make_person

ACTIVE, WAITING = RegistrationStatus.ACTIVE, RegistrationStatus.WAITING
OFFERED, CANCELLED = RegistrationStatus.OFFERED, RegistrationStatus.CANCELLED
FIRST = Account(7000)  # has the only seat


@pytest.fixture
async def meeting(stage: Stage) -> int:
    """A meeting in a week with one seat, which somebody has."""
    meeting_id = await meeting_of(stage, seats=1)
    await make_person(stage.core, FIRST.id, category=Category.PARENT)
    await sign_up(stage.core, FIRST, TOKEN)
    return meeting_id


async def waits(stage: Stage, name: str, category: Category = Category.GRADE_9) -> client.Person:
    """Somebody who joined the list by the card."""
    person = await known(stage, category, name)
    await person.start(f"m_{TOKEN}")
    await person.tap("Встать в лист ожидания")
    return person


async def first_goes(stage: Stage) -> None:
    await cancel(stage.core, FIRST, 1)
    await stage.tick()


async def states(stage: Stage) -> list[RegistrationStatus]:
    return [row.status for row in await stored(stage.core, Registration)]


def newest(person: client.Person, words: str) -> Screen:
    """The newest message that says so."""
    return next(screen for screen in reversed(person.messages) if words in screen.text)


def message(person: client.Person, message_id: int) -> Screen:
    return next(screen for screen in person.messages if screen.message_id == message_id)


async def test_one_waits_is_offered_the_seat_and_takes_it(stage: Stage, meeting: int) -> None:
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    assert "Мест больше нет. Встаньте в лист ожидания: место предложим сообщением." in (
        maria.screen.text
    )
    answer = await maria.tap("Встать в лист ожидания")
    assert answer.text == "Вы в листе ожидания. Место в очереди: 1"
    assert "🕓 Вы в листе ожидания. Ваше место в очереди: 1." in maria.screen.text
    assert "Код" not in maria.screen.text
    assert "Выйти из очереди" in maria.screen.labels
    assert "Записаться" not in maria.screen.labels
    second = await waits(stage, "Пётр")
    assert "Ваше место в очереди: 2." in second.screen.text

    await maria.send("/my")
    assert maria.screen.labels[0] == "пн 9 мар · Инженеры будущего · в очереди: 1"
    await maria.tap("Инженеры")
    assert "Ваше место в очереди: 1." in maria.screen.text
    assert "Код" not in maria.screen.text
    assert "Выйти из очереди" in maria.screen.labels
    assert "Отменить запись" not in maria.screen.labels

    await first_goes(stage)
    offer = maria.screen
    assert offer.text.splitlines() == [
        "🔔 Инженеры будущего",
        "📅 пн, 9 марта, 12:00",
        "",
        "Освободилось место. Подтвердите до вт, 3 марта, 12:00, потом предложим его следующему.",
    ]
    assert offer.buttons == [["Пойду", "Не смогу"]]
    assert not [screen for screen in second.messages if "Освободилось" in screen.text]
    yes, no = offer.button("Пойду"), offer.button("Не смогу")
    assert yes is not None
    assert no is not None

    await maria.send("/my")
    assert maria.screen.labels[0].endswith("· подтвердите до завтра, 12:00")
    await maria.tap("Пойду")
    taken = message(maria, offer.message_id)
    assert taken.text.startswith("✅ Вы записаны: Инженеры будущего")
    assert taken.text.endswith("Код для входа: A2")
    assert taken.labels == []
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]

    await maria.tap_data(yes["callback_data"], offer.message_id)  # the same tap again
    assert message(maria, offer.message_id).text == taken.text
    answer = await maria.tap_data(
        no["callback_data"], offer.message_id
    )  # it was there a moment ago
    assert answer.show_alert
    assert answer.text == (
        "Вы уже записаны на эту встречу. Если прийти не получится, отмените запись в билете: /my"
    )
    assert message(maria, offer.message_id).text == taken.text
    assert await states(stage) == [CANCELLED, ACTIVE, WAITING]
    stage.clock.advance(timedelta(days=8))
    answer = await maria.tap_data(no["callback_data"], offer.message_id)
    assert "/my" not in answer.text  # it is over: nothing is left to cancel


async def test_a_declined_seat_goes_to_the_next_and_its_old_button_is_over(
    stage: Stage, meeting: int
) -> None:
    maria, petr = await waits(stage, "Мария"), await waits(stage, "Пётр")
    await first_goes(stage)
    offer = maria.screen
    yes, no = offer.button("Пойду"), offer.button("Не смогу")
    assert yes is not None
    assert no is not None
    await maria.tap("Не смогу")
    assert maria.screen.text.startswith("Хорошо, место на встрече «Инженеры будущего» предложим")
    assert maria.screen.labels == []
    await stage.tick()
    assert "Освободилось место." in petr.screen.text
    assert await states(stage) == [CANCELLED, CANCELLED, OFFERED]

    await maria.start(f"m_{TOKEN}")
    await maria.tap("Встать в лист ожидания")
    await petr.tap("Не смогу")
    await stage.tick()
    assert await states(stage) == [CANCELLED, OFFERED, CANCELLED]
    for old in (yes, no):
        answer = await maria.tap_data(old["callback_data"], offer.message_id)
        assert answer.show_alert
        assert answer.text.startswith("Это предложение уже не действует.")
    assert await states(stage) == [CANCELLED, OFFERED, CANCELLED]
    over = message(maria, offer.message_id)
    assert over.text.startswith("Это предложение уже не действует")
    assert over.labels == ["Открыть встречу"]


async def test_an_unanswered_offer_lapses_and_one_can_wait_again(
    stage: Stage, meeting: int
) -> None:
    maria, petr = await waits(stage, "Мария"), await waits(stage, "Пётр")
    await first_goes(stage)
    offer = maria.screen
    await stage.wait_until(stage.clock.now() + timedelta(hours=24))
    lapsed = maria.screen
    assert "Время вышло, место предложили следующему." in lapsed.text
    assert lapsed.labels == ["Встать снова", "Открыть встречу"]
    assert "Освободилось место." in petr.screen.text

    answer = await maria.tap("Пойду")
    assert answer.text.startswith("Это предложение уже не действует.")
    assert message(maria, offer.message_id).labels == ["Открыть встречу"]
    await maria.tap("Встать снова")
    again = message(maria, lapsed.message_id)
    assert "Ваше место в очереди: 1." in again.text
    assert again.labels == []
    assert await states(stage) == [CANCELLED, WAITING, OFFERED]

    await petr.tap("Не смогу")
    await stage.tick()
    await maria.tap("Пойду")
    assert await states(stage) == [CANCELLED, ACTIVE, CANCELLED]


async def test_an_offer_that_is_answered_on_the_card_is_not_pushed(
    stage: Stage, meeting: int
) -> None:
    maria = await waits(stage, "Мария")
    await cancel(stage.core, FIRST, 1)
    await maria.start(f"m_{TOKEN}")
    assert "🔔 Для вас освободилось место. Подтвердите до завтра, 12:00" in maria.screen.text
    assert maria.screen.buttons[0] == ["Подтвердить", "Отказаться"]
    assert "Записаться" not in maria.screen.labels
    answer = await maria.tap("Подтвердить")
    assert answer.text == "Вы записаны. Код для входа: A2"
    await stage.tick()
    assert not [screen for screen in maria.messages if "Освободилось место" in screen.text]


@pytest.mark.parametrize("where", ["card", "ticket"])
async def test_the_ticket_and_the_card_decline_after_asking(
    stage: Stage, meeting: int, where: str
) -> None:
    maria = await waits(stage, "Мария")
    await cancel(stage.core, FIRST, 1)
    await maria.start(f"m_{TOKEN}")
    if where == "ticket":
        await maria.send("/my")
        await maria.tap("Инженеры")
        assert "🔔 Для вас освободилось место." in maria.screen.text
    await maria.tap("Отказаться")
    assert maria.screen.text.startswith("Отказаться от места на встрече «Инженеры будущего»?")
    answer = await maria.tap("Да, отказаться")
    assert answer.text == "Хорошо, предложим место следующему"
    assert await states(stage) == [CANCELLED, CANCELLED]


async def test_the_ticket_takes_the_seat(stage: Stage, meeting: int) -> None:
    maria = await waits(stage, "Мария")
    await cancel(stage.core, FIRST, 1)
    await maria.send("/my")
    await taps(maria, "Инженеры", "Подтвердить")
    assert "Код для входа: A2" in maria.screen.text
    assert await states(stage) == [CANCELLED, ACTIVE]


@pytest.mark.parametrize("where", ["card", "ticket"])
async def test_leaving_the_list_asks_once(stage: Stage, meeting: int, where: str) -> None:
    maria = await waits(stage, "Мария")
    if where == "ticket":
        await maria.send("/my")
        await maria.tap("Инженеры")
    await maria.tap("Выйти из очереди")
    assert maria.screen.text.endswith("Ваше место в очереди пропадёт.")
    answer = await maria.tap("Да, выйти")
    assert answer.text == "Вы вышли из очереди"
    assert await states(stage) == [ACTIVE, CANCELLED]


async def test_a_parent_waits_with_the_child(stage: Stage) -> None:
    meeting_id = await meeting_of(stage, seats=2)
    await make_person(stage.core, FIRST.id, category=Category.PARENT)
    await sign_up(stage.core, FIRST, TOKEN)
    olga = await known(stage, Category.PARENT, "Ольга")
    await olga.start(f"m_{TOKEN}")
    await taps(olga, "Я и ребёнок", "6 класс")
    assert "Сейчас свободно 1 место, а вас 2." in olga.screen.text
    await olga.tap("Встать в лист ожидания")
    assert "Места для всех (2) предложим сообщением." in olga.screen.text
    await first_goes(stage)
    assert "Освободились места для всех: 2." in olga.screen.text
    await olga.tap("Пойду")
    assert await lines_of(stage.core, meeting_id) == [("parent", "", 1), ("grade_6", "", 1)]


async def test_a_seat_that_became_free_meanwhile_is_taken_at_once(
    stage: Stage, meeting: int
) -> None:
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await cancel(stage.core, FIRST, 1)
    answer = await maria.tap("Встать в лист ожидания")
    assert answer.text == "Вы записаны. Код для входа: A2"


async def test_the_offer_to_a_group_says_for_how_many(stage: Stage) -> None:
    meeting_id = await meeting_of(stage, seats=3)
    await make_person(stage.core, FIRST.id, category=Category.PARENT)
    await sign_up(stage.core, FIRST, TOKEN)
    anna = await known(stage, Category.OTHER, "Анна")
    await anna.start()
    group = groups.Group("Школа № 3", {Category.GRADE_9: 3}, with_me=False)
    await groups.sign_up_group(
        stage.core, Account(anna.id), TOKEN, group, group_token="group", wait=True
    )
    await first_goes(stage)
    assert "Освободились места для всех: 3." in anna.screen.text
    await anna.tap("Пойду")
    assert await lines_of(stage.core, meeting_id) == [("grade_9", "Школа № 3", 3)]
    await anna.start(f"m_{TOKEN}")
    assert "✅ Ваша группа записана: 3 человека" in anna.screen.text


async def test_held_seats_and_a_categorys_own_limit_are_explained(
    stage: Stage, meeting: int
) -> None:
    curator = Account(7001)
    await give_role(stage.core, curator.id, Role.CURATOR, await municipality(stage.core))
    await waits(stage, "Мария")
    await waiting_room.set_automatic(stage.core, curator, meeting, automatic=False)
    await cancel(stage.core, FIRST, 1)
    petr = await known(stage, name="Пётр")
    await petr.send("/meetings")
    assert petr.screen.labels[0] == "пн 9 мар · Инженеры будущего · мест нет"
    await petr.tap("Инженеры")
    assert "Свободные места пока держим для тех, кто ждёт дольше." in petr.screen.text
    assert "(сейчас ждут: 1)" in petr.screen.text

    async with stage.core.db.write() as session:
        (await session.get_one(Meeting, meeting)).seats = 10
        session.add(SeatLimit(meeting_id=meeting, category=Category.PARENT, seats=1))
    await waiting_room.set_automatic(stage.core, curator, meeting, automatic=True)
    await sign_up(stage.core, FIRST, TOKEN)
    olga = await known(stage, Category.PARENT, "Ольга")
    await olga.start(f"m_{TOKEN}")
    assert "Места для таких участников, как вы, заняты." in olga.screen.text
    assert olga.screen.labels[0] == "Встать в лист ожидания"
    await taps(olga, "Записаться иначе", "Как волонтёр")
    assert "✅ Вы записаны." in olga.screen.text

    irina = await known(stage, Category.VOLUNTEER, "Ирина")
    await irina.start(f"m_{TOKEN}")
    await taps(irina, "Записаться иначе", "Как родитель")
    assert "Места для таких участников уже заняты." in irina.screen.text
    await irina.tap("Встать в лист ожидания")
    assert "Ваше место в очереди: 1." in irina.screen.text


async def test_a_card_says_when_signing_up_opens_and_that_it_closed(stage: Stage) -> None:
    meeting_id = await meeting_of(stage)
    now = stage.clock.now()
    async with stage.core.db.write() as session:
        row = await session.get_one(Meeting, meeting_id)
        row.sign_up_opens_at = now + timedelta(days=1)
        row.sign_up_closes_at = now + timedelta(days=2)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    assert "🕒 Запись откроется завтра, 12:00." in maria.screen.text
    assert maria.screen.labels == ["Другие встречи", "‹ К списку"]
    stage.clock.advance(timedelta(days=2))
    await maria.start(f"m_{TOKEN}")
    assert maria.screen.text.endswith("Запись на эту встречу закрыта.")
    assert maria.screen.labels == ["Другие встречи", "‹ К списку"]


async def test_waiting_for_a_meeting_that_is_over_is_no_sign_up(stage: Stage, meeting: int) -> None:
    maria = await waits(stage, "Мария")
    stage.clock.advance(timedelta(days=8))
    await maria.start(f"m_{TOKEN}")
    assert maria.screen.text.endswith("Встреча уже прошла")
    assert "Выйти из очереди" not in maria.screen.labels
    await maria.send("/my")
    await maria.tap("Прошедшие встречи")
    assert "Здесь появятся встречи" in maria.screen.text


async def test_forged_answers_change_nothing(stage: Stage, meeting: int) -> None:
    await waits(stage, "Мария")
    await first_goes(stage)
    stranger = await known(stage, name="Чужой")
    await stranger.start()
    before = await everything(stage.core)
    for forged in (
        SeatAnswer(registration_id=2, number=1, takes=True),
        SeatAnswer(registration_id=2, number=1, takes=False),
        SeatAnswer(registration_id=404, number=1, takes=True),
        WaitAgain(registration_id=1),
    ):
        answer = await stranger.tap_data(forged.pack(), stranger.screen.message_id)
        assert answer.show_alert
        assert answer.text == "Этой записи уже нет."
    assert await everything(stage.core) == before


@pytest.fixture
async def anna(stage: Stage) -> client.Person:
    """The curator of Ачинск."""
    person = await known(stage, Category.JOB_CENTRE, "Анна")
    await person.start()
    await give_role(stage.core, person.id, Role.CURATOR, await municipality(stage.core))
    return person


async def open_list(anna: client.Person) -> None:
    await anna.send("/manage")
    await taps(anna, "Инженеры", "Лист ожидания")


async def test_a_curator_offers_by_hand(stage: Stage, meeting: int, anna: client.Person) -> None:
    await anna.send("/manage")
    await anna.tap("Инженеры")
    assert not [label for label in anna.screen.labels if "ожидания" in label]
    maria, petr = await waits(stage, "Мария"), await waits(stage, "Пётр")
    await open_list(anna)
    assert anna.screen.text.splitlines()[:2] == [
        "Лист ожидания · Инженеры будущего",
        "Ждут 2 человека · предложено 0 · свободно мест 0",
    ]
    assert anna.screen.labels == [
        "1. Мария",
        "2. Пётр",
        "Предлагать вручную",
        "‹ Назад",
    ]
    answer = await anna.tap("Пётр")
    assert answer.show_alert
    assert answer.text.startswith("Свободно мест: 0, а нужно 1.")
    assert anna.screen.text.startswith("Лист ожидания")

    await anna.tap("Предлагать вручную")
    assert "Места предлагаете вы" in anna.screen.text
    await first_goes(stage)
    assert await states(stage) == [CANCELLED, WAITING, WAITING]
    await taps(anna, "Пётр", "Да, предложить")
    assert anna.screen.labels[:2] == [
        "⏳ Пётр · до завтра, 12:00",
        "1. Мария",
    ]
    await stage.tick()
    assert "Освободилось место." in petr.screen.text
    answer = await anna.tap("Пётр")
    assert answer.text == "Место уже предложено, ждём ответа до завтра, 12:00"

    await taps(anna, "‹ Назад", "‹ К списку")
    assert any(label.endswith("записаны 0 из 1") for label in anna.screen.labels)
    await taps(anna, "Инженеры", "Изменить")
    assert "мест нет, всего 1" in anna.screen.text
    await taps(anna, "‹ Назад", "Лист ожидания")

    await petr.tap("Не смогу")
    answer = await anna.tap("Мария")  # her turn: nobody is passed over
    assert answer.text == "Место предложено, сообщение отправим"
    await stage.tick()
    await maria.tap("Не смогу")
    await anna.tap("Предлагать автоматически")
    assert "Лист ожидания пуст." in anna.screen.text
    assert await states(stage) == [CANCELLED] * 3


async def test_the_list_is_paged_and_a_vanished_entry_is_told(
    stage: Stage, meeting: int, anna: client.Person
) -> None:
    for number in range(9):
        account = Account(8000 + number)
        await make_person(stage.core, account.id, name=f"Гость {number}")
        await sign_up(stage.core, account, TOKEN, wait=True)
    await open_list(anna)
    assert "1/2" in anna.screen.labels
    await anna.tap("›")
    assert anna.screen.labels[0] == "9. Гость 8"
    await cancel(stage.core, Account(8008), 10)
    answer = await anna.tap("Гость 8")
    assert answer.show_alert
    assert answer.text == "Этой записи в листе ожидания уже нет."
    assert "1. Гость 0" in anna.screen.labels
