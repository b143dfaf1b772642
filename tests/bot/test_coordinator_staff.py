"""Inviting, accepting and taking roles back over a real chat."""

import re

import pytest
from sqlalchemy import func, select

from bot.errors import NotFound
from bot.models import AuditEntry, IncomingUpdate, Invitation, Registration, StaffRole
from bot.models import Person as StoredPerson
from bot.services import regions, staff
from bot.services.core import Account
from bot.vocabulary import Role
from sandbox.client import Person
from tests.bot.conftest import ADMIN, Stage
from tests.services.factory import give_role, make_meeting

LINK = re.compile(r"https://t\.me/kras_networking_bot\?start=(i_[\w-]{24})\b")


def _link(person: Person) -> str:
    """The payload of the newest link in somebody's chat."""
    return [found[1] for screen in person.messages if (found := LINK.search(screen.text))][-1]


@pytest.fixture
async def admin(stage: Stage) -> Person:
    """The administrator of the settings, who never agreed to anything."""
    return stage.person("Админ", ADMIN)


async def test_from_the_administrator_down_to_an_organiser(stage: Stage, admin: Person) -> None:
    await admin.send("/invite")
    assert "Необработанное: 0" in admin.screen.labels
    assert "Пока никого" in admin.screen.text
    await admin.tap("Пригласить")
    assert len(admin.screen.labels) == 7
    await admin.tap("Муниципальный координатор")
    assert "первые буквы" in admin.screen.text
    await admin.send("ачин")
    await admin.tap("Ачинск")
    assert "муниципальный координатор, Ачинск" in admin.screen.text
    token = _link(admin)

    # A stranger agrees first, accepts, and sees what they can do.
    coordinator = stage.person("Анна", 10)
    await coordinator.start(token)
    assert "Вам предлагают роль: муниципальный координатор, Ачинск" in coordinator.screen.text
    await coordinator.tap("Принять")
    assert "Согласие на обработку персональных данных" in coordinator.screen.text
    answer = await coordinator.tap("Даю согласие")
    assert answer.text == "Роль ваша"
    assert "Теперь у вас роль" in coordinator.screen.text
    assert {"manage", "new", "report", "deadlines", "invite"} <= set(coordinator.menu)
    await coordinator.tap("Указать имя и телефон")
    assert "Я разрешаю оператору" in coordinator.screen.text
    await coordinator.tap("Не сейчас")
    assert "Теперь у вас роль" in coordinator.screen.text

    # One municipality: the link comes at once.
    await coordinator.send("/invite")
    await coordinator.tap("Пригласить")
    assert coordinator.screen.labels == ["Организатор площадки", "Муниципальный куратор", "‹ Назад"]
    await coordinator.tap("Организатор площадки")
    organiser = stage.person("Ольга", 11)
    await organiser.start(_link(coordinator))
    await organiser.tap("Принять")
    await organiser.tap("Даю согласие")
    assert "Указать имя и телефон" not in organiser.screen.labels
    assert "invite" not in organiser.menu

    # And back again.
    await coordinator.send("/invite")
    assert "Сотрудников: 1" in coordinator.screen.text
    await coordinator.tap("Кто есть")
    assert coordinator.screen.labels == ["Ольга · Организатор площадки, Ачинск", "‹ Назад"]
    await coordinator.tap("Ольга")
    assert "Забрать роль?" in coordinator.screen.text
    answer = await coordinator.tap("Забрать роль")
    assert answer.text == "Роль забрана"
    assert "Пока никого" in coordinator.screen.text
    assert "new" not in organiser.menu
    async with stage.core.db.read() as session:
        actions = await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
        assert list(actions) == [
            *("role.invite", "role.accept") * 2,
            "role.revoke",
        ]


async def test_a_link_that_gives_nothing_says_why(stage: Stage, admin: Person) -> None:
    await admin.send("/invite")
    await admin.tap("Пригласить")
    await admin.tap("Региональный куратор")
    token = _link(admin)
    first, second = stage.person("Анна", 10), stage.person("Олег", 11)
    for person in (first, second):
        await person.start(token)
    await first.tap("Принять")
    await first.tap("Даю согласие")

    # The other one stands before the offer still, and presses.
    await second.tap("Принять")
    answer = await second.tap("Даю согласие")
    assert answer.show_alert
    assert "уже приняли" in answer.text
    await second.start(token)
    assert any("уже приняли" in screen.text for screen in second.messages)
    await first.start(token)
    assert any("уже есть" in screen.text for screen in first.messages)
    await second.start("i_nosuchtoken")
    assert any("Такой ссылки нет" in screen.text for screen in second.messages)
    async with stage.core.db.read() as session:
        assert await session.scalar(select(func.count(StaffRole.id))) == 1


async def test_who_invited_hears_who_accepted(stage: Stage) -> None:
    achinsk = (await regions.search_municipalities(stage.core, "ачинск", stage.core.today()))[0]
    coordinator = stage.person("Анна", 10)
    await give_role(stage.core, coordinator.id, Role.COORDINATOR, achinsk.id)
    await coordinator.send("/invite")
    await coordinator.tap("Пригласить")
    await coordinator.tap("Организатор площадки")
    organiser = stage.person("Ольга", 11)
    await organiser.start(_link(coordinator))
    await organiser.tap("Принять")
    await organiser.tap("Даю согласие")
    await stage.tick()
    assert coordinator.screen.text.startswith(
        "Приглашение приняли: Ольга\nОрганизатор площадки, Ачинск"
    )
    await coordinator.tap("Сотрудники")
    assert "Ольга · Организатор площадки, Ачинск" in coordinator.screen.labels


