"""The JSON Schemas of what goes in and comes out, as the OpenAPI document has them."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

_ROOT = "#/components/schemas/"


def report_schemas() -> dict[str, Any]:
    """``report.schema.json`` and its parts, by the names they have under ``components``."""
    schema = json.loads(files("claimcheck.report").joinpath("report.schema.json").read_text(encoding="utf-8"))
    parts = schema.pop("$defs")
    del schema["$id"], schema["$schema"]
    named = {"Report": schema, **{_name(key): part for key, part in parts.items()}}
    return {name: _rooted(part) for name, part in named.items()}


def model_schemas(*models: type[BaseModel]) -> dict[str, Any]:
    """The schemas of request models and of what they hold."""
    found: dict[str, Any] = {}
    for model in models:
        schema = model.model_json_schema(ref_template=_ROOT + "{model}")
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found


def json_body(*names: str) -> dict[str, Any]:
    """A JSON body that follows one of some schemas."""
    refs = [{"$ref": _ROOT + name} for name in names]
    return {"schema": refs[0] if len(refs) == 1 else {"oneOf": refs}}


def answers(*refusals: int) -> dict[int | str, dict[str, Any]]:
    """What a route answers: a report, or one of some refusals with a sentence that says what to do."""
    problem = {"application/json": json_body("Problem")}
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": "The report.", "content": {"application/json": json_body("Report")}}
    }
    told.update((code, {"description": _MEANING[code], "content": problem}) for code in refusals)
    return told


PROBLEM = {
    "type": "object",
    "required": ["detail"],
    "additionalProperties": False,
    "properties": {"detail": {"type": "string"}},
}
_MEANING = {
    400: "The body cannot be read.",
    401: "The token is missing or wrong.",
    408: "The body did not arrive in time.",
    413: "The body is too large.",
    415: "The body is of a type that is not read.",
    422: "The body is not as the schema says.",
    503: "Too many requests are in hand; ask again after the seconds in Retry-After.",
    504: "The judgement took too long.",
}


def _name(key: str) -> str:
    return f"Report{key.title().replace('_', '')}"


def _rooted(part: Any) -> Any:
    """References into ``$defs`` as references into ``components``."""
    if isinstance(part, dict):
        return {
            key: _ROOT + _name(value.removeprefix("#/$defs/")) if key == "$ref" else _rooted(value)
            for key, value in part.items()
        }
    return [_rooted(item) for item in part] if isinstance(part, list) else part
