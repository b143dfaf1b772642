"""The signed paper of a version of a report, as a picture or PDF."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.cleaning import clean_line
from bot.errors import InvalidInput, NotFound
from bot.models import NAME_LENGTH, ReportScan
from bot.services.access import get_person
from bot.services.core import Account, Core
from bot.services.inserting import insert_into
from bot.services.version_screens import find_version, record_step

LARGEST_SCAN = 10 * 1024 * 1024
"""In bytes."""

_SIGNS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
"""What the files begin with that a signed paper may be."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The signed paper of a version: the file's name and the file."""

    name: str
    content: bytes


async def get_scan(core: Core, account: Account, token: str) -> Scan:
    """Return the signed paper of a version.

    Raises:
        Forbidden: as of `get_version`.
        NotFound: none is attached.
    """
    async with core.db.read() as session:
        stored = await find_version(session, core, account, token)
        row = (
            await session.execute(
                select(ReportScan.name, ReportScan.content).where(
                    ReportScan.version_id == stored.id
                )
            )
        ).one_or_none()
    if row is None:
        raise NotFound
    return Scan(row.name, row.content)


async def attach_scan(core: Core, account: Account, token: str, content: bytes, name: str) -> None:
    """Keep the signed paper of a version; it replaces the one that was attached.

    Args:
        core: what every use case is given.
        account: who attaches it.
        token: of the version.
        content: the file.
        name: what it is called, without what the kind of file adds.

    Raises:
        Forbidden: this account may not have this report; also without such a version.
        InvalidInput: it is neither a picture nor a PDF, or too large.
    """
    if len(content) > LARGEST_SCAN:
        raise InvalidInput("input-scan-large")
    suffix = next((suffix for sign, suffix in _SIGNS.items() if content.startswith(sign)), None)
    if suffix is None:
        raise InvalidInput("input-scan-strange")
    async with core.db.write() as session:
        version = await find_version(session, core, account, token)
        person = await get_person(session, account)
        says = {
            "name": f"{clean_line(name, NAME_LENGTH - len(suffix) - 1)}.{suffix}",
            "content": content,
            "attached_at": core.clock.now(),
            "attached_by_id": person.id,
        }
        await session.execute(
            insert_into(session, ReportScan)
            .values(version_id=version.id, **says)
            .on_conflict_do_update(index_elements=["version_id"], set_=says)
        )
        record_step(session, core, account, "report.scan", version)
