"""The file store: what people and the bot have sent."""

from __future__ import annotations

import mimetypes
import struct
from collections.abc import Iterator

from sandbox.errors import bad_request
from sandbox.records import File, Json

_TYPES = mimetypes.MimeTypes()
_TYPES.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")


class Files:
    """Files by id. Ids grow by one, so a snapshot restores them unchanged."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def add(self, name: str, data: bytes, *, mime: str | None = None, kind: str) -> File:
        """Store a file of `kind` («documents» or «photos», the folder of its path).

        `name` is kept as sent, in any script; `mime` is guessed from it when not given.
        """
        number = len(self._files) + 1
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        safe = suffix if suffix.isascii() and suffix.isalnum() else "bin"
        return self.restore(
            File(
                id=f"sandbox-file-{number}",
                unique_id=f"unique-{number}",
                name=name,
                mime=mime or _TYPES.guess_type(name)[0] or "application/octet-stream",
                path=f"{kind}/file_{number}.{safe}",
                data=data,
            )
        )

    def restore(self, file: File) -> File:
        """Put back a file of a snapshot under its own id."""
        self._files[file.id] = file
        return file

    def get(self, file_id: str) -> File | None:
        """The file with this id, if any."""
        return self._files.get(file_id)

    def at(self, path: str) -> File | None:
        """The file with this path, if any."""
        return next((file for file in self._files.values() if file.path == path), None)

    def __iter__(self) -> Iterator[File]:
        return iter(self._files.values())


def document(file: File) -> Json:
    """The Bot API `Document` object."""
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_name": file.name,
        "mime_type": file.mime,
        "file_size": file.size,
    }


def photo_sizes(file: File) -> list[Json]:
    """The Bot API `PhotoSize` list of a photo; one size is kept.

    Raises:
        ApiError: 400 IMAGE_PROCESS_FAILED for what is neither PNG nor JPEG.
    """
    width, height = _pixels(file.data)
    return [
        {
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "width": width,
            "height": height,
            "file_size": file.size,
        }
    ]


def _pixels(data: bytes) -> tuple[int, int]:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(b"\xff\xd8"):
        position = 2
        while position + 9 <= len(data) and data[position] == 0xFF:
            marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4])
            if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
                height, width = struct.unpack(">HH", data[position + 5 : position + 9])
                return width, height
            position += 2 + length
    raise bad_request("IMAGE_PROCESS_FAILED")
