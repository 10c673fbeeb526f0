"""The regions' figures as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io

from marketplace.desk.region_pictures import month_text
from marketplace.desk.selectors.regions import NAMES, Regions

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"


def table_text(regions: Regions) -> str:
    """Write one line a region, theme and month, with the figures' names as the API has them.

    The mark in front lets spreadsheets read it as UTF-8.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["region", "theme", "month", *NAMES, "currency"])
    for cell in regions.cells:
        figures = [getattr(cell.figures, name) for name in NAMES]
        writer.writerow(
            [_plain(cell.region), cell.theme, month_text(cell.month), *figures, regions.currency]
        )
    return BYTE_ORDER_MARK + text.getvalue()


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking what somebody typed for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
