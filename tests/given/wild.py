"""Numbers, days, texts, shapes and cursors gone wild, and the places where they can be sent."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from random import Random, SystemRandom
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLResolver, resolve

SEED = os.environ.get("WILD_SEED") or str(SystemRandom().randrange(10**6))
"""Told with every fault; set the variable to send the same again."""

NUMBERS = (
    *("1E999999", "-1E999999", "1E-999999", "0E999999", "9" * 5000, "9" * 24, "-" + "9" * 24),
    *("9223372036854775808", "2147483648", "-1", "0", "1e308", "1E27", "NaN", "sNaN", "-Infinity"),
    *("0." + "1" * 40, "1_000", "٣", "0x10", "1,5", "999999999999999999", "1e-20"),
)
DAYS = (
    *("0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "10000-01-01", "1900-01-01"),
    *("2199-12-31", "2026-W01-1", "2026-03-31T25:61:00Z"),
)
TEXTS = (
    *(
        "",
        "\x00",
        "a\x00b",
        "x" * 100_000,
        "龘" * 5000,
        "\u202e\u200b",
        "\r\nSet-Cookie: a=b",
        "[]",
    ),
    *("%00", "' OR 1=1 --", "../../etc/passwd", "{{ 7 }}", "[" * 5000, "🏛" * 200, "{}", '[["x"]]'),
)
CURSORS = ("cD0yMDI2", "bz05OTk5OTk5OTk5OTk5", "", "x", "WyJhIl0:1abc:x", "\x00", "9" * 5000)
WRITTEN = (*NUMBERS, *DAYS, *TEXTS)


def _nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _level in range(depth):
        value = [value]
    return value


SHAPES: tuple[Any, ...] = (
    *(None, True, [], {}, [None], [[]], [{}], {"": None}, -1, 0, 2**31, 2**63, 10**24, 10**400),
    *(1e308, 1e-308, 0.1, _nested(20), _nested(400), ["x"] * 3000, [[0] * 50] * 50, "\ud800"),
    *({"\x00": "\x00"}, {"a": {"b": {"c": []}}}),
)

OPENAPI = File(__file__).parent.parent.parent / "docs" / "reference" / "openapi.yaml"
NAME = re.compile(r'\bname="(?P<name>[^"]{1,80})"')
LINKED = re.compile(r'\bhref="[^"]*\?(?P<query>[^"#]{1,400})"')
IN_QUERY = re.compile(r"- (?:in: query\s+|(?=name: \w+\s+required: \w+\s+in: query))name: (\w+)")
PAGED = (
    "page",
    "per_page",
    "sort",
    "q",
    "after",
    "year",
    "day",
    "form",
    "number",
    "approach",
    "earlier",
    "next",
)
"""What pages read besides the fields that they show."""


def lot(*of: object) -> Random:
    """Return what draws for one test: the same for the same seed."""
    return Random(":".join((SEED, *map(str, of))))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """List every place in a body, whole lists and objects among them; files are left alone."""
    if path and not hasattr(value, "read"):
        yield path
    if isinstance(value, dict):
        for name, part in value.items():
            yield from places(part, (*path, name))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value[:3]):
            yield from places(part, (*path, number))


def put(value: Any, path: tuple[Any, ...], wild: Any) -> Any:
    """Copy a body with another value at a place."""
    if not path:
        return wild
    first, *rest = path
    if isinstance(value, dict):
        return {**value, first: put(value.get(first), tuple(rest), wild)}
    copied = list(value)
    copied[first] = put(copied[first], tuple(rest), wild)
    return copied


def declared(address: str) -> list[str]:
    """Name the fields that the API's view at an address takes."""
    view = getattr(resolve(address.partition("?")[0]).func, "cls", None)
    takes = getattr(view, "takes", None)
    return list(takes().fields) if takes else []


def shown(answer: HttpResponseBase) -> list[str]:
    """Name the fields that a page shows, and what its links ask for."""
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return []
    text = answer.content.decode()  # type: ignore[attr-defined]
    linked = [
        pair.partition("=")[0] for query in LINKED.findall(text) for pair in query.split("&amp;")
    ]
    return sorted(
        {*NAME.findall(text), *linked} - {"csrfmiddlewaretoken", "viewport", "", "cursor"}
    )


def asked_of(address: str) -> list[str]:
    """Name the parameters that the API's description declares for a GET of an address."""
    route = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", resolve(address).route)
    return _described().get(route, [])


@cache
def _described() -> dict[str, list[str]]:
    parts = OPENAPI.read_text(encoding="utf-8").split("\n  /")[1:]
    return {f"/{part.partition(':')[0]}": IN_QUERY.findall(part) for part in parts}


def loose_routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """List the routes with a part that is no UUID."""
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from loose_routes(one, route)
        elif re.search(r"<(?!uuid)[^>]*>", route) and "(" not in route and "^" not in route:
            yield route
