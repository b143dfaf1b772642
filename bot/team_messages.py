"""What the team of a meeting is told, and what those who run it are told of the team."""

from aiogram.types import InlineKeyboardMarkup

from bot.buttons import button
from bot.callbacks import LeaveTeam, OpenDoor, OpenPlace, OpenScreen, OpenTeam
from bot.i18n import Speech
from bot.sender import Outgoing
from bot.services.team import Member
from bot.services.team_places import TeamPlace
from bot.team_words import role_and_offer
from bot.ticket_messages import where_text
from bot.vocabulary import TeamRole


def reminder_message(tr: Speech, place: TeamPlace) -> Outgoing | None:
    """Remind somebody of the team of the day, the place and what they do; a helper of the door."""
    if not place.wanted:
        return None
    if place.role is TeamRole.HELPER:
        first = ("manage-door", OpenDoor(meeting_id=place.meeting_id).pack())
    else:
        first = ("ticket-open", OpenPlace(member_id=place.member_id).pack())
    text = tr(
        "team-reminder",
        title=place.title,
        when=tr.when(place.starts_at, place.ends_at, place.timezone, lasting=True),
        where=where_text(tr, place),
        you=tr.name_of("team-you", place.role),
        what=role_and_offer(tr, place.role, place.offering, place.offer),
        door="yes" if place.role is TeamRole.HELPER else "no",
    )
    return Outgoing(
        text, _buttons(tr, first, ("cannot-come", LeaveTeam(member_id=place.member_id).pack()))
    )


def joined_message(tr: Speech, member: Member) -> Outgoing | None:
    """Tell who invited that somebody joined; a link that went astray is noticed at once."""
    if member.left:
        return None
    return _about(tr, "team-joined", member)


def left_message(tr: Speech, member: Member) -> Outgoing | None:
    """Tell who runs the meeting that somebody will not come."""
    return _about(tr, "team-left", member) if member.left else None


def removed_message(tr: Speech, place: TeamPlace) -> Outgoing:
    """Tell somebody that they are not on the team any more."""
    text = tr(
        "team-removed",
        title=place.title,
        when=tr.when(place.starts_at, None, place.timezone, lasting=True),
    )
    return Outgoing(text, _buttons(tr, ("other-meetings", OpenScreen(name="meetings").pack())))


def _about(tr: Speech, key: str, member: Member) -> Outgoing:
    text = tr(
        key,
        name=member.name or tr.plain("door-erased"),
        role=role_and_offer(tr, member.role, member.offering, member.offer),
        title=member.title,
    )
    return Outgoing(text, _buttons(tr, ("team", OpenTeam(meeting_id=member.meeting_id).pack())))


def _buttons(tr: Speech, *rows: tuple[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[button(tr.plain(key), data)] for key, data in rows]
    )
