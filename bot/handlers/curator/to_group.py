"""«В чат группы»: which of the groups that one is in gets the meeting's card."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo, Url
from aiogram_dialog.widgets.text import Format

from bot.errors import NotFound
from bot.group_voice import GroupVoice
from bot.handlers.choices import as_id
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.group_card import draw_card
from bot.i18n import Speech, Texts
from bot.links import group_link, meeting_link
from bot.noticeboard import Noticeboard
from bot.services import catalogue, group_chats
from bot.services.core import Account, Core
from bot.services.group_chats import GroupFacts
from bot.states import Manage
from bot.widgets import PAGE, Label, Pager, T, choice, fetch_page, first_page, speech, stub_scroll

OPEN, CHOSEN, LIST = "group_chats", "group_chat_id", "groups"
PER_PAGE = PAGE - 1
ASKED_AT_ONCE = 8

TO_MORE = SwitchTo(Label("back"), id="to_more", state=Manage.more)


async def look(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Ask the messenger in which of the groups this person is, then show those."""
    data = manager.middleware_data
    core, account = data["core"], data["account"]
    voice: GroupVoice = data["group_voice"]
    asking = asyncio.Semaphore(ASKED_AT_ONCE)

    async def is_open(group: GroupFacts) -> bool:
        async with asking:
            member = await voice.has_member(group.chat_id, account)
        return group_chats.may_post(group, is_member=member)

    groups = await group_chats.list_groups(core, account, meeting_of(manager))
    are_open = await asyncio.gather(*(is_open(group) for group in groups))
    manager.dialog_data[OPEN] = [
        group.id for group, is_open in zip(groups, are_open, strict=True) if is_open
    ]
    await manager.switch_to(Manage.to_group)
    await first_page(manager, LIST)


async def list_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, bot: Bot, **_: Any
) -> dict[str, Any]:
    """Return a page of the groups that the card can go to."""
    groups = await group_chats.list_groups(core, account, meeting_of(dialog_manager))
    are_open = set(dialog_manager.dialog_data.get(OPEN, ()))
    mine = [group for group in groups if group.id in are_open]

    async def fetch(page: int) -> list[GroupFacts]:
        return mine[page * PER_PAGE : (page + 1) * PER_PAGE]

    rows, pager = await fetch_page(dialog_manager, LIST, fetch, lambda _: len(mine), PER_PAGE)
    return {
        "groups": [(_name(tr, group), group.id) for group in rows],
        "some": "yes" if mine else "no",
        "group_link": await group_link(bot),
        **pager,
    }


def _name(tr: Speech, group: GroupFacts) -> str:
    name = group.title or tr.plain("group-untitled")
    return name if group.may_post else f"{name} · {tr.plain('group-is-mute')}"


async def sure_getter(
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
    tr: Speech,
    texts: Texts,
    bot: Bot,
    **_: Any,
) -> dict[str, Any]:
    """Return the card as the group will see it."""
    chosen = dialog_manager.dialog_data.get(CHOSEN)
    if chosen is None:
        raise NotFound("group-gone")
    group, token = await group_chats.get_destination(
        core, account, meeting_of(dialog_manager), chosen
    )
    theirs = texts.speak(group.locale, tr.now, core.timezone)
    card = draw_card(
        theirs, await catalogue.get_card(core, None, token), await meeting_link(bot, token)
    )
    return {
        "group": group.title or tr.plain("group-untitled"),
        "card": card.text,
    }


async def _choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, group_id: str, /
) -> None:
    group, _ = await _destination(manager, as_id(group_id))
    manager.dialog_data[CHOSEN] = group.id
    await manager.switch_to(Manage.to_group_sure)


async def _post(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data, tr = manager.middleware_data, speech(manager)
    noticeboard: Noticeboard = data["noticeboard"]
    group, token = await _destination(manager, manager.dialog_data.get(CHOSEN) or 0)
    await noticeboard.post(group.chat_id, token, posted_by=data["account"])
    await callback.answer(tr.plain("to-group-done"))
    await manager.switch_to(Manage.meeting)


async def _destination(manager: DialogManager, group_id: int) -> tuple[GroupFacts, str]:
    """Return a group and the meeting's token, once the messenger vouches for who asks."""
    data = manager.middleware_data
    core, account = data["core"], data["account"]
    voice: GroupVoice = data["group_voice"]
    found = await group_chats.get_destination(core, account, meeting_of(manager), group_id)
    group_chats.check_may_post(
        found[0], is_member=await voice.has_member(found[0].chat_id, account)
    )
    return found


windows = (
    Window(
        T("to-group-ask"),
        Column(choice("group", "groups", _choose)),
        stub_scroll(LIST),
        Pager(LIST),
        Url(Label("to-group-add"), Format("{group_link}")),
        TO_MORE,
        state=Manage.to_group,
        getter=list_getter,
    ),
    Window(
        T("to-group-sure"),
        Format("\n{card}"),
        Button(Label("to-group-post"), id="post", on_click=_post),
        SwitchTo(Label("back"), id="to_groups", state=Manage.to_group),
        state=Manage.to_group_sure,
        getter=sure_getter,
    ),
)
