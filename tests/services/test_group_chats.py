"""Groups that the bot is in, and cards in them: stored once, moved, left, and nobody's business."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.errors import Forbidden, NotFound
from bot.models import AuditEntry, GroupCard, GroupChat
from bot.services import group_cards, group_chats, meeting_search
from bot.services.core import Account, Core
from bot.vocabulary import Role
from tests.bot.story import dump, stored
from tests.services.factory import give_role, make_meeting, make_person, make_region

CHAT, SUPERGROUP = -4_100_000_001, -1_001_234_567_890
CURATOR, OF_KANSK, MEMBER, STRANGER = Account(10), Account(11), Account(12), Account(13)
TOKEN = "Poster_1-2026"


@pytest.fixture
async def meeting(core: Core) -> int:
    """A meeting of Ачинск in a week, with its curator and those who are none."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, OF_KANSK.id, Role.CURATOR, towns["kansk"])
    await make_person(core, MEMBER.id)
    return await make_meeting(core, towns["achinsk"], token=TOKEN)


async def enter(core: Core, chat_id: int = CHAT, by: Account | None = CURATOR) -> bool:
    return await group_chats.enter(core, chat_id, "9 «Б»", "ru", added_by=by)


async def card(core: Core, message_id: int = 5, shown: str = "hash") -> None:
    await group_cards.add_card(core, CHAT, TOKEN, message_id, shown, posted_by=CURATOR)


async def test_a_group_is_entered_once_left_and_entered_again(core: Core, meeting: int) -> None:
    assert await enter(core)
    assert not await enter(core)
    await card(core)
    await group_chats.leave(core, CHAT)
    await group_chats.leave(core, CHAT)
    await group_chats.leave(core, -7)
    (group,) = await stored(core, GroupChat)
    assert (group.left_at, group.title, group.added_by) == (core.clock.now(), "", None)
    assert (await stored(core, GroupCard))[0].stopped_at == core.clock.now()
    assert await group_chats.get_group(core, CHAT) is None
    assert await enter(core, by=STRANGER)
    (group,) = await stored(core, GroupChat)
    assert (group.left_at, group.title, group.added_by) == (None, "9 «Б»", None)
    assert str(STRANGER.id) not in (await dump(core)).replace("2026", "").split("group_chats:")[1]


async def test_a_name_of_any_length_and_kind_can_be_kept(core: Core) -> None:
    await group_chats.enter(core, CHAT, "🎓" * 128 + "\x00", "ru")
    (group,) = await stored(core, GroupChat)
    assert group.title.startswith("🎓🎓")
    assert group.title.endswith("…")
    assert len(group.title) <= 120


async def test_rights_change_without_a_group_too(core: Core, meeting: int) -> None:
    await group_chats.note_rights(core, CHAT, may_post=False)
    assert await stored(core, GroupChat) == []
    await enter(core)
    await group_chats.note_rights(core, CHAT, may_post=False)
    assert not (await stored(core, GroupChat))[0].may_post


@pytest.mark.parametrize("told_first", [False, True])
async def test_a_group_moves_whichever_news_comes_first(
    core: Core, meeting: int, told_first: bool
) -> None:
    await enter(core)
    await card(core)
    if told_first:
        await group_chats.migrate(core, CHAT, SUPERGROUP)
        assert not await enter(core, SUPERGROUP, MEMBER)
    else:
        assert not await enter(core, SUPERGROUP, None)  # nobody is greeted twice
        await group_chats.migrate(core, CHAT, SUPERGROUP)
    (group,) = await stored(core, GroupChat)
    assert (group.chat_id, group.added_by) == (SUPERGROUP, CURATOR.id)
    assert await stored(core, GroupCard) == []
    # The supergroup counts its messages anew: the same number is another message.
    await group_cards.add_card(core, SUPERGROUP, TOKEN, 5, "hash")
    await group_chats.migrate(core, CHAT, SUPERGROUP)
    assert len(await stored(core, GroupCard)) == 1


@pytest.mark.parametrize(
    ("title", "by", "pause", "is_new"),
    [
        ("9 «Б»", CURATOR, timedelta(days=90), False),  # whoever added the bot moves the group
        ("9 «Б»", MEMBER, timedelta(minutes=4), False),
        ("9 «Б»", MEMBER, timedelta(minutes=5), True),  # the same name in another school
        ("9 «Б»", None, timedelta(minutes=5), True),
        ("", CURATOR, timedelta(0), True),
        ("9 «В»", CURATOR, timedelta(0), True),
    ],
)
async def test_a_supergroup_with_the_name_of_a_group_is_told_apart(
    core: Core,
    meeting: int,
    clock: MovableClock,
    title: str,
    by: Account | None,
    pause: timedelta,
    is_new: bool,
) -> None:
    await group_chats.enter(core, CHAT, title and "9 «Б»", "ru", added_by=CURATOR)
    clock.advance(pause)
    assert await group_chats.enter(core, SUPERGROUP, title, "ru", added_by=by) is is_new


