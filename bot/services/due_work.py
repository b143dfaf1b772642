"""What a tick looks at: whether there is anything to do, in one statement for all of it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select

from bot.models import DueMessage
from bot.services import broadcast_counters, group_cards, outbox, waitlist
from bot.services.core import Core

_MOMENT = DueMessage.due_at.type
_NOW = bindparam("now", type_=_MOMENT)
_LOOK = select(
    exists().where(waitlist.has_lapsed(_NOW)),
    outbox.has_work_at(_NOW),
    exists().where(group_cards.is_rested(bindparam("rested_since", type_=_MOMENT))),
    exists().where(broadcast_counters.is_kept_true(bindparam("followed_since", type_=_MOMENT))),
)


@dataclass(frozen=True, slots=True)
class DueWork:
    """What there is to do now.

    Attributes:
        offers: seats were offered whose time is over.
        messages: some can go out, or nobody knows yet what became of them.
        cards: some in groups may be changed.
        counters: somebody looks at how far a message to many has come.
    """

    offers: bool
    messages: bool
    cards: bool
    counters: bool


async def look(core: Core) -> DueWork:
    """Return what there is to do; most ticks find nothing."""
    now = core.clock.now()
    [seen] = await core.db.ask(
        _LOOK,
        {
            "now": now,
            "rested_since": now - group_cards.REST,
            "followed_since": now - broadcast_counters.KEPT_TRUE_FOR,
        },
    )
    return DueWork(*seen)
