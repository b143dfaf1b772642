"""Reading a request: GET or POST, JSON, form or multipart (telegram.md 16 and 17)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, StreamReader, hdrs

from sandbox.errors import ApiError, bad_request

MAX_REQUEST_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file in a multipart request."""

    name: str
    mime: str | None
    data: bytes


@dataclass
class Params:
    """Arguments of a method. Values are strings as on the wire; of JSON bodies, what is not a
    string is kept as JSON text, as the official server does."""

    values: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """An argument; empty when absent.

        Raises:
            ApiError: 400 for text that has no UTF-8 form (lone surrogates).
        """
        value = self.values.get(name, "")
        if not _is_utf8(value):
            raise bad_request("strings must be encoded in UTF-8")
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """An integer argument; the default when it is absent or not a number."""
        try:
            return int(self.values.get(name, ""))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """A boolean argument, with the spellings that the server takes for true."""
        return self.values.get(name, "").lower() in {"true", "yes", "1"}

    def json(self, name: str, what: str) -> Any:
        """A JSON argument; None when absent.

        Raises:
            ApiError: 400 «can't parse <what> JSON object».
        """
        value = self.values.get(name, "")
        if not value:
            return None
        try:
            parsed = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
        if not _is_utf8(json.dumps(parsed, ensure_ascii=False)):
            raise bad_request("strings must be encoded in UTF-8")
        return parsed


async def read_params(
    headers: Mapping[str, str], content: StreamReader, query: Mapping[str, str]
) -> Params:
    """Read a body to its end, whatever it is, and merge it over the URL's arguments.

    Raises:
        ApiError: 413 over 50 MB (the body is drained first, so that the client can hear it);
            400 for a body that cannot be read, and a JSON body that is no object.
    """
    params = Params(dict(query))
    kind = headers.get(hdrs.CONTENT_TYPE, "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            await _read_multipart(MultipartReader(headers, content), params)
            return params
        body = await _read_limited(content)
        if kind == "application/json" and body:
            _read_json(body, params)
        elif kind == "application/x-www-form-urlencoded":
            params.values.update(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        raise bad_request(f"can't parse {kind} body") from None
    return params


def _read_json(body: bytes, params: Params) -> None:
    values = json.loads(body)
    if not isinstance(values, dict):
        raise bad_request("object expected as the request body")
    for name, value in values.items():
        if value is not None:
            params.values[name] = value if isinstance(value, str) else json.dumps(value)


async def _read_multipart(reader: MultipartReader, params: Params) -> None:
    size = 0
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytearray()
        while chunk := await part.read_chunk(1 << 16):
            size += len(chunk)
            if size <= MAX_REQUEST_BYTES:
                data += chunk
        if part.filename is None:
            params.values[part.name] = data.decode()
        else:
            mime = part.headers.get(hdrs.CONTENT_TYPE)
            params.uploads[part.name] = Upload(part.filename, mime, bytes(data))
    if size > MAX_REQUEST_BYTES:
        raise _too_large()


async def _read_limited(content: StreamReader) -> bytes:
    body = bytearray()
    size = 0
    async for chunk in content.iter_any():
        size += len(chunk)
        if size <= MAX_REQUEST_BYTES:
            body += chunk
    if size > MAX_REQUEST_BYTES:
        raise _too_large()
    return bytes(body)


def _too_large() -> ApiError:
    return ApiError(413, "Request Entity Too Large")


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
