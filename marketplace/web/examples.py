"""Examples of what the API takes and gives, made of its schemas, so that they always fit."""

import re
from typing import Any

Schema = dict[str, Any]
DEEPEST = 5
"""How many levels of things within things an example has."""
INVENTED: dict[str, Any] = {
    "uuid": "8e03978e-40d5-43dd-bc93-6894a57f9324",
    "date": "2026-11-29",
    "date-time": "2026-11-29T08:00:00+08:00",
    "email": "buyer@example.org",
    "uri": "https://example.org/",
    "uri-reference": "/api/v1/orders/8e03978e-40d5-43dd-bc93-6894a57f9324/",
    "decimal": "12000.00",
    "binary": "",
}
"""Values by their format."""

SMALL = "0.5"
"""A decimal of few digits."""
NAMED = {
    "claimed_reference": "RF18539007547034",
    "code": "492039",
    "currency": "CNY",
    "days": "30",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "message": "Half of it is what we need.",
    "name": "My program",
    "number": "ORD-7K4Q9-M4PX2",
    "pay_to": "Bank of Minjiang 3500 1234 5678",
    "price": "12000.00",
    "purpose": "To price insurance for passengers",
    "reason": "It is not what we need.",
    "reference": "RF18539007547034",
    "request_key": "first-order",
    "scenarios": "Planning of lines\nPricing of insurance",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sheet_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "summary": "Boardings and mean delay of each bus line a day.",
    "text": "PROVISION CONTRACT",
    "title": "Bus boardings of Minjiang, March 2026",
}
"""Texts by the name of their field."""


def resolved(schema: Schema, components: Schema) -> Schema:
    """Return the schema that one leads to, through references and choices that may be null."""
    while True:
        if "$ref" in schema:
            schema = components["schemas"][schema["$ref"].rpartition("/")[2]]
            continue
        chosen = [one for one in _choices(schema) if one.get("type") != "null"]
        if not chosen:
            return schema
        schema = chosen[0]


def _choices(schema: Schema) -> list[Schema]:
    for name in ("allOf", "oneOf", "anyOf"):
        if name in schema:
            found: list[Schema] = schema[name]
            return found
    return []


def kind_in(schema: Schema) -> str:
    """Return the type of a schema that leads nowhere else."""
    kinds = schema.get("type", "object" if "properties" in schema else "any")
    if isinstance(kinds, list):
        kinds = next((one for one in kinds if one != "null"), "any")
    return str(kinds)


def example_of(schema: Schema, components: Schema, name: str = "", depth: int = 0) -> Any:
    found = resolved(schema, components)
    for known in ("example", "default"):
        if found.get(known) is not None:
            return found[known]
    if "enum" in found:
        return next(value for value in found["enum"] if value not in ("", None))
    kind = kind_in(found)
    if kind == "object":
        return _object(found, components, depth)
    if kind == "array":
        least = found.get("minItems", 0)
        if depth >= DEEPEST and not least:
            return []
        one = example_of(found.get("items", {}), components, name, depth + 1)
        return [one] * max(least, 1)
    if kind in ("integer", "number"):
        return max(found.get("minimum", 1), 1)
    if kind == "boolean":
        return True
    if "format" in found or kind != "string":
        value = INVENTED.get(found.get("format", ""), "text")
        return value if re.match(found.get("pattern", ""), str(value)) else SMALL
    return NAMED.get(name, "text")[: found.get("maxLength", 200)]


def _object(found: Schema, components: Schema, depth: int) -> Schema:
    fields, needed = found.get("properties", {}), found.get("required", ())
    example = {
        name: example_of(one, components, name, depth + 1)
        for name, one in fields.items()
        if depth < DEEPEST or name in needed
    }
    more = found.get("additionalProperties")
    if not fields and isinstance(more, dict) and more and depth < DEEPEST:
        example["name"] = example_of(more, components, "", depth + 1)
    return example
