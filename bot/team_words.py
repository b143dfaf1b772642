"""How somebody's place on the team of a meeting reads."""

from bot.i18n import Speech
from bot.vocabulary import Offering, TeamRole


def role_and_offer(tr: Speech, role: TeamRole, offering: Offering | None, words: str) -> str:
    """Return «спикер · доклад: Как строят мосты»."""
    return " · ".join(
        filter(None, [tr.name_of("team-role", role), offer_text(tr, offering, words)])
    )


def offer_text(tr: Speech, offering: Offering | None, words: str) -> str:
    """Return «доклад: Как строят мосты»; nothing of whoever brings nothing."""
    if offering is None:
        return ""
    if offering is Offering.OTHER:
        return words
    return ": ".join(filter(None, [tr.name_of("offering", offering), words]))
