"""The regions' figures as rows for a spreadsheet."""

from collections.abc import Iterator

from marketplace.desk.region_pictures import month_text
from marketplace.desk.selectors.regions import NAMES, Regions


def table_rows(regions: Regions) -> Iterator[tuple[object, ...]]:
    """Yield one row a region, theme and month, with the figures' names as the API has them."""
    yield ("region", "theme", "month", *NAMES, "currency")
    for cell in regions.cells:
        figures = (getattr(cell.figures, name) for name in NAMES)
        yield (cell.region, cell.theme, month_text(cell.month), *figures, regions.currency)