async def test_whose_role_is_taken_is_told(stage: Stage, admin: Person) -> None:
    (place,) = await regions.search_municipalities(
        stage.core, "боготол", stage.clock.now().date(), 1
    )
    person = stage.person("Ольга", 10)
    await give_role(stage.core, person.id, Role.ORGANISER, place.id)
    await person.start()
    assert "Новая встреча" in person.screen.labels
    await admin.send("/invite")
    await admin.tap("Кто есть")
    await admin.tap("Организатор площадки, Боготол")
    assert "\nОрганизатор площадки, Боготол\n" in admin.screen.text
    await admin.tap("Забрать роль")
    await stage.tick()
    assert person.screen.text.startswith("Ваша роль снята: организатор площадки, Боготол")
    assert "спросите того, кто вас приглашал." in person.screen.text
    await person.tap("Открыть меню")
    assert "Новая встреча" not in person.screen.labels
    assert "new" not in person.menu


async def test_who_has_the_role_again_is_not_told_that_it_was_taken(
    stage: Stage, admin: Person
) -> None:
    core = stage.core
    (place,) = await regions.search_municipalities(core, "боготол", core.clock.now().date(), 1)
    person = stage.person("Ольга", 10)
    role_id = await give_role(core, person.id, Role.ORGANISER, place.id)
    await staff.revoke(core, Account(admin.id), role_id)
    await give_role(core, person.id, Role.ORGANISER, place.id)
    await stage.tick()
    assert person.messages == []
    with pytest.raises(NotFound):
        await staff.get_revoked_role(core, Account(admin.id), role_id)


async def test_declining_keeps_nothing(stage: Stage, admin: Person) -> None:
    await admin.send("/invite")
    await admin.tap("Пригласить")
    await admin.tap("Региональный куратор")
    person = stage.person("Анна", 10)
    await person.start(_link(admin))
    await person.send("/cancel")
    assert "роль не приняли" in person.messages[-2].text
    await person.start(_link(admin))
    await person.tap("Не сейчас")
    async with stage.core.db.read() as session:
        assert await session.scalar(select(func.count(StoredPerson.id))) == 0


async def test_nobody_else_invites_or_sees_the_staff(stage: Stage) -> None:
    core = stage.core
    (place,) = await regions.search_municipalities(core, "боготол", core.clock.now().date(), 1)
    organiser = stage.person("Ольга", 10)
    await give_role(core, organiser.id, Role.ORGANISER, place.id)
    for person in (organiser, stage.person("Никто", 20)):
        await person.send("/invite")
        assert any("приглашают кураторы, координаторы" in screen.text for screen in person.messages)
    # A role taken back while its holder looks at the list.
    curator = stage.person("Анна", 30)
    role_id = await give_role(core, curator.id, Role.CURATOR, place.id)
    await curator.send("/invite")
    await curator.tap("Пригласить")
    async with core.db.write() as session:
        role = await session.get_one(StaffRole, role_id)
        role.revoked_at = core.clock.now()
    answer = await curator.tap("Организатор площадки")
    assert answer.show_alert
    async with core.db.read() as session:
        assert await session.scalar(select(func.count(Invitation.id))) == 0
        refused = await session.scalars(select(AuditEntry.account_id).where(AuditEntry.refused))
        assert list(refused) == [10, 20, 30]


async def test_the_administrator_sees_what_was_set_aside(stage: Stage, admin: Person) -> None:
    now = stage.core.clock.now()
    async with stage.core.db.write() as session:
        for number in range(10):
            session.add(
                IncomingUpdate(
                    bot_id=42, update_id=number, chat="5", payload="{}", received_at=now,
                    set_aside_at=now, attempts=5, error="Traceback\nValueError: <b>" + "&" * 600,
                )
            )  # fmt: skip
    await admin.send("/invite")
    await admin.tap("Необработанное: 10")
    assert "№ 9 · сегодня, 12:00 · попыток 5: ValueError: <b>&&" in admin.screen.text
    await admin.tap("‹ Назад")
    assert "Сотрудники" in admin.screen.text


async def test_staff_without_a_profile_see_the_menu_and_are_asked_when_they_sign_up(
    stage: Stage, admin: Person
) -> None:
    core = stage.core
    (place,) = await regions.search_municipalities(core, "боготол", core.clock.now().date(), 1)
    await make_meeting(core, place.id, token="bridges", title="Кто строит мосты")
    await admin.send("/invite")
    await admin.tap("Пригласить")
    await admin.tap("Региональный куратор")
    person = stage.person("Анна", 10)
    await person.start(_link(admin))
    await person.tap("Принять")
    await person.tap("Даю согласие")
    await person.start()
    assert "Что хотите сделать?" in person.screen.text
    assert person.screen.labels[:2] == ["Отчёт", "Сроки года"]
    await person.start("m_bridges")
    assert person.screen.text.startswith("Кто строит мосты")
    await person.tap("Записаться")
    assert "Кто вы?" in person.screen.text
    async with core.db.read() as session:
        assert await session.scalar(select(func.count(Registration.id))) == 0
