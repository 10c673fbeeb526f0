"""The one quality coefficient of a valuation: what was measured of the version, and never typed.

Each characteristic of GB/T 36344 counts as its worst rule has found it, and the lowest one is the
coefficient: a mean would rise with every rule that nothing can fail. A version counts for no more
than the data that it was made from, since what was wrong there a mask only hides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.utils.translation import gettext as _

from marketplace.appraisal.appraisal.limits import invalid
from marketplace.appraisal.appraisal.models import Method
from marketplace.catalog.lineage.selectors import origins_above
from marketplace.catalog.quality.selectors import PLACES, characteristics_of, newest_check
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Invalid
from marketplace.core.bounds import decimal_of
from marketplace.preparation.column.selectors import findings_of

COEFFICIENT = "quality_coefficient"
ADJUSTMENT = "quality"
"""By what a past trade is made like the data, in the market approach."""
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    Method.COST: ("quality",),
    Method.INCOME: ("delta", "quality_factor"),
}
"""What else the library takes for the coefficient, by approach."""


@dataclass(frozen=True)
class MeasuredQuality:
    """The lowest characteristic that was measured, as a share, of the version of a number."""

    share: Decimal
    characteristic: str
    number: int

    @property
    def source(self) -> str:
        """Say where the figure comes from, in no language: it is kept, and read in each."""
        return f"GB/T 36344 · v{self.number}"


def measured_quality(version: DatasetVersion) -> MeasuredQuality | None:
    """Return what was measured of a version and of its source; None where nothing was.

    Of a model it is what was measured of the data that it was trained on.
    """
    version, found = _data_of(version), []
    completeness = completeness_of(version)
    if completeness is not None:
        found.append(MeasuredQuality(completeness, "completeness", version.source.number))
    for one in (version, version.parent):
        check = newest_check(one) if one is not None else None
        if one is not None and check is not None:
            found += [
                MeasuredQuality(measured.share, measured.code, one.number)
                for measured in characteristics_of(check)
            ]
    return min(found, key=lambda one: one.share, default=None)


def _data_of(version: DatasetVersion) -> DatasetVersion:
    if not version.is_model:
        return version
    above = [one.upstream_version for one in origins_above(version.dataset_id)]
    return next((one for one in above if one is not None), version)


def completeness_of(version: DatasetVersion) -> Decimal | None:
    """Return the share of filled cells in the profile of a version's source; None without one.

    The profile counts rows, empty cells and codes for what is not known a column, as they came in.
    """
    profiles = [finding.profile for finding in findings_of(version.source)]
    cells: int = sum(profile["rows"] for profile in profiles)
    if not cells:
        return None
    # Profiles from before such codes were counted hold none.
    empty: int = sum(profile["nulls"] + profile.get("unknown", 0) for profile in profiles)
    return (Decimal(cells - empty) / cells).quantize(PLACES, ROUND_FLOOR)


def with_measured(
    method: str, inputs: Mapping[str, object], quality: MeasuredQuality | None
) -> dict[str, object]:
    """Return the inputs of an approach with the measured coefficient in place of any other.

    The cost approach always counts quality; the income approach where it is asked to; the market
    approach beside the quality of what was traded.

    Raises:
        Invalid: another coefficient is given (`quality-typed`), quality counts and was never
            measured (`quality-unmeasured`), or that of a trade is no share (`quality-share`).
    """
    given = dict(inputs)
    if method == Method.MARKET:
        return _beside_trades(given, quality)
    if method not in OTHER_NAMES:
        return given
    names = (COEFFICIENT, *OTHER_NAMES[method])
    typed = [given.pop(name) for name in names if name in given]
    if method == Method.INCOME and not typed:
        return given
    if quality is None:
        raise _unmeasured(COEFFICIENT)
    if any(not _is_same(one, quality.share) for one in typed):
        raise _refused(COEFFICIENT, quality)
    sources = given.get("sources", {})
    if isinstance(sources, Mapping):
        given["sources"] = {**sources, COEFFICIENT: quality.source}
    return {**given, COEFFICIENT: str(quality.share)}


def _beside_trades(given: dict[str, object], quality: MeasuredQuality | None) -> dict[str, object]:
    """Compare each past trade by the measured quality over that of what was traded.

    Data of a trade whose quality is not told counts as faultless, so that nobody gains by silence.
    """
    sources = dict(told) if isinstance(told := given.get("sources", {}), Mapping) else None
    trades = given.get("comparables")
    if isinstance(trades, list | tuple):
        given["comparables"] = [
            _compared(trade, f"comparables[{place}].", quality, sources)
            for place, trade in enumerate(trades, start=1)
        ]
    elif trades is None:
        given = _compared(given, "", quality, sources)
    return given if sources is None else {**given, "sources": sources}


def _compared(
    trade: Any, prefix: str, quality: MeasuredQuality | None, sources: dict[str, object] | None
) -> Any:
    if not isinstance(trade, Mapping):
        return trade
    within = trade.get("coefficients")
    if isinstance(within, Mapping):
        held = _compared(within, f"{prefix}coefficients.", quality, sources)
        return {**trade, "coefficients": held}
    name = f"{prefix}{ADJUSTMENT}"
    if quality is None:
        raise _unmeasured(ADJUSTMENT)
    scores = trade.get(ADJUSTMENT, {})
    if not isinstance(scores, Mapping) or not _is_same(
        scores.get("subject", quality.share), quality.share
    ):
        raise _refused(ADJUSTMENT, quality)
    traded = scores.get("comparable", "1")
    if not _is_share(traded):
        raise invalid(
            ADJUSTMENT,
            _("The quality of what was traded is a share: give a number above 0 and at most 1."),
            code="quality-share",
        )
    if sources is not None:
        sources[f"{name}.subject"] = quality.source
        if price := sources.get(f"{prefix.removesuffix('coefficients.')}price"):
            sources.setdefault(f"{name}.comparable", price)
    compared = {**scores, "subject": str(quality.share), "comparable": str(traded)}
    return {**trade, ADJUSTMENT: compared}


def _unmeasured(field: str) -> Invalid:
    return invalid(
        field,
        _(
            "The quality of this version was never measured, so it counts for nothing. Have "
            "its columns profiled, or set quality rules, and value it then."
        ),
        code="quality-unmeasured",
    )


def _refused(field: str, quality: MeasuredQuality) -> Invalid:
    return invalid(
        field,
        _(
            "The quality coefficient is the measured one, %(measured)s, and none that is "
            "typed. Leave it out."
        )
        % {"measured": quality.share},
        code="quality-typed",
    )


def _is_share(typed: object) -> bool:
    try:
        return 0 < decimal_of(typed) <= 1
    except ValueError:
        return False


def _is_same(typed: object, measured: Decimal) -> bool:
    try:
        return decimal_of(typed) == measured
    except ValueError:
        return False
