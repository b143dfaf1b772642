"""The bot in groups: it speaks when it comes and when it is asked, and signs people up there."""

from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import PostCard, SignUpHere
from bot.incoming import chat_of
from bot.models import AuditEntry, DueMessage, GroupCard, GroupChat, IncomingUpdate, Registration
from bot.services import consent
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import Category, MeetingStatus, MessageKind
from sandbox import client
from sandbox.group_client import InGroup
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import dump, everything, lines_of, municipality, person_of, stored
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import make_meeting, make_person

TITLE = "9 «Б», родители"
LINK = f"https://t.me/kras_networking_bot?start=m_{TOKEN}"


def said(here: InGroup) -> list[str]:
    """What the bot has said in the group."""
    return [screen.text for screen in here.messages if screen.by_bot]


def card_in(here: InGroup, words: str = "Инженеры будущего") -> Screen:
    """The newest card of a meeting in the group."""
    found = [each for each in here.messages if each.by_bot and each.text.startswith(words)]
    assert found, here.picture()
    return found[-1]


async def group_of(stage: Stage, *people: client.Person, supergroup: bool = False) -> InGroup:
    """A group to which its first person added the bot."""
    group = stage.sandbox.world.add_group(
        TITLE, members=[each.id for each in people], supergroup=supergroup
    )
    here = InGroup(people[0], group)
    await here.add_bot()
    return here


async def test_it_says_once_what_it_can_do_and_then_is_silent(stage: Stage) -> None:
    maria = await known(stage)
    here = await group_of(stage, maria)
    (hello,) = said(here)
    assert hello.splitlines() == [
        "Здравствуйте! Здесь можно записаться на встречи о профессиях в одно касание.",
        "",
        "Напишите /meetings, и придут ближайшие встречи. Сам бот больше писать не будет.",
    ]
    (group,) = await stored(stage.core, GroupChat)
    assert (group.title, group.added_by, group.locale) == (TITLE, maria.id, "ru")

    await here.send("Кто идёт на встречу?")
    await here.promote_bot()  # from now on Telegram shows it all talk
    await here.send("Я иду")
    await here.send(
        "А я нет",
    )
    assert len(said(here)) == 1
    assert "Я иду" not in await dump(stage.core)
    assert here.menu == ["meetings"]


async def test_the_card_signs_up_on_the_spot(stage: Stage) -> None:
    meeting = await meeting_of(stage, seats=40)
    maria = await known(stage)
    await maria.start()
    here = await group_of(stage, maria)
    await here.send("/meetings")
    card = card_in(here)
    assert card.text.splitlines() == [
        "Инженеры будущего",
        "📅 пн, 9 марта, 12:00–13:30",
        "📍 Центральная библиотека, ул. Ленина, 12, Ачинск",
        "👥 Для всех желающих · осталось 40 мест из 40",
    ]
    assert card.buttons == [["Записаться", "Подробнее"]]
    more = card.button("Подробнее")
    assert more is not None
    assert more["url"] == LINK

    answer = await here.tap("Записаться")
    assert (answer.text, answer.show_alert) == (
        "Вы записаны. Код для входа: A1\nБилет пришлём в личный чат.",
        False,
    )
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]
    again = await here.tap("Записаться")
    assert again.text.startswith("Вы уже записаны")
    assert "Билет" not in again.text
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]

    kinds = [row.kind for row in await stored(stage.core, DueMessage)]
    assert kinds.count(MessageKind.TICKET) == 1
    await stage.tick()
    assert [each for each in maria.messages if each.photo and "A1" in each.text]  # the ticket
    assert not [text for text in said(here) if "A1" in text or "Мария" in text]


async def test_a_stranger_is_led_to_the_private_chat_and_nothing_is_stored(stage: Stage) -> None:
    meeting = await meeting_of(stage)
    maria, petr = await known(stage), stage.person("Пётр")
    here = await group_of(stage, maria, petr)
    await here.send("/meetings")
    there = InGroup(petr, here.group)
    answer = await there.tap("Записаться")
    assert (answer.url, answer.text) == (LINK, "")
    assert await person_of(stage.core, petr.id) is None
    assert await lines_of(stage.core, meeting) == []
    await petr.follow(answer)
    assert any("можно записаться на встречу «Инженеры будущего»" in m.text for m in petr.messages)


