"""Finding a meeting by a few words: in inline mode, where every letter asks anew."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from bot.cleaning import fold
from bot.models import Meeting, Municipality
from bot.services.access import find_person
from bot.services.core import Account, Core
from bot.vocabulary import MeetingStatus

_NOT_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Found:
    """The tokens of a page of meetings; `has_more` after it."""

    tokens: tuple[str, ...]
    has_more: bool


async def find_meetings(
    core: Core, account: Account, typed: str, start: int, per_page: int
) -> Found:
    """Return published meetings that are not over and have all the words that were typed.

    A word is the beginning of one in the title or in the municipality's name; letter case, ё and
    punctuation make no difference. No words find all. Those of the asker's municipality come first,
    then the nearest. The matching is done here, since SQLite knows the case of Latin letters only.

    Args:
        core: what every use case is given.
        account: who asks; may be a stranger, about whom nothing is stored.
        typed: the words.
        start: how many of those found to leave out.
        per_page: how many to return at most.
    """
    words = _plain(typed).split()
    async with core.db.read() as session:
        person = await find_person(session, account)
        home = person.municipality_id if person else None
        rows = await session.execute(
            select(Meeting.token, Meeting.title, Municipality.name, Municipality.id == home)
            .join(Meeting.municipality)
            .where(Meeting.status == MeetingStatus.PUBLISHED, Meeting.ends_at > core.clock.now())
            .order_by(Meeting.starts_at, Meeting.id)
        )
        found = [
            (not at_home, token)
            for token, title, municipality, at_home in rows
            if _has(f" {_plain(title)} {_plain(municipality)}", words)
        ]
    found.sort(key=lambda match: match[0])
    page = found[start : start + per_page]
    return Found(tuple(token for _, token in page), len(found) > start + per_page)


def _has(text: str, words: list[str]) -> bool:
    return all(f" {word}" in text for word in words)


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub(" ", fold(text)).strip()
