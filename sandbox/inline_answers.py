"""answerInlineQuery: what the bot offers to whoever types its name in a chat."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.content import read_text
from sandbox.editing import QUERY_LIFETIME, TOO_OLD
from sandbox.errors import ApiError, bad_request
from sandbox.inline import InlineAnswer, InlineResult
from sandbox.markup import inline_only, read_markup
from sandbox.params import Params
from sandbox.records import Json
from sandbox.world import World

MAX_RESULTS = 50
MAX_ID_BYTES = 64
MAX_OFFSET_BYTES = 64
LONGEST_CACHE = 24 * 60 * 60
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_inline_query(world: World, params: Params) -> bool:
    """answerInlineQuery. Articles with a text are the only results that this server knows."""
    button = _button(params)
    results = _results(params)
    query = world.inline.asked.get(params.text("inline_query_id"))
    if query is None or abs(world.now() - query.asked_at) > QUERY_LIFETIME:
        raise bad_request(TOO_OLD)
    ids = [result.id for result in results]
    if not all(1 <= len(one.encode()) <= MAX_ID_BYTES for one in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    next_offset = params.text("next_offset")
    if len(next_offset.encode()) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = InlineAnswer(
        results,
        next_offset,
        button,
        min(max(params.integer("cache_time", 300), 0), LONGEST_CACHE),
        params.flag("is_personal"),
    )
    world.inline.answer(query, answer)
    return True


def _button(params: Params) -> Json | None:
    button = params.json("button", "inline query results button")
    if button is None:
        return None
    what = "inline query results button"
    if not isinstance(button, dict):
        raise bad_request(f"can't parse {what}: InlineQueryResultsButton must be an Object")
    text = _required(button, "text", what)
    if "start_parameter" not in button:
        raise bad_request(
            f"can't parse {what}: InlineQueryResultsButton must have exactly one optional field"
        )
    parameter = _required(button, "start_parameter", what)
    if not _START_PARAMETER.fullmatch(parameter):
        raise bad_request("START_PARAM_INVALID")
    return {"text": text, "start_parameter": parameter}


def _results(params: Params) -> list[InlineResult]:
    results = params.json("results", "inline query results")
    if results is None:
        return []
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    return [_result(result) for result in results]


def _result(result: Any) -> InlineResult:
    what = "inline query result"
    if not isinstance(result, dict):
        raise bad_request(f"can't parse {what}: Inline query result must be an object")
    kind, result_id = _required(result, "type", what), _required(result, "id", what)
    if kind.lower() != "article":
        raise bad_request(f'can\'t parse {what}: type "{kind}" is unsupported for the {what}')
    said = result.get("input_message_content")
    if not isinstance(said, dict):
        raise bad_request(f"can't parse {what}: Can't find field \"message_text\"")
    _required(said, "message_text", what)
    try:
        content = read_text(Params(_as_params(said) | {"text": said["message_text"]}))
        markup = inline_only(read_markup(Params(_as_params(result))))
    except ApiError as error:
        reason = error.description.removeprefix("Bad Request: ")
        raise bad_request(f"can't parse {what}: {reason[0].upper()}{reason[1:]}") from None
    title = _required(result, "title", what)
    return InlineResult(result_id, title, str(result.get("description") or ""), content, markup)


def _required(source: Json, field: str, what: str) -> str:
    value = source.get(field)
    if value is None:
        raise bad_request(f"can't parse {what}: Can't find field \"{field}\"")
    if not isinstance(value, str):
        raise bad_request(f'can\'t parse {what}: Field "{field}" must be of type String')
    return value


def _as_params(source: Json) -> dict[str, str]:
    """Fields of a JSON object as arguments of a method, which is how they are read elsewhere."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in source.items()
        if value is not None
    }


METHODS: Mapping[str, Callable[[World, Params], object]] = {
    "answerinlinequery": answer_inline_query,
}
