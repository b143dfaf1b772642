"""Small words that screens of participants and of staff have in common."""

from bot.i18n import Speech


def capitalised(name: str) -> str:
    """Return the name of a value as a button begins with it: «Со школьниками»."""
    return name[:1].upper() + name[1:]


def length_text(tr: Speech, minutes: int) -> str:
    """Return «1 ч 30 мин», «45 мин», «2 ч»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr.plain("length-minutes", minutes=rest)
    if not rest:
        return tr.plain("length-hours", hours=hours)
    return tr.plain("length-both", hours=hours, minutes=rest)
