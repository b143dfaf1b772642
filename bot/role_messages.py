"""What somebody is told about roles: that theirs ended, that one they gave was accepted."""

from aiogram.types import InlineKeyboardMarkup

from bot.buttons import button
from bot.callbacks import OpenScreen
from bot.i18n import Speech
from bot.role_words import role_and_place, role_label
from bot.sender import Outgoing
from bot.services.staff import StaffMember


def accepted_message(tr: Speech, member: StaffMember) -> Outgoing:
    """Tell who invited that somebody has the role now; a link that went astray is noticed."""
    to_staff = button(tr.plain("role-accepted-staff"), OpenScreen(name="staff").pack())
    return Outgoing(
        tr(
            "role-accepted",
            name=member.name,
            role=role_label(tr, member.role, member.municipality),
        ),
        InlineKeyboardMarkup(inline_keyboard=[[to_staff]]),
    )


def revoked_message(tr: Speech, held: StaffMember, contact: str) -> Outgoing:
    """Tell somebody that a role of theirs was taken back, and whom to ask about it.

    Args:
        tr: the reader's language.
        held: the role.
        contact: how to reach the operator, empty where unknown.
    """
    to_menu = button(tr.plain("role-revoked-menu"), OpenScreen(name="home").pack())
    return Outgoing(
        tr(
            "role-revoked",
            role=role_and_place(tr, held.role, held.municipality),
            contact=contact or "none",
        ),
        InlineKeyboardMarkup(inline_keyboard=[[to_menu]]),
    )
