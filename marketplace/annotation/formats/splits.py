"""Split a set into parts for training and testing, and prove that none leaks into another.

Whoever tests a model on what it was trained with measures its memory. Texts that are the same but
for blanks, case and width are one text here, whatever a set is split by.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise

from marketplace.annotation.formats.errors import FormatError
from marketplace.annotation.formats.labelled_set import Item

LEFT_OUT = "left_out"
"""Where an item goes whose text stands in an earlier part."""
TOLERANCE = 0.05
"""How far a part's share of a stratum may lie from what was asked for, beside one item."""
CLOSE = 1e-9


class SplitBy(StrEnum):
    """What keeps the parts of a set apart."""

    TIME = "time"
    GROUP = "group"
    STRATUM = "stratum"


@dataclass(frozen=True)
class Leak:
    """One way in which a part tells of another: a code, and a sentence."""

    code: str
    sentence: str


def split(
    items: Sequence[Item], shares: Mapping[str, float], *, by: SplitBy, seed: int = 0
) -> tuple[Item, ...]:
    """Return the items, each with its part; `shares` has the parts in order, with their shares.

    By time the earliest go to the first part, and what came at one time stays together. By group
    all items of a group go to one part. By stratum each part gets its share of every stratum. The
    same items, shares and seed give the same parts.

    Raises:
        FormatError: `bad-shares`, `no-key`, `split-leaks`.
    """
    total = sum(shares.values())
    if not shares or min(shares.values()) <= 0 or abs(total - 1) > CLOSE:
        raise FormatError("bad-shares")
    _check_keys(items, by)
    parts = {
        SplitBy.TIME: _by_time,
        SplitBy.GROUP: _by_group,
        SplitBy.STRATUM: _by_stratum,
    }[by](items, shares, seed)
    made = tuple(replace(item, split=part) for item, part in zip(items, parts, strict=True))
    prove(made, by=by, shares=shares)
    return made


def prove(items: Sequence[Item], *, by: SplitBy, shares: Mapping[str, float] | None = None) -> None:
    """Refuse parts of which one tells of another.

    Raises:
        FormatError: `split-leaks`, `no-key`.
    """
    found = leaks(items, by=by, shares=shares)
    if found:
        raise FormatError("split-leaks", reason=" ".join(one.sentence for one in found))


def leaks(
    items: Sequence[Item], *, by: SplitBy, shares: Mapping[str, float] | None = None
) -> tuple[Leak, ...]:
    """Return every way in which one part tells of another; what was left out is in no part.

    Raises:
        FormatError: `no-key`.
    """
    _check_keys(items, by)
    placed = [item for item in items if item.split != LEFT_OUT]
    found = []
    unplaced = sum(1 for item in placed if not item.split)
    if unplaced:
        found.append(Leak("unplaced", f"{unplaced} items are in no part."))
    shared = _in_several((text_key(item.text), item.split) for item in placed)
    if shared:
        found.append(Leak("same-text", f"{len(shared)} texts stand in more than one part."))
    if by == SplitBy.GROUP:
        groups = _in_several((item.group, item.split) for item in placed)
        if groups:
            names = ", ".join(sorted(groups)[:3])
            found.append(
                Leak("group", f"{len(groups)} groups stand in more than one part, such as {names}.")
            )
    if by == SplitBy.TIME:
        found += _leaks_of_time(placed)
    if by == SplitBy.STRATUM and shares is not None:
        found += _uneven(placed, shares)
    return tuple(found)


