"""Count values into few labelled bins."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import floor, isfinite, log10

import polars as pl

MOST_BINS = 20
OTHERS = "…"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Widths of bins of moments in microseconds: powers of ten up to a second, then what clocks show,
# then a day and round numbers of them.
SECOND = 10**6
TIMES = (
    *(10.0**power for power in range(7)),
    *(SECOND * one for one in (5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 1800.0)),
    *(3600.0 * SECOND * one for one in (1.0, 3.0, 6.0, 12.0, 24.0)),
)
TINIEST = 1e-300
EARLIEST = (datetime.min.replace(tzinfo=UTC) - EPOCH) / timedelta(microseconds=1)

Histogram = tuple[tuple[str, int], ...]


def value_histogram(table: pl.LazyFrame, name: str) -> Histogram:
    """Count the most frequent values; what lies beyond 20 labels is counted under “…”."""
    counts = (
        table.select(pl.col(name).cast(pl.String).alias("label"))
        .filter(pl.col("label").is_not_null())
        .group_by("label")
        .agg(pl.len().alias("count"))
        .sort(["count", "label"], descending=[True, False])
        .collect(engine="streaming")
    )
    pairs = [(str(label), int(count)) for label, count in counts.iter_rows()]
    if len(pairs) > MOST_BINS:
        rest = sum(count for _, count in pairs[MOST_BINS - 1 :])
        pairs = [*pairs[: MOST_BINS - 1], (OTHERS, rest)]
    return tuple(pairs)


def number_histogram(
    table: pl.LazyFrame,
    name: str,
    dtype: pl.DataType,
    low: int | float | Decimal | date | datetime,
    high: int | float | Decimal | date | datetime,
    distinct: int,
) -> Histogram:
    """Count numbers, dates or moments into at most 20 bins of equal width.

    The label is the bin's lower edge, a round number; a column of few different values gets one
    bin a value. No bins where the numbers lie too far apart to be subtracted.
    """
    column = pl.col(name)
    if distinct <= MOST_BINS and not dtype.is_float():
        counts = table.filter(column.is_not_null()).group_by(column).agg(pl.len().alias("count"))
        rows = counts.sort(name).collect(engine="streaming").iter_rows()
        return tuple((str(value), int(count)) for value, count in rows)
    is_time = isinstance(low, date)
    numbers = column.cast(pl.Datetime("us")).cast(pl.Int64) if is_time else column
    numbers = numbers.cast(pl.Float64)
    start, end = _number(low), _number(high)
    if not isfinite(end - start):
        return ()
    # Edges are round numbers: taken from the values, they would tell the smallest and the largest.
    width = _width(start, end, is_whole=dtype.is_integer(), is_time=is_time)
    first = floor(start / width)
    count = floor(end / width) - first + 1
    bins = ((numbers / width).floor() - first).clip(0, count - 1).cast(pl.Int64)
    counted = (
        table.select(pl.when(numbers.is_finite()).then(bins).alias("bin"))
        .filter(pl.col("bin").is_not_null())
        .group_by("bin")
        .agg(pl.len().alias("count"))
        .sort("bin")
        .collect(engine="streaming")
    )
    found = {int(index): int(count) for index, count in counted.iter_rows()}
    return tuple(
        (_label((first + index) * width, low), found.get(index, 0)) for index in range(count)
    )


def _width(start: float, end: float, *, is_whole: bool, is_time: bool) -> float:
    """Return the smallest round width that parts all values into few enough bins."""
    least = (end - start) / MOST_BINS or abs(end) / MOST_BINS or 1.0
    if is_whole:
        # Bins of whole width, or else some would hold more different numbers than others.
        least = max(least, 1.0)
    widths = [one for one in TIMES if one >= least] if is_time else []
    unit = TIMES[-1] if is_time else 1.0
    power = floor(log10(max(least / unit, TINIEST)))
    widths += [unit * step * 10.0 ** (power + more) for more in range(3) for step in (1, 2, 5)]
    return next(
        one
        for one in widths
        if one >= least and floor(end / one) - floor(start / one) + 1 <= MOST_BINS
    )


def _number(value: int | float | Decimal | date | datetime) -> float:
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        return (moment - EPOCH) / timedelta(microseconds=1)
    if isinstance(value, date):
        return (value - EPOCH.date()) / timedelta(microseconds=1)
    return float(value)


def _label(edge: float, example: int | float | Decimal | date | datetime) -> str:
    if isinstance(example, date):
        moment = EPOCH + timedelta(microseconds=max(edge, EARLIEST))
        return (
            moment.strftime("%Y-%m-%d %H:%M:%S")
            if isinstance(example, datetime)
            else str(moment.date())
        )
    return f"{edge:.6g}"
