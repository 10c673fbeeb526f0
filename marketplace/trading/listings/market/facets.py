"""How many offers there are of each kind, among those that fit a question."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.choices import AssetKind, Theme
from marketplace.core import Actor
from marketplace.trading.listings.market.selectors import Found, MarketQuery, search_listings
from marketplace.trading.listings.mode.modes import modes_to_choose
from marketplace.trading.listings.plans import PlanKind
from marketplace.web.pagination import CappedPages


@dataclass(frozen=True)
class Kind:
    """What offers are told apart by: its words, the column that holds it, and its values."""

    label: str | Promise
    column: str
    values: Mapping[str, str | Promise]


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "theme": Kind(_("Theme"), "theme", dict(Theme.choices)),
        "asset_kind": Kind(_("Kind of data"), "asset_kind", dict(AssetKind.choices)),
        "delivery_mode": Kind(_("Delivery"), "delivery_mode", dict(modes_to_choose())),
        "plan": Kind(_("How buyers pay"), "plan__kind", dict(PlanKind.choices)),
    }
)
"""Each by the name under which it is asked for."""


@dataclass(frozen=True)
class Counted:
    """A value with how many offers have it; `is_chosen` tells that it is asked for now."""

    value: str
    label: str | Promise
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class CountedKind:
    """The values of one kind that offers have, those of the most offers first."""

    name: str
    label: str | Promise
    values: tuple[Counted, ...]


def facets_of(wanted: MarketQuery, found: Found, by: Actor) -> list[CountedKind]:
    """Count the offers of each kind, among those that what else is asked for leaves.

    `found` is what fits all that is asked for, with how many there are.
    Nothing is counted where a thousand offers or more fit: reading all of them would be slow, and
    a count of some is none. What has one value alone narrows nothing and is left out.
    """
    beyond = replace(wanted, theme="", asset_kind="", delivery_mode="", plan="")
    whole = found if beyond == wanted else search_listings(beyond, by=by)
    if whole.count is not None and whole.count >= CappedPages.most:
        return []
    columns = [kind.column for kind in KINDS.values()]
    rows = list(whole.rows.order_by().values_list(*columns)[: CappedPages.most])
    if len(rows) >= CappedPages.most:
        return []
    asked = [getattr(wanted, name) for name in KINDS]
    kinds = []
    for place, (name, kind) in enumerate(KINDS.items()):
        counts = Counter(
            row[place]
            for row in rows
            if all(
                not value or row[other] == value
                for other, value in enumerate(asked)
                if other != place
            )
        )
        values = tuple(
            Counted(value, kind.values[value], number, value == asked[place])
            for value, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            if value in kind.values
        )
        if len(values) > 1 or any(each.is_chosen for each in values):
            kinds.append(CountedKind(name, kind.label, values))
    return kinds