def text_key(text: str) -> str:
    """Return what is the same for texts that differ in blanks, case and width alone."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _check_keys(items: Sequence[Item], by: SplitBy) -> None:
    for item in items:
        if getattr(item, by.value) in ("", None):
            raise FormatError("no-key", item=item.item_id, reason=by.value)


def _in_several(placed: object) -> set[str]:
    parts: dict[str, set[str]] = defaultdict(set)
    for key, part in placed:  # type: ignore[attr-defined]
        parts[key].add(part)
    return {key for key, found in parts.items() if len(found) > 1}


def _by_time(items: Sequence[Item], shares: Mapping[str, float], _seed: int) -> list[str]:
    order = sorted(range(len(items)), key=lambda place: _time_of(items[place]))
    parts, names, placed = [""] * len(items), list(shares), 0
    bounds = _bounds(len(items), shares)
    for number, place in enumerate(order):
        before = items[order[number - 1]] if number else None
        same = before is not None and _time_of(before) == _time_of(items[place])
        while not same and placed < len(names) - 1 and number >= bounds[placed]:
            placed += 1
        parts[place] = names[placed]
    seen: dict[str, str] = {}
    for place in order:
        key = text_key(items[place].text)
        if seen.setdefault(key, parts[place]) != parts[place]:
            parts[place] = LEFT_OUT
    return parts


def _by_group(items: Sequence[Item], shares: Mapping[str, float], seed: int) -> list[str]:
    """Join groups that have a text in common, then give whole ones away, the largest first."""
    root: dict[str, str] = {}

    def find(one: str) -> str:
        while root.setdefault(one, one) != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for item in items:
        root[find(f"t{text_key(item.text)}")] = find(f"g{item.group}")
    sizes: dict[str, int] = defaultdict(int)
    for item in items:
        sizes[find(f"g{item.group}")] += 1
    left = {name: share * len(items) for name, share in shares.items()}
    chosen: dict[str, str] = {}
    for one in sorted(sizes, key=lambda one: (-sizes[one], _draw(seed, one))):
        chosen[one] = max(left, key=lambda name: left[name])
        left[chosen[one]] -= sizes[one]
    return [chosen[find(f"g{item.group}")] for item in items]


def _by_stratum(items: Sequence[Item], shares: Mapping[str, float], seed: int) -> list[str]:
    """Give the texts of each stratum away in an order that the seed draws."""
    parts = [""] * len(items)
    texts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    home: dict[str, str] = {}
    for place, item in enumerate(items):
        key = text_key(item.text)
        # A text of two strata goes with the first.
        texts[home.setdefault(key, item.stratum)][key].append(place)
    for stratum, held in sorted(texts.items()):
        order = sorted(held, key=lambda key: _draw(seed, f"{stratum}\n{key}"))
        bounds, names, placed, number = _bounds(len(order), shares), list(shares), 0, 0
        for number, key in enumerate(order):
            while placed < len(names) - 1 and number >= bounds[placed]:
                placed += 1
            for place in held[key]:
                parts[place] = names[placed]
    return parts


def _time_of(item: Item) -> datetime:
    assert item.time is not None
    return item.time


def _bounds(count: int, shares: Mapping[str, float]) -> list[int]:
    """Return after how many items each part ends."""
    total, found = 0.0, []
    for share in shares.values():
        total += share
        found.append(round(total * count))
    return found


def _draw(seed: int, text: str) -> bytes:
    return sha256(f"{seed}\n{text}".encode()).digest()


def _leaks_of_time(placed: Sequence[Item]) -> list[Leak]:
    spans: dict[str, tuple[datetime, datetime]] = {}
    for item in placed:
        first, last = spans.get(item.split, (_time_of(item), _time_of(item)))
        spans[item.split] = (min(first, _time_of(item)), max(last, _time_of(item)))
    ordered = sorted(spans.items(), key=lambda one: one[1])
    return [
        Leak("time", f"“{earlier}” reaches until {before[1]:%Y-%m-%d}, into “{later}”.")
        for (earlier, before), (later, after) in pairwise(ordered)
        if before[1] >= after[0]
    ]


def _uneven(placed: Sequence[Item], shares: Mapping[str, float]) -> list[Leak]:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in placed:
        counts[item.stratum][item.split] += 1
    found = []
    for stratum, held in sorted(counts.items()):
        total = sum(held.values())
        for name, share in shares.items():
            # A text that stands often moves whole.
            if abs(held[name] - share * total) > max(1.0, TOLERANCE * total):
                found.append(
                    Leak("stratum", f"“{name}” has {held[name]} of {total} items of “{stratum}”.")
                )
    return found
