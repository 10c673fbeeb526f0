"""Levels of codes, by their code list: shared beginnings as codes go, else equal meanings."""

from collections.abc import Iterable, Mapping
from typing import Final

ANYTHING: Final = "*"
MOST_LEVELS: Final = 4
LEAST_LENGTH: Final = 2

Rows = tuple[tuple[str, ...], ...]


def levels_by_codes(values: Iterable[str], codes: Mapping[str, str]) -> Rows | None:
    """Return a row a value, up to “*”; None where its codes share neither beginning nor meaning.

    Codes of one length, such as those of regions (GB/T 2260) or industries, go up by their
    beginnings: `350102`, `3501**`, `35****`. A code whose rest is noughts gives the beginning its
    meaning, as `350000 = Fujian` does. Values that the list does not name go up to “*” at once.
    """
    values = sorted(values)
    named = [value for value in values if value in codes]
    if not named:
        return None
    rows = _by_beginning(named, codes) or _by_meaning(named, codes)
    if rows is None:
        return None
    depth = len(next(iter(rows.values())))
    return tuple((value, *rows.get(value, (ANYTHING,) * depth), ANYTHING) for value in values)


def _by_beginning(named: list[str], codes: Mapping[str, str]) -> dict[str, tuple[str, ...]] | None:
    [length, *others] = {len(value) for value in named}
    if others or length < LEAST_LENGTH or not all(value.isalnum() for value in named):
        return None
    kept, before = [], len(named)
    for size in range(length - 1, 0, -1):
        distinct = len({value[:size] for value in named})
        if 1 < distinct < before:
            kept.append(size)
            before = distinct
    if not kept:
        return None
    return {
        value: tuple(_beginning(value, size, codes) for size in kept[:MOST_LEVELS])
        for value in named
    }


def _beginning(value: str, size: int, codes: Mapping[str, str]) -> str:
    rest = len(value) - size
    return codes.get(value[:size] + "0" * rest) or value[:size] + ANYTHING * rest


def _by_meaning(named: list[str], codes: Mapping[str, str]) -> dict[str, tuple[str, ...]] | None:
    meanings = {codes[value] for value in named}
    if not 1 < len(meanings) < len(named):
        return None
    return {value: (codes[value],) for value in named}