async def test_who_blocked_the_bot_is_led_to_it(stage: Stage) -> None:
    meeting = await meeting_of(stage)
    maria = await known(stage)
    here = await group_of(stage, maria)
    await here.send("/meetings")
    await maria.start()
    stage.sandbox.world.block(maria.id)
    await maria.settle()
    answer = await here.tap("Записаться")
    assert answer.url == LINK
    assert await lines_of(stage.core, meeting) == []


async def test_a_full_meeting_says_so_and_where_to_wait(stage: Stage) -> None:
    meeting = await meeting_of(stage, seats=1)
    maria, petr = await known(stage), await known(stage, name="Пётр")
    here = await group_of(stage, maria, petr)
    await here.send("/meetings")
    await here.tap("Записаться")
    there = InGroup(petr, here.group)
    answer = await there.tap("Записаться")
    assert answer.show_alert
    assert answer.text == (
        "Мест больше нет. Нажмите кнопку под карточкой: в личном чате можно встать в лист ожидания."
    )
    assert len(await lines_of(stage.core, meeting)) == 1

    await stage.wait_until(stage.clock.now() + timedelta(seconds=15))
    full = card_in(here)
    assert "мест нет, всего 1" in full.text
    assert full.buttons == [["В лист ожидания", "Подробнее"]]
    await there.tap("В лист ожидания")
    assert "Встать в лист ожидания" in petr.screen.labels


@pytest.mark.parametrize(
    ("category", "words"),
    [
        (Category.PARENT, "На эту встречу не записывают: родители. Если придёте иначе"),
        (Category.GRADE_9, "Запись на эту встречу закрыта."),
    ],
)
async def test_a_refusal_is_seen_by_whoever_tapped_alone(
    stage: Stage, category: Category, words: str
) -> None:
    closed = category is Category.GRADE_9
    closes_at = stage.clock.now() + timedelta(hours=1)
    await meeting_of(
        stage, admits=[Category.GRADE_9], **({"sign_up_closes_at": closes_at} if closed else {})
    )
    maria = await known(stage, category)
    here = await group_of(stage, maria)
    await here.send("/meetings")
    button = card_in(here).button("Записаться")
    assert button is not None
    if closed:
        await stage.wait_until(closes_at)
        assert "Запись на эту встречу закрыта." in card_in(here).text
        assert card_in(here).labels == ["Подробнее"]
    before = len(here.messages)
    answer = await here.tap_data(button["callback_data"], card_in(here).message_id)
    assert answer.show_alert
    assert answer.text is not None
    assert answer.text.startswith(words)
    assert len(here.messages) == before
    assert await stored(stage.core, Registration) == []


async def test_meetings_of_the_askers_town_come_first_and_several_are_chosen_from(
    stage: Stage,
) -> None:
    core, now = stage.core, stage.clock.now()
    achinsk, kansk = await municipality(core), await municipality(core, "Канск")
    await make_meeting(core, kansk, title="Далёкая", starts_at=now + timedelta(days=1))
    maria, stranger = await known(stage), stage.person("Пётр")
    here = await group_of(stage, maria, stranger)
    await here.send("/meetings")  # none in Ачинск: the region's
    assert "Далёкая" in here.screen.text

    await make_meeting(core, achinsk, title="Первая", starts_at=now + timedelta(days=2))
    await make_meeting(core, achinsk, title="Вторая", starts_at=now + timedelta(days=3))
    await make_meeting(core, achinsk, title="Чужая", status=MeetingStatus.DRAFT)
    await here.send("/meetings@kras_networking_bot")
    assert here.screen.text == "Какую встречу показать?"
    assert here.screen.labels == ["ср 4 мар · Первая", "чт 5 мар · Вторая"]
    there = InGroup(stranger, here.group)
    await there.send("/meetings")
    assert there.screen.labels[0] == "вт 3 мар · Канск · Далёкая"

    await there.tap("Вторая")
    assert card_in(here, "Вторая").buttons == [["Записаться", "Подробнее"]]
    answer = await here.tap("Вторая")  # somebody else taps the same
    assert (
        answer.text == "Карточка этой встречи только что пришла в этот чат. Посмотрите чуть выше."
    )
    assert len([text for text in said(here) if text.startswith("Вторая")]) == 1


