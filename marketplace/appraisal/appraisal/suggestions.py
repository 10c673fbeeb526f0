"""What a new valuation begins with: lives from the right, and past trades to compare with."""

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.appraisal.appraisal.models import Comparable, Method
from marketplace.appraisal.appraisal.selectors import Basis
from marketplace.appraisal.appraisal.valuing import remaining_years, whole_years
from marketplace.appraisal.known_cost.selectors import known_direct
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock

# Which past trades are near to what is valued.

MOST = 6
DAYS_BACK = 3 * 366
"""Older prices say little of today's."""


def comparables_for(version: DatasetVersion, *, on: date, most: int = MOST) -> list[Comparable]:
    """Return the newest past trades of the same theme, those of the same kind of asset first.

    Where the theme has too few, the newest of the same kind of asset follow.
    """
    dataset = version.dataset
    recent = _recent(on)
    of_theme = recent.filter(theme=dataset.theme)
    found = list(of_theme.filter(asset_kind=dataset.asset_kind)[:most])
    for others in (
        of_theme.exclude(asset_kind=dataset.asset_kind),
        recent.filter(asset_kind=dataset.asset_kind).exclude(theme=dataset.theme),
    ):
        if len(found) < most:
            found += others[: most - len(found)]
    return found


def _recent(on: date) -> QuerySet[Comparable]:
    return Comparable.objects.filter(
        price__gt=0,
        currency=settings.CENTRE["CURRENCY"],
        settled_on__gt=on - timedelta(days=DAYS_BACK),
        settled_on__lte=on,
    )


PLACES = Decimal("0.0001")
LONGEST_SOURCE = 200


def suggested(basis: Basis) -> dict[str, dict[str, Any]]:
    """Return what the form of each approach shows at first."""
    certificate = basis.certificate
    right = _("Certificate %(number)s, valid until %(day)s") % {
        "number": certificate.number,
        "day": certificate.valid_until.isoformat(),
    }
    remaining = remaining_years(certificate.valid_until, clock.today())
    cost: dict[str, Any] = {
        "remaining_life_years": remaining,
        "remaining_life_years_source": right,
        "total_life_years": whole_years(certificate.valid_from, certificate.valid_until),
        "total_life_years_source": right,
    }
    known = known_direct(basis.dataset.pk, settings.CENTRE["CURRENCY"])
    if known is not None:
        cost |= {"direct": known.amount, "direct_source": known.source[:LONGEST_SOURCE]}
    income = {
        "income_rights": "operate" if "operate" in certificate.rights else "use",
        "legal_term": remaining,
        "legal_term_source": right,
        "convention": "mid",
        "flow_basis": "post_tax",
        "rate_basis": "post_tax",
    }
    return {Method.COST: cost, Method.INCOME: income, Method.MARKET: _past_trades(basis)}


def _past_trades(basis: Basis) -> dict[str, Any]:
    """Propose the centre's own nearest trades, with what was measured of each."""
    version = basis.version
    values: dict[str, Any] = {}
    found = comparables_for(version, on=clock.today())
    for place, one in enumerate(found, start=1):
        values[f"price_{place}"] = one.price
        if one.quality:
            values[f"quality_{place}"] = one.quality
        if one.rows and version.rows:
            capacity = (Decimal(version.rows) / Decimal(one.rows)).quantize(PLACES)
            values[f"capacity_{place}"] = max(capacity, PLACES)
        values[f"share_{place}"] = _share(place, len(found))
        values[f"source_{place}"] = _(
            "Trade of this centre: %(theme)s, %(rows)d rows, settled on %(day)s"
        ) % {
            "theme": one.get_theme_display(),
            "rows": one.rows,
            "day": one.settled_on.isoformat(),
        }
    return values


def _share(place: int, count: int) -> Decimal:
    """Share 1 evenly to four places; the first takes what is left over."""
    even = (Decimal(1) / count).quantize(PLACES, rounding=ROUND_FLOOR)
    return Decimal(1) - even * (count - 1) if place == 1 else even
