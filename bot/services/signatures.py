"""Name and phone of staff for the signature lines of Appendix 2, with a consent of its own."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Forbidden
from bot.models import Person, StaffRole
from bot.rules import SIGNING_ROLES, STAFF_CONSENT_VERSION, signs_reports
from bot.services import audit
from bot.services.access import find_person, get_actor, get_person
from bot.services.core import Account, Core
from bot.signatures import read_full_name, read_phone
from bot.vocabulary import Role


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """What the report prints about somebody on the staff."""

    name: str
    phone: str


async def get_signature(core: Core, account: Account) -> SignatureFacts | None:
    """Return one's own name and phone for the report, None when they were not given.

    Raises:
        Forbidden: the account holds no role whose name the report prints.
    """
    async with core.db.read() as session:
        await _check_signs(session, core, account)
        person = await find_person(session, account)
        if person is None or not person.staff_name:
            return None
        return SignatureFacts(person.staff_name, person.staff_phone)


async def set_signature(core: Core, account: Account, name: str, phone: str) -> SignatureFacts:
    """Store name and phone for the report; calling it is the consent to that.

    Args:
        core: what every use case is given.
        account: who signs.
        name: full name as typed, two words at least.
        phone: as typed, see `read_phone`.

    Raises:
        Forbidden: the account holds no role whose name the report prints.
        ConsentRequired: they have not agreed, or to an older text only.
        InvalidInput: the name or the phone cannot be used.
    """
    facts = SignatureFacts(read_full_name(name), read_phone(phone))
    async with core.db.write() as session:
        await _check_signs(session, core, account)
        person = await get_person(session, account)
        person.staff_name, person.staff_phone = facts.name, facts.phone
        person.staff_consent_version = STAFF_CONSENT_VERSION
        person.staff_consent_at = core.clock.now()
        audit.record(session, core, account, "signature.give", f"person:{person.id}")
    return facts


async def withdraw_signature(core: Core, account: Account) -> None:
    """Take the consent back: name and phone are erased, whatever role is held."""
    async with core.db.write() as session:
        person = await find_person(session, account)
        if person is None:
            return
        await _erase(session, person.id)
        audit.record(session, core, account, "signature.withdraw", f"person:{person.id}")


async def forget_unneeded_signature(session: AsyncSession, person_id: int) -> None:
    """Erase name and phone of who signs no report any more, in the caller's transaction."""
    still_signs = select(
        exists().where(
            StaffRole.person_id == person_id,
            StaffRole.role.in_(SIGNING_ROLES),
            StaffRole.revoked_at.is_(None),
        )
    )
    if not await session.scalar(still_signs):
        await _erase(session, person_id)


async def find_signatures(
    session: AsyncSession,
    roles: Collection[Role],
    first: int | None,
    municipality_ids: Collection[int] = (),
) -> dict[tuple[Role, int | None], SignatureFacts]:
    """Return who signs, by role and municipality: the asking person, else who holds it longest.

    Args:
        session: the caller's transaction.
        roles: the roles that the lines are for.
        first: the id of the person who makes the report, None where nobody's name goes first.
        municipality_ids: where the roles are held; without them, anywhere.
    """
    rows = await session.execute(
        select(StaffRole.role, StaffRole.municipality_id, Person.staff_name, Person.staff_phone)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(
            StaffRole.role.in_(roles),
            StaffRole.revoked_at.is_(None),
            Person.staff_consent_at.is_not(None),
            *([StaffRole.municipality_id.in_(municipality_ids)] if municipality_ids else []),
        )
        .order_by((Person.id == first).desc(), StaffRole.granted_at, StaffRole.id)
    )
    signatures: dict[tuple[Role, int | None], SignatureFacts] = {}
    for role, municipality_id, name, phone in rows:
        signatures.setdefault((role, municipality_id), SignatureFacts(name, phone))
    return signatures


async def _check_signs(session: AsyncSession, core: Core, account: Account) -> None:
    actor = await get_actor(session, core, account)
    if not signs_reports(actor.grants):
        raise Forbidden


async def _erase(session: AsyncSession, person_id: int) -> None:
    await session.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(staff_name="", staff_phone="", staff_consent_version="", staff_consent_at=None)
    )
