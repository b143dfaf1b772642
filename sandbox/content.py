"""What a message shows, read from a method's arguments: text, caption, file (telegram.md 8)."""

from __future__ import annotations

import re
from typing import Any

from sandbox.entities import find_entities, utf16_length
from sandbox.errors import ApiError, bad_request
from sandbox.files import document, photo_sizes
from sandbox.formatting import parse_html
from sandbox.params import Params, Upload
from sandbox.records import File, Json
from sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 1 << 15
MAX_PHOTO_BYTES = 10 * 1024 * 1024
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\t]")


def read_text(params: Params) -> Json:
    """`text` with its formatting, as message fields.

    Raises:
        ApiError: 400 «message text is empty», «message is too long», «can't parse entities: …».
    """
    text, entities = _formatted(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def read_caption(params: Params) -> Json:
    """`caption` with its formatting, as message fields; none without a caption.

    Raises:
        ApiError: 400 «message caption is too long», «can't parse entities: …».
    """
    text, entities = _formatted(params, "caption", "caption_entities")
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def read_file(world: World, params: Params, kind: str, value: str | None = None) -> Json:
    """A «photo» or «document»: uploaded under its own name or as `attach://<name>`, or a file_id.

    `value` is the reference where it does not stand in the argument named `kind` (input media).

    Raises:
        ApiError: 400 when there is none, or when the photo is no picture or over 10 MB.
    """
    reference = params.text(kind) if value is None else value
    upload = _upload(params, kind, reference)
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        if kind == "photo" and len(upload.data) > MAX_PHOTO_BYTES:
            raise bad_request(
                f"file of size {len(upload.data)} bytes is too big for a photo; "
                f"the maximum size is {MAX_PHOTO_BYTES} bytes"
            )
        file = world.files.add(upload.name, upload.data, mime=_known_mime(upload), kind=f"{kind}s")
    elif not reference:
        raise bad_request(f"there is no {kind} in the request")
    else:
        file = _stored(world, kind, reference)
    return {"photo": photo_sizes(file)} if kind == "photo" else {"document": document(file)}


def read_media(world: World, params: Params, media: Any) -> Json:
    """An InputMedia object as message fields.

    Raises:
        ApiError: 400 «can't parse InputMedia: …».
    """
    if not isinstance(media, dict):
        raise _bad_media("expected an Object")
    kind = media.get("type")
    if kind not in {"photo", "document"}:
        raise _bad_media(f'type "{kind}" is unsupported')
    if not isinstance(media.get("media"), str) or not media["media"]:
        raise _bad_media("media not found")
    texts = {key: str(media[key]) for key in ("caption", "parse_mode") if media.get(key)}
    return {**read_file(world, params, kind, media["media"]), **read_caption(Params(texts))}


def _bad_media(reason: str) -> ApiError:
    return bad_request(f"can't parse InputMedia: {reason}")


def _upload(params: Params, kind: str, reference: str) -> Upload | None:
    if reference.startswith("attach://"):
        return params.uploads.get(reference.removeprefix("attach://"))
    return None if reference else params.uploads.get(kind)


def _known_mime(upload: Upload) -> str | None:
    """The sender's type, unless it says nothing: then the name tells."""
    return None if upload.mime == "application/octet-stream" else upload.mime


def _stored(world: World, kind: str, reference: str) -> File:
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.files.get(reference)
    if file is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    if not file.path.startswith(f"{kind}s/"):
        raise bad_request(f"can't use file of type {file.path.partition('/')[0]} as {kind}")
    return file


def _formatted(params: Params, field: str, entities_field: str) -> tuple[str, list[Json]]:
    raw = params.text(field)
    if len(raw.encode()) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    text = _BLANKED.sub(" ", _DROPPED.sub("", raw))
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode in {"", "none"}:
        entities = _given_entities(params, entities_field)
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, entities)
    found = find_entities(text, entities)
    return text, sorted(
        [*entities, *found], key=lambda entity: (entity["offset"], -entity["length"])
    )


def _given_entities(params: Params, field: str) -> list[Json]:
    entities = params.json(field, "entities") or []
    if not isinstance(entities, list):
        raise bad_request("expected an Array of MessageEntity")
    for entity in entities:
        if (
            not isinstance(entity, dict)
            or not isinstance(entity.get("type"), str)
            or not all(isinstance(entity.get(key), int) for key in ("offset", "length"))
        ):
            raise bad_request("can't parse MessageEntity: wrong fields")
    return entities


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without blank lines before and spaces after, entities moved and cut accordingly."""
    cut = len(text) - len(text.lstrip())
    text = text.strip()
    length = utf16_length(text)
    kept: list[Json] = []
    for entity in entities:
        begin = max(0, entity["offset"] - cut)
        end = min(length, entity["offset"] + entity["length"] - cut)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return text, kept
