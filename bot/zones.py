"""Names of time zones, checked where an operator writes them."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field


def known_zone(name: str) -> str:
    """Return the name of a time zone.

    Raises:
        ValueError: no such zone.
    """
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        message = "is no time zone; an example: Asia/Krasnoyarsk"
        raise ValueError(message) from error
    return name


Zone = Annotated[str, Field(max_length=40), AfterValidator(known_zone)]