async def test_nothing_planned(stage: Stage) -> None:
    here = await group_of(stage, stage.person("Пётр"))
    await here.send("/meetings")
    assert here.screen.text == (
        "Ближайших встреч пока нет. Загляните через несколько дней: /meetings"
    )
    (group,) = await stored(stage.core, GroupChat)
    assert group.added_by is None  # a stranger: nothing is stored about them


async def test_other_commands_get_one_line_where_they_name_the_bot(stage: Stage) -> None:
    maria = await known(stage)
    here = await group_of(stage, maria)
    await here.send("/my@kras_networking_bot")
    assert here.screen.text == "Это удобнее сделать в личном чате: здесь ответ увидели бы все."
    assert here.screen.labels == ["Открыть личный чат"]
    before = len(said(here))
    for words in ("/my", "/manage", "/new", "/start@kras_networking_bot hello", "/Иванова Мария"):
        await here.send(words)
    assert len(said(here)) == before
    await here.tap("Открыть личный чат")
    assert "Что хотите сделать?" in maria.screen.text


async def test_a_group_is_answered_in_its_own_language_whoever_asks(stage: Stage) -> None:
    maria, john = await known(stage), stage.person("John", language_code="en")
    here = await group_of(stage, maria, john)
    there = InGroup(john, here.group)
    await there.send("/my@kras_networking_bot")
    assert here.screen.text == "Это удобнее сделать в личном чате: здесь ответ увидели бы все."
    assert here.screen.labels == ["Открыть личный чат"]
    await there.send("/meetings")
    assert here.screen.text.startswith("Ближайших встреч пока нет.")


COMMANDS = ("/manage", "/new", "/start", "/report", "/invite", "/privacy", "/cancel", "/language")


async def test_no_conversation_ever_opens_in_a_group(stage: Stage) -> None:
    """Commands, words, replies and forged buttons of dialogs and of pushed messages."""
    meeting = await meeting_of(stage)
    await make_person(stage.core, 1, name="Аэлита", category=Category.PARENT)
    boss = stage.person("Аэлита", 1)
    await boss.start()
    await boss.send("/meetings")
    of_dialog = [each["callback_data"] for row in boss.screen.keyboard for each in row]
    await sign_up(stage.core, Account(1), TOKEN)
    pushed = ["held:1:1", "door:1", "close:1", "cannot:1", "screen:privacy", f"meeting:{TOKEN}"]
    here = await group_of(stage, boss)
    await here.promote_bot()
    await here.send("/meetings")
    shown, private = len(here.messages), len(boss.messages)
    before = await everything(stage.core)
    for command in COMMANDS:
        await here.send(command)
    card = card_in(here).message_id
    await here.send("27 человек", reply_to=card)
    assert [screen for screen in here.messages[shown:] if screen.by_bot] == []
    for data in (*of_dialog, *pushed, "\x1dnonsense", "here"):
        answer = await here.tap_data(data, card)
        assert answer.text == "Эта кнопка устарела. Напишите /meetings", data
    assert [screen for screen in here.messages[shown:] if screen.by_bot] == []
    assert len(boss.messages) == private
    assert await everything(stage.core) == before
    async with stage.core.db.read() as session:
        from sqlalchemy import select

        from bot.models import DialogState

        keys = list(await session.scalars(select(DialogState.key)))
    assert not [key for key in keys if str(here.chat_id) in key]
    assert await lines_of(stage.core, meeting) == [("parent", "", 1)]
    assert [row for row in await stored(stage.core, IncomingUpdate) if row.set_aside_at] == []


