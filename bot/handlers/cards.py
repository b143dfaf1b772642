"""How a meeting reads: the card, and who may sign up in words."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.handlers.own_place import place_text
from bot.handlers.wording import capitalised
from bot.i18n import Html, Speech, as_typed
from bot.people_words import own_name
from bot.services.catalogue import Card
from bot.services.tickets import Called
from bot.vocabulary import ON_WAITING_LIST, PUPILS, Category, MeetingStatus, Mode, RegistrationKind

FEW_MISSING = 3
"""So few categories are named as exceptions: «всех, кроме родителей»."""

FEW_SEATS = 3
"""An invitation names the seats when one in so many, or fewer, is left."""


def card_text(tr: Speech, card: Card, *, seats: str | None = None, lasting: bool = False) -> Html:
    """Return the card of a meeting: title, facts, words, the reader's own place in it.

    Args:
        tr: the reader's voice.
        card: the meeting.
        seats: what to say of the seats instead of how many are left; "open": nothing.
        lasting: no «сегодня» and «завтра»: where it is still read later.
    """
    lines = [Html(f"<b>{as_typed(card.title)}</b>")]
    if card.status is MeetingStatus.CANCELLED:
        lines.append(tr("card-cancelled", reason=card.cancel_reason))
    when = tr.when(card.starts_at, card.ends_at, card.timezone, lasting=lasting)
    lines.append(tr("card-when", when=when))
    lines.append(_where(tr, card))
    if card.status is MeetingStatus.PUBLISHED and card.ends_at > tr.now:
        lines.append(
            tr("card-for", who=admits_text(tr, card.admits), seats=seats or _seats_text(tr, card))
        )
        lines += _terms_text(tr, card, lasting=lasting)
    elif card.status is not MeetingStatus.CANCELLED:
        lines.append(tr("card-past"))
    if card.description:
        lines += [Html(""), as_typed(card.description)]
    if card.team_role is not None and card.status is not MeetingStatus.CANCELLED:
        lines += [Html(""), tr("card-on-team", you=tr.name_of("team-you", card.team_role))]
    waited = card.own_status in ON_WAITING_LIST and card.ends_at <= tr.now
    own = card.registration_id is not None and not waited
    if own and card.status is not MeetingStatus.CANCELLED:
        lines += [Html(""), _own_place(tr, card)]
    return Html("\n".join(lines))


def _terms_text(tr: Speech, card: Card, *, lasting: bool) -> list[Html]:
    """Return when signing up opens and closes and whose seats are limited, for who is not in."""

    def when(moment: datetime) -> str:
        return tr.when(moment, None, card.timezone, lasting=lasting)

    if card.registration_id is not None:
        return []
    lines = []
    if card.opens_at is not None and card.opens_at > tr.now:
        lines.append(tr("card-opens-at", opens=when(card.opens_at)))
    if card.closes_at is not None and card.closes_at > tr.now:
        lines.append(tr("card-closes-at", closes=when(card.closes_at)))
    lines += [
        tr(
            "card-limit",
            category=capitalised(tr.name_of("category", category)),
            limit=limit,
            left="all" if left == limit else str(left),
        )
        for category, limit, left in card.limits
    ]
    return lines


def _own_place(tr: Speech, card: Card) -> Html:
    if card.own_status in ON_WAITING_LIST:
        return place_text(tr, card)
    state = "waiting"
    if card.came or card.says_came:
        state = "came" if card.came else "says-came"
    elif card.status is not MeetingStatus.PUBLISHED or card.ends_at <= tr.now:
        state = "over"
    if state != "waiting":
        way = state
    elif card.own_kind is RegistrationKind.GROUP:
        way = "group"
    else:
        way = "together" if len(card.categories) > 1 else state
    text = tr("card-mine", state=way, who=who_comes(tr, card.categories), people=card.people)
    if state == "waiting" and card.mode is Mode.IN_PERSON:
        code = Html(f"<b>{card.code}</b>")
        return Html(f"{text} {tr('code-at-door', code=code)}")
    return text


def who_comes(tr: Speech, categories: Sequence[Category], called: Called | None = None) -> str:
    """Return who comes with one registration: «9 класс», «учитель», «вы и ребёнок, 6 класс»."""
    first, *others = categories
    if not others:
        return own_name(tr, first, called)
    return tr.plain("who-with-child", grade=tr.name_of("category", others[0]))


def invitation_text(tr: Speech, card: Card) -> Html:
    """Return the card as it is passed on: nobody's own place, seats only when few are left."""
    free, seats = card.free, card.seats
    few = free is not None and seats is not None and free * FEW_SEATS <= seats
    return card_text(
        tr,
        replace(card, link="", registration_id=None, code="", team_role=None),
        seats=tr.plain("card-seats-few", free=free) if few else "open",
        lasting=True,
    )


def _where(tr: Speech, card: Card) -> Html:
    if card.mode is Mode.ONLINE:
        if card.link:
            return tr("card-link", link=card.link)
        return tr("card-online")
    if card.mode is Mode.BY_CORRESPONDENCE:
        return tr("card-by-correspondence", place=card.place)
    return tr("card-place", place=card.place, municipality=card.municipality)


def _seats_text(tr: Speech, card: Card) -> str:
    if card.free is None or card.seats is None:
        return "open"
    return tr.plain("card-seats", free=card.free, seats=card.seats)


def admits_text(tr: Speech, admits: Collection[Category]) -> str:
    """Return who may sign up: «9–11 классов и родителей», «всех желающих»."""
    if not admits:
        return tr.plain("admits-everybody")
    missing = set(Category) - set(admits)
    if len(missing) <= FEW_MISSING:
        return tr.plain("admits-but", who=_people_text(tr, missing))
    return _people_text(tr, admits)


def _people_text(tr: Speech, admits: Collection[Category]) -> str:
    grades = sorted(category.grade for category in admits if category.grade is not None)
    parts = []
    if len(grades) == len(PUPILS):
        parts.append(tr.plain("admits-all-pupils"))
    elif grades:
        parts.append(tr.plain("admits-grades", grades=_ranges(grades)))
    names = {
        category: f"admits-{category.value.replace('_', '-')}"
        for category in Category
        if category in admits and not category.is_pupil
    }
    if Category.HEAD in names and Category.EMPLOYEE in names:
        names[Category.HEAD] = "admits-employers"
        del names[Category.EMPLOYEE]
    parts += [tr.plain(name) for name in names.values()]
    if len(parts) == 1:
        return parts[0]
    return tr.plain("list-and", head=", ".join(parts[:-1]), tail=parts[-1])


def _ranges(grades: list[int]) -> str:
    runs: list[list[int]] = []
    for grade in grades:
        if runs and grade == runs[-1][-1] + 1:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def seats_label(tr: Speech, free: int | None) -> str:
    """Return the tail of a list's label: «12 мест», «мест нет», nothing without a limit."""
    if free is None:
        return ""
    return tr.plain("seats-none") if free == 0 else tr.plain("seats-left", free=free)
