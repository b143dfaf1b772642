"""«В чат группы»: a curator posts a meeting's card into a group where they and the bot are."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.models import AuditEntry, GroupCard, GroupChat
from bot.services import meetings
from bot.services.core import Account
from bot.vocabulary import Role
from sandbox import client
from sandbox.group_client import InGroup
from tests.bot.conftest import Stage
from tests.bot.story import everything, municipality, stored, taps
from tests.bot.test_group_chats import TITLE, card_in, group_of, said
from tests.bot.test_sign_up import known, meeting_of
from tests.services.factory import give_role, make_meeting, make_person

SURE = "Отправить в чат «9 «Б», родители»?"


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """The curator of Ачинск, where a meeting is to come."""
    await meeting_of(stage)
    person = await known(stage, name="Анна")
    await give_role(stage.core, person.id, Role.CURATOR, await municipality(stage.core))
    await person.start()
    return person


async def look(curator: client.Person) -> None:
    await curator.send("/manage")
    await taps(curator, "Инженеры", "Ещё", "В чат группы")


async def test_the_card_goes_where_they_added_the_bot(stage: Stage, curator: client.Person) -> None:
    here = await group_of(stage, curator)
    await look(curator)
    assert curator.screen.text.startswith("В какой чат отправить карточку встречи?")
    assert curator.screen.labels == [TITLE, "Добавить бота в чат", "‹ Назад"]
    await curator.tap(TITLE)
    assert curator.screen.text.startswith(SURE)
    assert "осталось 40 мест из 40" in curator.screen.text
    assert len(said(here)) == 1  # not before it is confirmed
    answer = await curator.tap("Отправить в чат")
    assert answer.text == "Карточка в чате"
    assert curator.screen.text.startswith("Инженеры будущего · идёт запись")
    assert card_in(here).buttons == [["Записаться", "Подробнее"]]
    (card,) = await stored(stage.core, GroupCard)
    assert (card.meeting_id, card.message_id) == (1, card_in(here).message_id)
    async with stage.core.db.read() as session:
        entry = await session.scalar(
            select(AuditEntry).where(AuditEntry.action == "meeting.to_group")
        )
    assert entry is not None
    assert (entry.account_id, entry.subject, entry.details) == (
        curator.id,
        "meeting:1",
        {"group": 1},
    )

    await look(curator)
    await curator.tap(TITLE)
    answer = await curator.tap("Отправить в чат")  # again within a minute
    assert answer.show_alert
    assert answer.text is not None
    assert answer.text.startswith("Карточка этой встречи только что пришла")
    assert len(await stored(stage.core, GroupCard)) == 1
    stage.clock.advance(timedelta(minutes=1))
    await curator.tap("Отправить в чат")
    assert len(await stored(stage.core, GroupCard)) == 2


async def test_groups_of_others_are_not_shown_and_those_one_is_in_are(
    stage: Stage, curator: client.Person
) -> None:
    maria = await known(stage)
    here = await group_of(stage, maria)
    await look(curator)
    assert curator.screen.text.startswith("Пока нет чата, в котором есть и вы, и бот")
    assert curator.screen.labels == ["Добавить бота в чат", "‹ Назад"]
    add = curator.screen.button("Добавить")
    assert add is not None
    assert add["url"] == "https://t.me/kras_networking_bot?startgroup=hello"

    inside = InGroup(curator, here.group)
    await inside.join()
    await look(curator)
    assert curator.screen.labels[0] == TITLE
    await curator.tap(TITLE)
    await inside.leave()
    answer = await curator.tap("Отправить в чат")
    assert answer.text is not None
    assert answer.text.startswith("Отправить карточку можно в чат, в котором вы состоите.")
    assert await stored(stage.core, GroupCard) == []


async def test_who_added_the_bot_and_left_posts_no_more(
    stage: Stage, curator: client.Person
) -> None:
    maria = await known(stage)
    here = await group_of(stage, curator, maria)
    await here.leave()
    await look(curator)
    assert TITLE not in curator.screen.labels


async def test_a_group_that_the_bot_was_put_out_of_meanwhile(
    stage: Stage, curator: client.Person
) -> None:
    here = await group_of(stage, curator)
    await look(curator)
    await curator.tap(TITLE)
    await here.remove_bot()
    answer = await curator.tap("Отправить в чат")
    assert answer.text == (
        "Бота в этом чате больше нет. Добавьте его снова или выберите другой чат."
    )
    assert await stored(stage.core, GroupCard) == []


async def test_a_group_where_the_bot_may_not_write(stage: Stage, curator: client.Person) -> None:
    here = await group_of(stage, curator, supergroup=True)
    here.silence_members()
    await look(curator)
    await curator.tap(TITLE)
    answer = await curator.tap("Отправить в чат")
    assert answer.show_alert
    assert answer.text == (
        "Боту нельзя писать в этот чат. Попросите администратора чата разрешить ему сообщения."
    )
    (group,) = await stored(stage.core, GroupChat)
    assert not group.may_post
    await look(curator)
    assert curator.screen.labels[0] == f"{TITLE} · нет права писать"

    await here.promote_bot()
    await curator.tap(TITLE)
    await curator.tap("Отправить в чат")
    assert card_in(here).labels == ["Записаться", "Подробнее"]
    assert (await stored(stage.core, GroupChat))[0].may_post


@pytest.mark.parametrize("cancelled", [True, False])
async def test_a_meeting_that_is_over_meanwhile_is_not_posted(
    stage: Stage, curator: client.Person, cancelled: bool
) -> None:
    here = await group_of(stage, curator)
    await look(curator)
    await curator.tap(TITLE)
    if cancelled:
        await meetings.cancel_meeting(stage.core, Account(curator.id), 1, "Заболел ведущий")
    else:
        stage.clock.advance(timedelta(days=8))
    answer = await curator.tap("Отправить в чат")
    assert answer.text is not None
    assert answer.text.startswith(
        "Эта встреча отменена." if cancelled else "Запись закрыта: встреча уже прошла."
    )
    assert len(said(here)) == 1


async def test_many_groups_are_paged(stage: Stage, curator: client.Person) -> None:
    for number in range(9):
        group = stage.sandbox.world.add_group(f"Чат {number}", members=[curator.id])
        await InGroup(curator, group).add_bot()
    await look(curator)
    assert len([label for label in curator.screen.labels if label.startswith("Чат")]) == 7
    await curator.tap("›")
    assert len([label for label in curator.screen.labels if label.startswith("Чат")]) == 2


@pytest.mark.parametrize("role", [None, Role.CURATOR])
async def test_a_forged_choice_shows_no_group_to_others(
    stage: Stage, curator: client.Person, role: Role | None
) -> None:
    """A curator of another town, and one whose role was taken back, at a window that is open."""
    here = await group_of(stage, await known(stage))
    petr = stage.person("Пётр")
    kansk = await municipality(stage.core, "Канск")
    await make_person(stage.core, petr.id, municipality_id=kansk)
    await give_role(stage.core, petr.id, Role.CURATOR, kansk)
    await make_meeting(stage.core, kansk, title="Инженеры Канска")
    own = await group_of(stage, petr)
    await petr.start()
    await look(petr)
    choose = next(row[0]["callback_data"] for row in petr.screen.keyboard)
    assert choose.endswith(":2")
    if role is None:
        from bot.models import StaffRole

        async with stage.core.db.write() as session:
            for row in await session.scalars(select(StaffRole)):
                row.revoked_at = stage.clock.now()
    before = await everything(stage.core, AuditEntry)
    answer = await petr.tap_data(
        choose if role is None else f"{choose[:-1]}1", petr.screen.message_id
    )
    assert answer.show_alert
    assert SURE not in petr.screen.text
    assert await everything(stage.core, AuditEntry) == before
    assert len(said(here)) == len(said(own)) == 1
