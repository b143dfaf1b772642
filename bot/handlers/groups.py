"""The bot in groups: it speaks when it comes, and after that only when asked."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, ExceptionTypeFilter
from aiogram.types import (
    CallbackQuery,
    ChatMemberRestricted,
    ChatMemberUpdated,
    ErrorEvent,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)
from aiogram.utils.deep_linking import create_start_link

from bot.callbacks import PostCard
from bot.errors import DomainError
from bot.group_voice import GroupVoice, is_in
from bot.handlers.refusing import explain
from bot.i18n import Speech, Texts
from bot.noticeboard import Noticeboard
from bot.sender import Outgoing
from bot.services import catalogue, group_chats
from bot.services.core import Account, Core
from bot.services.visitors import Visitor

MOST_LISTED = 5

router = Router(name="groups")
GROUPS = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})


@router.my_chat_member(GROUPS)
async def note_membership(
    event: ChatMemberUpdated,
    core: Core,
    account: Account,
    tr: Speech,
    group_voice: GroupVoice,
) -> None:
    """Remember where the bot is and may write; say once what it can do there.

    It speaks the language of whoever let it in.
    """
    member = event.new_chat_member
    if not is_in(member):
        await group_chats.leave(core, event.chat.id)
        return
    may_post = not isinstance(member, ChatMemberRestricted) or member.can_send_messages
    is_new = await group_chats.enter(
        core,
        event.chat.id,
        event.chat.title or "",
        tr.locale,
        added_by=account,
        may_post=may_post,
    )
    if is_new and may_post:
        await group_voice.say(event.chat.id, Outgoing(tr("group-hello")))


@router.message(GROUPS, F.migrate_to_chat_id.as_("new_chat_id"))
async def follow(message: Message, new_chat_id: int, core: Core) -> None:
    """The group became a supergroup: go on there."""
    await group_chats.migrate(core, message.chat.id, new_chat_id)


@router.message(GROUPS, Command("meetings"))
async def show_meetings(
    message: Message,
    core: Core,
    visitor: Visitor,
    tr: Speech,
    texts: Texts,
    group_voice: GroupVoice,
    noticeboard: Noticeboard,
) -> None:
    """Post the card of the nearest meeting; of several ask which.

    Those of the asker's municipality, where they are known and it has some; else of the region.
    """
    chat_id = message.chat.id
    thread_id = _topic_of(message)
    await group_chats.enter(core, chat_id, message.chat.title or "", tr.locale)
    our = await _speech_of(core, texts, tr, chat_id) or tr
    where = visitor.municipality_id
    found = await catalogue.list_meetings(core, None, where, 0, MOST_LISTED)
    if not found.total and where is not None:
        where = None
        found = await catalogue.list_meetings(core, None, None, 0, MOST_LISTED)
    if found.total == 1:
        await noticeboard.post(chat_id, found.rows[0].token, thread_id=thread_id)
    elif found.total:
        answer = _choice(our, found.rows, with_place=where is None)
        await group_voice.say(chat_id, answer, thread_id)
    else:
        await group_voice.say(chat_id, Outgoing(our("group-none")), thread_id)


def _choice(tr: Speech, rows: tuple[catalogue.Listed, ...], *, with_place: bool) -> Outgoing:
    """Return the question which meeting to show; without seats, which nobody would keep true."""
    buttons = [
        [
            InlineKeyboardButton(
                text=" · ".join(
                    [
                        tr.short_day(row.starts_at, row.timezone),
                        *([row.municipality] if with_place else []),
                        row.title,
                    ]
                ),
                callback_data=PostCard(token=row.token).pack(),
            )
        ]
        for row in rows
    ]
    return Outgoing(tr("group-which"), InlineKeyboardMarkup(inline_keyboard=buttons))


@router.message(GROUPS, F.text.startswith("/"))
async def lead_to_private(
    message: Message, bot: Bot, core: Core, tr: Speech, texts: Texts, group_voice: GroupVoice
) -> None:
    """Answer any other command, if it names this bot, with the way to the private chat.

    A command that names nobody may be meant for another bot. The one with a payload comes from
    the link by which the bot was added: it has said what it can do.
    """
    command, _, payload = (message.text or "").partition(" ")
    me = await bot.me()
    named = command.partition("@")[2].split("\n")[0].lower() == (me.username or "").lower()
    if not named or (payload and command.startswith("/start@")):
        return
    our = await _speech_of(core, texts, tr, message.chat.id)
    if our is None:
        return
    thread_id = _topic_of(message)
    open_private = InlineKeyboardButton(
        text=our.plain("group-open-private"), url=await create_start_link(bot, "group")
    )
    await group_voice.say(
        message.chat.id,
        Outgoing(our("group-private"), InlineKeyboardMarkup(inline_keyboard=[[open_private]])),
        thread_id,
    )


@router.callback_query(PostCard.filter(), F.message.as_("listing"))
async def post_card(
    callback: CallbackQuery,
    callback_data: PostCard,
    listing: Message,
    noticeboard: Noticeboard,
) -> None:
    """Post the card that somebody chose of the list, for everybody to see."""
    thread_id = _topic_of(listing) if isinstance(listing, Message) else None
    await noticeboard.post(listing.chat.id, callback_data.token, thread_id=thread_id)
    await callback.answer()


async def _speech_of(core: Core, texts: Texts, tr: Speech, chat_id: int) -> Speech | None:
    """Return the group's own voice, whoever asks there; None where the bot is not in it."""
    group = await group_chats.get_group(core, chat_id)
    return texts.speak(group.locale, tr.now, core.timezone) if group else None


def _topic_of(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


dead_ends = Router(name="group_dead_ends")


@dead_ends.callback_query()
async def dead_button(callback: CallbackQuery, tr: Speech) -> None:
    """A button that no version knows any more, or that somebody made up."""
    await callback.answer(tr.plain("group-old-button"))


@dead_ends.error(ExceptionTypeFilter(DomainError))
async def refused(event: ErrorEvent, tr: Speech) -> None:
    """Explain a refusal to whoever tapped, and to nobody else: a group is not told of it."""
    error = event.exception
    assert isinstance(error, DomainError)  # noqa: S101 (the filter above)
    if event.update.callback_query is not None:
        await explain(event.update.callback_query, tr, error)
