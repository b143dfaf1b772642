"""How a role and its scope read."""

from bot.i18n import Speech
from bot.vocabulary import Role


def role_and_place(tr: Speech, role: Role, municipality: str | None) -> str:
    """Return «муниципальный куратор, Ачинск»; regional roles have no place."""
    return ", ".join(filter(None, [tr.name_of("role", role), municipality]))


def role_label(tr: Speech, role: Role, municipality: str | None) -> str:
    """Return the same as a line or a button begins with it: «Муниципальный куратор, Ачинск»."""
    text = role_and_place(tr, role, municipality)
    return text[:1].upper() + text[1:]
