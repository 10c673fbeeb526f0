"""How long the data earns: the least of the limits that bind it, and never for ever.

Source: 数据资产评估指导意见, 中评协 (2023) 17号: legal term, contract, timeliness, product cycle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Node
from valuation.rounding import to_decimal
from valuation.series import LONGEST

_STEMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "legal_term": ("legal_term", "legal", "legal_life", "legal_protection"),
        "contract": ("contract", "contract_term", "contract_life", "contractual"),
        "timeliness": ("timeliness", "data_timeliness", "technical", "timeliness_life"),
        "product_cycle": ("product_cycle", "product", "product_life", "product_life_cycle"),
    }
)
LIMITS: Final = tuple(_STEMS)
LIMIT_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        limit: tuple(name for stem in stems for name in (stem, f"{stem}_years") if name != limit)
        for limit, stems in _STEMS.items()
    }
)
"""The other names under which a limit may be given."""

_UNENDING: Final = ("infinite", "infinity", "inf", "perpetual", "forever", "unlimited")


@dataclass(frozen=True)
class Life:
    """The years `years` for which the data earns, and the limit that binds (empty: none named)."""

    years: Fraction
    binding: str
    node: Node


def refuse_unending(fields: Fields, *names: str) -> None:
    """Refuse a life without end.

    Raises:
        ValuationError: `finite-life-required`, `perpetual` is true, or one of the fields is given
            as null, as 0 or less, or as a word for no end.
    """
    if fields.given.get("perpetual"):
        raise ValuationError("finite-life-required", field="perpetual")
    for name in names:
        if not fields.has(name):
            continue
        given = fields.given[name]
        unending = isinstance(given, str) and given.strip().lower() in _UNENDING
        endless = isinstance(given, float | Decimal) and not given.__abs__() < 10**18
        if given is None or unending or endless or fields.number(name, "") <= 0:
            raise ValuationError("finite-life-required", field=fields.name(name))


def life_from(fields: Fields) -> Life | None:
    """Read the limits, in `life_limits` or beside the other fields; None where none is given.

    A limit that is given as null does not limit.

    Raises:
        ValuationError: `finite-life-required`, no limit has years; `life-not-positive`, one has 0
            or less; `life-too-long`.
    """
    beside = fields.aliased(LIMIT_NAMES)
    named = [name for name in LIMITS if beside.has(name)]
    if fields.has("life_limits"):
        if named:
            raise ValuationError("field-twice", first="life_limits", second=beside.name(named[0]))
        inner = fields.fields("life_limits", "Give the years of each limit by its name.")
        beside = inner.aliased(LIMIT_NAMES)
        beside.refuse_others(*LIMITS)
        named = list(beside.given)
    elif not named:
        return None
    years = {}
    for name in named:
        if beside.given[name] is None:
            continue
        years[name] = beside.number(name, "Give years.")
        if years[name] <= 0:
            raise ValuationError(
                "life-not-positive", field=beside.name(name), given=beside.given[name]
            )
    if not years:
        raise ValuationError("finite-life-required", field="life_limits")
    binding = min(years, key=lambda name: years[name])
    if years[binding] > LONGEST:
        raise ValuationError(
            "life-too-long", field=beside.name(binding), given=beside.given[binding], most=LONGEST
        )
    node = Node(
        "n",
        to_decimal(years[binding]),
        "years",
        f"min({', '.join(years)})",
        children=tuple(Node(name, to_decimal(part), "years") for name, part in years.items()),
    )
    return Life(years[binding], binding, node)
