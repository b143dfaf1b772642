"""«Команда»: who speaks at, hosts and helps with a meeting, inviting them, links not used yet."""

from typing import Any

from aiogram import Bot, Router
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo

from bot.callbacks import OpenTeam
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.curator import team_member
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.navigation import open_below
from bot.handlers.wording import capitalised
from bot.i18n import Speech
from bot.links import team_link
from bot.rules import INVITATION_LIFE
from bot.services import team, team_invitations
from bot.services.core import Account, Core
from bot.services.team import Member
from bot.states import Manage
from bot.team_words import role_and_offer
from bot.vocabulary import TeamRole
from bot.widgets import PAGE, Label, Pager, T, choice, fetch_page, speech, stub_scroll

LIST, LINKS = "team_pages", "link_pages"
TOKEN = "invitation_token"  # noqa: S105 (the name of a field)

router = Router(name="team")


@router.callback_query(OpenTeam.filter())
async def show_team(
    callback: CallbackQuery,
    callback_data: OpenTeam,
    core: Core,
    account: Account,
    dialog_manager: DialogManager,
) -> None:
    """Show the team below a pushed message."""
    await team.get_team(core, account, callback_data.meeting_id, 0, 1)  # refuses a stranger
    await callback.answer()
    await open_below(dialog_manager, Manage.team, {"meeting_id": callback_data.meeting_id})


async def team_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return a page of the team, by role."""
    meeting_id = meeting_of(dialog_manager)
    found, pager = await fetch_page(
        dialog_manager,
        LIST,
        lambda page: team.get_team(core, account, meeting_id, page, PAGE),
        lambda found: found.total,
    )
    return {
        "title": found.title,
        "total": found.total,
        "came": found.came,
        "none": found.total == 0,
        "somebody": found.total > 0,
        "members": [(_label(tr, member), member.id) for member in found.members],
        "links": found.open_invitations,
        "some_links": found.open_invitations > 0,
        "without_hours": found.without_hours,
        "hours_missing": found.without_hours > 0,
        "may_invite": found.may_invite,
        **pager,
    }


def _label(tr: Speech, member: Member) -> str:
    """Return «✅ Пётр · спикер · доклад: Как строят мосты»."""
    name = member.name or tr.plain("door-erased")
    role = role_and_offer(tr, member.role, member.offering, member.offer)
    return f"{'✅ ' if member.came else ''}{name} · {role}"


async def roles_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the roles that one may invite to."""
    inviting = await team_invitations.get_inviting(core, account, meeting_of(dialog_manager))
    return {
        "title": inviting.title,
        "roles": [
            (capitalised(tr.name_of("team-role", role)), role.value) for role in inviting.roles
        ],
    }


async def _begin(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Name the invitation that is about to be made, so that a repeated tap makes no other."""
    manager.dialog_data[TOKEN] = team_invitations.new_invitation_token()
    await manager.switch_to(Manage.team_role)


async def _invite(
    callback: CallbackQuery, _select: Any, manager: DialogManager, value: str
) -> None:
    """Make the link and send it as a message of its own, ready to be forwarded."""
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    bot: Bot = data["bot"]
    tr = speech(manager)
    role, meeting_id = as_one_of(TeamRole, value), meeting_of(manager)
    token = str(manager.dialog_data.get(TOKEN) or team_invitations.new_invitation_token())
    await team_invitations.invite(core, account, meeting_id, role, token)
    inviting = await team_invitations.get_inviting(core, account, meeting_id)
    await bot.send_message(
        callback.from_user.id,
        tr(
            "team-invitation",
            title=inviting.title,
            role=tr.name_of("team-role", role),
            when=tr.when(inviting.starts_at, None, inviting.timezone, lasting=True),
            link=await team_link(bot, token),
            until=tr.when(tr.now + INVITATION_LIFE),
        ),
    )
    await callback.answer(tr.plain("team-link-sent"))
    manager.show_mode = ShowMode.DELETE_AND_SEND
    await manager.switch_to(Manage.team)


async def links_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return a page of the links that nobody has used yet."""
    meeting_id = meeting_of(dialog_manager)
    (found, total), pager = await fetch_page(
        dialog_manager,
        LINKS,
        lambda page: team_invitations.list_open(core, account, meeting_id, page, PAGE),
        lambda found: found[1],
    )
    return {
        "links": total,
        "open_links": [
            (
                tr.plain(
                    "team-link-revoke",
                    role=capitalised(tr.name_of("team-role", link.role)),
                    until=tr.when(link.expires_at),
                ),
                link.id,
            )
            for link in found
        ],
        **pager,
    }


async def _revoke(
    callback: CallbackQuery, _select: Any, manager: DialogManager, invitation_id: str
) -> None:
    data = manager.middleware_data
    await team_invitations.revoke(
        data["core"], data["account"], meeting_of(manager), as_id(invitation_id)
    )
    await callback.answer(speech(manager).plain("team-link-revoked"))


windows = (
    Window(
        T("team-title"),
        T("team-none", when="none"),
        T("team-hint", when="somebody"),
        T("team-hours-missing", when="hours_missing"),
        Column(choice("member", "members", team_member.open_member)),
        stub_scroll(LIST),
        Pager(LIST),
        Button(Label("team-invite"), id="invite", on_click=_begin, when="may_invite"),
        SwitchTo(Label("team-links"), id="links", state=Manage.team_links, when="some_links"),
        SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting),
        state=Manage.team,
        getter=team_getter,
    ),
    Window(
        T("team-role-ask"),
        Group(choice("role", "roles", _invite), width=2),
        SwitchTo(Label("back"), id="to_team", state=Manage.team),
        state=Manage.team_role,
        getter=roles_getter,
    ),
    Window(
        T("team-links-title"),
        Column(choice("link", "open_links", _revoke)),
        stub_scroll(LINKS),
        Pager(LINKS),
        SwitchTo(Label("back"), id="to_team", state=Manage.team),
        state=Manage.team_links,
        getter=links_getter,
    ),
    *team_member.windows,
)
