"""What the page of a dataset's quality shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.catalog.quality.models import QualityCheck
from marketplace.catalog.quality.presentation import CHARACTERISTIC_LABELS, ResultLine, line_of
from marketplace.catalog.quality.selectors import characteristics_of


@dataclass(frozen=True)
class CheckView:
    check: QualityCheck
    lines: list[ResultLine]
    characteristics: list[tuple[str, float]]


def check_views(checks: Sequence[QualityCheck], *, is_own: bool) -> list[CheckView]:
    """Return checks as a page shows them; the rows that fail are for officers of the holder."""
    views = []
    for check in checks:
        results = sorted(check.results.all(), key=lambda row: row.position)
        views.append(
            CheckView(
                check,
                [line_of(result, is_own=is_own) for result in results],
                [
                    (str(CHARACTERISTIC_LABELS[one.code]), float(one.share))
                    for one in characteristics_of(check, results)
                ],
            )
        )
    return views
