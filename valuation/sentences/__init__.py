"""The sentences of all refusals and warnings by their codes, one module a subject.

A method's codes stand in the module of its subject; a new subject is one module and one entry in
`SUBJECTS`. The names in braces are the parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from valuation.sentences import (
    cost,
    income,
    infonomics,
    inputs,
    market,
    options,
    pricing,
    quality,
    reconcile,
    shapley,
    statistical,
    uncertainty,
    weighting,
)

SUBJECTS: Final = (
    cost,
    income,
    infonomics,
    inputs,
    market,
    options,
    pricing,
    quality,
    reconcile,
    shapley,
    statistical,
    uncertainty,
    weighting,
)


def _merged(parts: Iterable[Mapping[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        twice = found.keys() & part.keys()
        if twice:
            raise RuntimeError(f"Two subjects have the code {min(twice)}: rename one.")
        found |= part
    return MappingProxyType(dict(sorted(found.items())))


REFUSALS: Final = _merged(subject.REFUSALS for subject in SUBJECTS)
WARNINGS: Final = _merged(subject.WARNINGS for subject in SUBJECTS)