@pytest.mark.parametrize("account", [OF_KANSK, MEMBER, STRANGER])
async def test_only_who_runs_the_meeting_sees_groups_for_it(
    core: Core, meeting: int, account: Account
) -> None:
    await enter(core)
    (group,) = await stored(core, GroupChat)
    with pytest.raises(Forbidden):
        await group_chats.list_groups(core, account, meeting)
    with pytest.raises(Forbidden):
        await group_chats.get_destination(core, account, meeting, group.id)


async def test_a_card_can_go_where_its_curator_is(core: Core, meeting: int) -> None:
    await enter(core, by=MEMBER)
    await enter(core, CHAT - 1)
    await enter(core, CHAT - 2)
    await group_chats.leave(core, CHAT - 2)
    mine, other = await group_chats.list_groups(core, CURATOR, meeting)
    assert (mine.chat_id, other.chat_id) == (CHAT - 1, CHAT)
    assert [mine.added_by_me, other.added_by_me] == [True, False]
    for group, is_member, may in [
        (mine, None, True),
        (mine, False, False),
        (mine, True, True),
        (other, None, False),
        (other, False, False),
        (other, True, True),
    ]:
        assert group_chats.may_post(group, is_member=is_member) == may
        if not may:
            with pytest.raises(Forbidden):
                group_chats.check_may_post(group, is_member=is_member)
    with pytest.raises(NotFound):
        await group_chats.get_destination(core, CURATOR, meeting, 404)


async def test_a_card_is_stored_once_and_logged(core: Core, meeting: int) -> None:
    await enter(core)
    for _ in range(2):
        await card(core)
    assert len(await stored(core, GroupCard)) == 1
    async with core.db.read() as session:
        entries = (await session.scalars(select(AuditEntry))).all()
    assert [(entry.action, entry.account_id) for entry in entries] == [("meeting.to_group", 10)]
    with pytest.raises(NotFound):
        await group_cards.add_card(core, CHAT, "no-such", 6, "hash")
    with pytest.raises(NotFound):
        await group_cards.add_card(core, -7, TOKEN, 6, "hash")


async def test_a_second_card_within_a_minute_is_a_repeat(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await enter(core)
    assert not await group_cards.is_fresh(core, CHAT, TOKEN)
    await card(core)
    assert await group_cards.is_fresh(core, CHAT, TOKEN)
    assert not await group_cards.is_fresh(core, CHAT - 1, TOKEN)
    assert not await group_cards.is_fresh(core, CHAT, "other")
    clock.advance(timedelta(seconds=59))
    (known,) = await stored(core, GroupCard)
    await group_cards.note_shown(core, known.id, "new", is_last=False)
    assert await group_cards.is_fresh(core, CHAT, TOKEN)
    clock.advance(timedelta(seconds=1))
    assert not await group_cards.is_fresh(core, CHAT, TOKEN)


async def test_cards_rest_between_changes_and_stop_for_good(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await enter(core)
    await card(core, 5)
    clock.advance(timedelta(seconds=3))
    await card(core, 6)
    assert await group_cards.list_rested(core) == ()
    clock.advance(timedelta(seconds=10))
    first, second = await group_cards.list_rested(core)
    assert (first.message_id, second.message_id, first.token) == (5, 6, TOKEN)
    await group_cards.note_shown(core, first.id, "new", is_last=False)
    assert [each.message_id for each in await group_cards.list_rested(core)] == [6]
    clock.advance(timedelta(seconds=10))
    assert [each.message_id for each in await group_cards.list_rested(core)] == [6, 5]
    await group_cards.note_shown(core, first.id, "last", is_last=True)
    await group_cards.stop(core, second.id)
    stopped = [each.stopped_at for each in await stored(core, GroupCard)]
    clock.advance(timedelta(days=1))
    await group_cards.note_shown(core, first.id, "once more", is_last=False)
    await group_cards.stop(core, second.id)
    assert await group_cards.list_rested(core) == ()
    assert [each.stopped_at for each in await stored(core, GroupCard)] == stopped


async def test_meetings_are_found_by_words_in_both_databases(core: Core, meeting: int) -> None:
    async def found(typed: str, account: Account = STRANGER) -> tuple[str, ...]:
        return (await meeting_search.find_meetings(core, account, typed, 0, 2)).tokens

    towns = {"achinsk": 1, "kansk": 3}
    soon = core.clock.now() + timedelta(days=1)
    for number in range(2):
        await make_meeting(
            core, towns["kansk"], title=f"Ёлки-{number}", token=f"elki{number}", starts_at=soon
        )
    assert await found("ИНЖЕНЕР") == (TOKEN,)
    assert await found("елки 1") == ("elki1",)
    assert await found("") == ("elki0", "elki1")
    await make_person(core, 20, municipality_id=towns["achinsk"])
    page = await meeting_search.find_meetings(core, Account(20), "", 0, 2)
    assert (page.tokens, page.has_more) == ((TOKEN, "elki0"), True)
    page = await meeting_search.find_meetings(core, Account(20), "", 2, 2)
    assert (page.tokens, page.has_more) == (("elki1",), False)
