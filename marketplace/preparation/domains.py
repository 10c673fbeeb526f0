"""Which values a column can have, as far as people have said so and no cell was looked at."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from desensitize.policy import Policy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.preparation.meanings import codes_of
from marketplace.preparation.selectors import hierarchies_of

BOUNDS: Final = re.compile(r"^\s*(\S+?)\s*\.\.\s*(\S+?)\s*(?:/\s*([0-9]{1,3})\s*)?$")
NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.([0-9]{1,6}))?")


def known_values(
    version: DatasetVersion, decided: Policy, *, looked_at: Collection[str]
) -> dict[str, str]:
    """Return by column what was asked of a copy before, else code list or levels, as is typed.

    Levels list values of the data: those of columns alone that are `looked_at`.
    """
    known = {
        one.name: text_of({"values": [row[0] for row in one.rows]})
        for one in hierarchies_of(version).filter(name__in=list(looked_at))
    }
    for column in columns_of(version):
        codes = codes_of(column)
        if codes:
            known[column.name] = text_of({"values": list(codes)})
    if decided.synthetic is not None:
        known = {name: text_of(one) for name, one in decided.synthetic.domains.items()}
    return known


def domain_of(text: str) -> dict[str, Any]:
    """Read `a | b | c` as values, and `17..90` or `17..90 / 12` as bounds, in so many steps."""
    found = BOUNDS.match(text)
    if found is None:
        return {"values": [part.strip() for part in text.split("|") if part.strip()]}
    low, high, bins = found.groups()
    numbers = [NUMBER.fullmatch(one) for one in (low, high)]
    domain: dict[str, Any] = {"low": low, "high": high}
    if all(numbers):
        domain["decimals"] = max(len(one[1] or "") for one in numbers if one)
    return domain | ({"bins": int(bins)} if bins else {})


def text_of(domain: Mapping[str, Any]) -> str:
    """Write what `domain_of` reads; "" for edges, which a program alone can give."""
    if "values" in domain:
        return " | ".join(domain["values"])
    if "low" not in domain:
        return ""
    steps = f" / {domain['bins']}" if "bins" in domain else ""
    return f"{domain['low']}..{domain['high']}{steps}"