@pytest.mark.parametrize("forged", ["draft", "no-such-token", "x" * 40])
async def test_forged_tokens_lead_nowhere(stage: Stage, forged: str) -> None:
    await meeting_of(stage)
    await make_meeting(
        stage.core, await municipality(stage.core), token="draft", status=MeetingStatus.DRAFT
    )
    maria = await known(stage)
    here = await group_of(stage, maria)
    await here.send("/meetings")
    shown = len(here.messages)
    for data in (SignUpHere(token=forged).pack(), PostCard(token=forged).pack()):
        answer = await here.tap_data(data, card_in(here).message_id)
        assert answer.text is not None
        assert answer.text.startswith("Такой встречи нет")
    assert len(here.messages) == shown
    assert await stored(stage.core, Registration) == []
    assert len(await stored(stage.core, GroupCard)) == 1


async def test_it_is_removed_silenced_and_added_again(stage: Stage) -> None:
    await meeting_of(stage)
    maria = await known(stage)
    here = await group_of(stage, maria, supergroup=True)
    await here.send("/meetings")
    await here.restrict_bot()
    (group,) = await stored(stage.core, GroupChat)
    assert not group.may_post
    spoken = len(said(here))
    stage.clock.advance(timedelta(minutes=2))
    await here.send("/meetings@kras_networking_bot")  # it may not answer, and does not try for ever
    assert len(said(here)) == spoken
    await here.unrestrict_bot()
    assert (await stored(stage.core, GroupChat))[0].may_post

    await here.remove_bot()
    (group,) = await stored(stage.core, GroupChat)
    assert (group.left_at, group.title, group.added_by) == (stage.clock.now(), "", None)
    (card,) = await stored(stage.core, GroupCard)
    assert card.stopped_at == stage.clock.now()

    await here.add_bot()
    (group,) = await stored(stage.core, GroupChat)
    assert (group.left_at, group.title) == (None, TITLE)
    assert len(said(here)) == spoken + 1
    assert [row for row in await stored(stage.core, IncomingUpdate) if row.set_aside_at] == []


async def test_the_group_becomes_a_supergroup(stage: Stage) -> None:
    await meeting_of(stage)
    maria = await known(stage)
    here = await group_of(stage, maria)
    await here.send("/meetings")
    await here.upgrade()
    assert said(here) == []  # it has introduced itself
    (group,) = await stored(stage.core, GroupChat)
    assert (group.chat_id, group.added_by) == (here.chat_id, maria.id)
    assert await stored(stage.core, GroupCard) == []
    await here.send("/meetings@kras_networking_bot")
    assert card_in(here).buttons == [["Записаться", "Подробнее"]]
    assert (await here.tap("Записаться")).text is not None
    await stage.wait_until(stage.clock.now() + timedelta(seconds=15))
    assert "осталось 39 мест" in card_in(here).text


async def test_a_move_that_nobody_told_of_is_noticed(stage: Stage) -> None:
    await meeting_of(stage)
    maria = await known(stage)
    here = await group_of(stage, maria)
    old = here.chat_id
    stage.sandbox.world.updates.put = lambda *_: None  # type: ignore[method-assign,assignment]
    await here.upgrade()
    await stage.app.noticeboard.post(old, TOKEN)
    assert card_in(here).buttons == [["Записаться", "Подробнее"]]
    (group,) = await stored(stage.core, GroupChat)
    assert group.chat_id == here.chat_id
    assert len(await stored(stage.core, GroupCard)) == 1


async def test_taps_of_a_group_obey_the_order_of_those_who_tap() -> None:
    def tap(person: int) -> dict[str, Any]:
        message = {"message_id": 1, "chat": {"id": -5, "type": "group"}}
        return {"update_id": 1, "callback_query": {"from": {"id": person}, "message": message}}

    assert [chat_of(tap(person)) for person in (7, 8)] == ["7", "8"]


async def test_whoever_takes_the_consent_back_added_no_bot_anywhere(stage: Stage) -> None:
    maria = await known(stage)
    await group_of(stage, maria)
    await consent.withdraw_consent(stage.core, Account(maria.id))
    (group,) = await stored(stage.core, GroupChat)
    assert group.added_by is None
    assert [row for row in await stored(stage.core, AuditEntry) if row.account_id == maria.id] == []
