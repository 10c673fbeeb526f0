"""What a region's data came to: assets, certified, valued, traded, income and whose it is."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import add, itemgetter
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.states import DatasetState
from marketplace.core import Actor, NotAllowed
from marketplace.core.months import months_after
from marketplace.desk import policies
from marketplace.desk.selectors.region_rows import Row, Wanted, rows_of

FEWEST_PROVIDERS = 3
"""A figure of fewer providers would tell one of them what another earns."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class RegionQuery:
    """What somebody asks of the regions: months from `first` to `last`, both their first days.

    `whole` asks whoever sees only their own rows for the whole region's figures instead.
    """

    first: date
    last: date
    region: str = ""
    theme: str = ""
    whole: bool = False

    @property
    def months(self) -> list[date]:
        """Return the first day of each month asked for."""
        months = [self.first]
        while months[-1] < self.last:
            months.append(months_after(months[-1], 1))
        return months


class Figures(NamedTuple):
    """Counts, and money in the centre's currency.

    `certified` and `valued` count what is in force; `value` sums reference values. `income` is what
    buyers paid for accepted deliveries, `to_providers` what of it was released to the sellers,
    and `to_sources` what of that went to those whom the data came from.
    """

    assets: int = 0
    certified: int = 0
    valued: int = 0
    value: Decimal = Decimal(0)
    traded: int = 0
    income: Decimal = Decimal(0)
    to_providers: Decimal = Decimal(0)
    to_sources: Decimal = Decimal(0)

    @property
    def share(self) -> Decimal | None:
        """Return the providers' share of the income, from 0 to 1; None without income."""
        return self.to_providers / self.income if self.income else None

    @property
    def is_nothing(self) -> bool:
        """Return whether every figure is zero."""
        return not any(self)


NAMES = Figures._fields
NOTHING = Figures()


class Cell(NamedTuple):
    """The figures of one region, theme and month."""

    region: str
    theme: str
    month: date
    figures: Figures


@dataclass(frozen=True)
class Regions:
    """The figures that the actor may read, by region, theme and month.

    `is_withheld` tells that something of fewer than three providers is in none of them.
    """

    query: RegionQuery
    currency: str
    cells: tuple[Cell, ...]
    is_withheld: bool

    @property
    def total(self) -> Figures:
        return _added((None, figures) for figures in self._places.values()).get(None, NOTHING)

    def by_month(self) -> dict[date, Figures]:
        """Return the figures of each month asked for, also where there are none."""
        found = _added((cell.month, cell.figures) for cell in self.cells)
        return {month: found.get(month, NOTHING) for month in self.query.months}

    def by_theme(self) -> dict[str, Figures]:
        """Return the figures of each theme, in the order of their codes."""
        pairs = ((theme, figures) for (_region, theme), figures in self._places.items())
        return dict(sorted(_added(pairs).items()))

    def by_region(self) -> dict[str, Figures]:
        """Return the figures of each region, in the order of their names."""
        return _added((region, figures) for (region, _theme), figures in self._places.items())

    @cached_property
    def _places(self) -> dict[tuple[str, str], Figures]:
        """Add the months up once, since there may be ten thousand cells."""
        return _added(((cell.region, cell.theme), cell.figures) for cell in self.cells)


def _added(pairs: Iterable[tuple[Key, Figures]]) -> dict[Key, Figures]:
    sums: dict[Key, Iterable[Any]] = {}
    for key, figures in pairs:
        sums[key] = tuple(map(add, sums.get(key, NOTHING), figures))
    return {key: Figures(*figures) for key, figures in sums.items()}


def regions_open_to(by: Actor) -> list[str]:
    """Return the regions of whose data the actor may read figures, in order.

    Raises:
        NotAllowed: the actor reads no such figures.
    """
    if not policies.may_read_regions(by):
        raise NotAllowed(
            _(
                "These figures are for data officers, auditors and the centre's staff. Ask your "
                "organization for the role of a data officer."
            )
        )
    rows = datasets_visible_to(by).exclude(state=DatasetState.RETIRED)
    return sorted(rows.order_by().values_list("region", flat=True).distinct())


def figures_of_regions(query: RegionQuery, *, regions: list[str], by: Actor) -> Regions:
    """Return the figures of the regions that are open to the actor, in four queries.

    Who sees every row reads all of them. Others read exact figures of their own organization; of a
    whole region they read what at least three providers share in within one theme and month. Such
    parts are left out of every sum, so that no difference of two sums tells them.
    """
    sees_all = policies.sees_every_row(by)
    asked = [region for region in regions if query.region in ("", region)]
    wanted = Wanted(
        first=query.first,
        last=query.last,
        theme=query.theme,
        regions=None if sees_all and not query.region else tuple(asked),
        organization_id=None if sees_all or query.whole else by.organization_id,
        counts_providers=query.whole and not sees_all,
    )
    rows = list(rows_of(wanted))
    fewest = FEWEST_PROVIDERS if wanted.counts_providers else 0
    told = [row for row in rows if row.providers >= fewest]
    return Regions(
        query=query,
        currency=settings.CENTRE["CURRENCY"],
        cells=tuple(_cells(told)),
        is_withheld=len(told) < len(rows),
    )


def _cells(rows: Iterable[Row]) -> list[Cell]:
    found: dict[tuple[str, str, date], dict[str, Any]] = {}
    for row in rows:
        found.setdefault((row.region, row.theme, row.month), {}).update(row.sums)
    return [Cell(*key, Figures(**sums)) for key, sums in sorted(found.items(), key=itemgetter(0))]
