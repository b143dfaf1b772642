"""Data files in TOML: read and checked as a whole, with one clear line on what is wrong."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import StartupError

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Entry(BaseModel):
    """A table of a data file; a field that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


E = TypeVar("E", bound=Entry)


def read_data_file(path: Path, shape: type[E]) -> E:
    """Read and check a data file.

    Args:
        path: the file.
        shape: what it must look like.

    Raises:
        StartupError: it cannot be read, or an entry is wrong; one line with the file and the entry.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return shape.model_validate(data)
    except OSError as error:
        raise StartupError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StartupError(f"{path}: no TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        problem = first["msg"].removeprefix("Value error, ")
        raise StartupError(f"{path}: {_where(data, first['loc'])}: {problem}") from None


def first_repeated(values: Iterable[str]) -> str | None:
    """Return the first value that stands there twice, None when there is none."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _where(data: dict[str, Any], location: tuple[int | str, ...]) -> str:
    """Name an entry by its code where it has one: «municipality achinsk, kind»."""
    if len(location) > 1 and isinstance(location[1], int):
        table, _, *rest = location
        entry = data[str(table)][location[1]]
        code = entry.get("code") if isinstance(entry, dict) else None
        parts = [f"{table} {code or f'no. {location[1] + 1}'}", *map(str, rest)]
    else:
        parts = [str(part) for part in location]
    return ", ".join(parts) or "the file"
