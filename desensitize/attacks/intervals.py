"""Read labels that are intervals of numbers, or periods of dates."""

from calendar import monthrange
from datetime import date

import numpy as np
import polars as pl

from desensitize.attacks.readers import Reading
from desensitize.attacks.values import Booleans, Floats

EPOCH = date(1970, 1, 1).toordinal()
DAY = r"\d{4}-\d{1,2}-\d{1,2}"
NUMBER = r"[-+−]?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+|inf(?:inity)?|∞)"
BRACKETS = (
    rf"^\s*([\[(（【\]])\s*({NUMBER}|{DAY})?\s*[,;，；]\s*({NUMBER}|{DAY})?\s*([\])）】\[])\s*$"
)
DASH = (
    rf"^\s*({DAY}|{NUMBER})\s*(?:-|–|—|~|～|至|到|to|\.\.\.?|…)\s*({DAY}|{NUMBER})\s*(?:\D{{0,8}})$"
)
LEAST = (
    rf"^\s*(?:(≥|>=|from|at least|>|＞|over|above|大于)\s*({NUMBER})|"
    rf"({NUMBER})\s*(?:\D{{0,3}})"
    r"(?:\+|and (?:over|older|more|above)|or (?:more|older)|及?以上))\s*$"
)
MOST = (
    rf"^\s*(?:(≤|<=|up to|at most|<|＜|under|below|小于)\s*({NUMBER})|"
    rf"({NUMBER})\s*(?:\D{{0,3}})(?:and (?:under|younger|less|below)|or less|及?以下))\s*$"
)
STRICT = (">", "＞", "over", "above", "大于", "<", "＜", "under", "below", "小于")
PERIODS = (
    ("%Y", r"^\d{4}$"), ("%Y", r"^\d{4}年$"), ("%Y-%m", r"^\d{4}-\d{2}$"),
    ("%Y/%m", r"^\d{4}/\d{2}$"), ("%Y%m", r"^\d{6}$"), ("%Y年%m月", r"^\d{4}年\d{2}月$"),
    ("%Y年%-m月", r"^\d{4}年\d{1,2}月$"), ("%Y-%m-01", r"^\d{4}-\d{2}-01$"),
    ("%Y-01-01", r"^\d{4}-01-01$"), ("%b %Y", r"^[A-Z][a-z]{2} \d{4}$"),
)  # fmt: skip


def read_bounds(reading: Reading) -> None:
    """Read intervals such as “[20, 40)”, “20–39”, “≥ 90” and “90+”, of numbers or of days."""
    days = reading.days()
    axis = reading.numbers if days is None else days
    if not np.isfinite(axis).any():
        return
    unread = reading.unread()
    texts = reading.labels(unread)
    parts = texts.str.extract_groups(BRACKETS)
    left, low, high, right = (parts.struct.field(str(number)) for number in range(1, 5))
    hit = left.is_not_null().to_numpy()
    # An empty end is open: “(, 20]”.
    start, end = _bound(low, -np.inf), _bound(high, np.inf)
    _put(reading, unread, hit, start, end, left.is_in(list("(（]")), right.is_in(list(")）[")))
    unread = reading.unread()
    parts = reading.labels(unread).str.extract_groups(DASH)
    low, high = parts.struct.field("1"), parts.struct.field("2")
    # “20-39” of finer numbers reaches to where “40-59” begins.
    finer = not np.all(np.equal(np.mod(axis[np.isfinite(axis)], 1), 0))
    unit = 10.0 ** -high.str.extract(r"\.(\d+)$").str.len_chars().fill_null(0).to_numpy()
    start, end = _bound(low, -np.inf), _bound(high, np.inf)
    hit = (low.is_not_null().to_numpy()) & (start <= end)
    if days is not None:
        start, end = _years(start, low, last=False), _years(end, high, last=True)
    _put(reading, unread, hit, start, end + (unit if finer else 0.0), False, finer)
    for pattern, side in ((LEAST, "low"), (MOST, "high")):
        unread = reading.unread()
        parts = reading.labels(unread).str.extract_groups(pattern)
        sign, one, other = (parts.struct.field(str(number)) for number in range(1, 4))
        bound = one.fill_null(other)
        hit, at = bound.is_not_null().to_numpy(), _bound(bound, np.nan)
        strict = sign.is_in(STRICT)
        infinite = np.full(len(at), np.inf)
        if side == "low":
            _put(reading, unread, hit, at, infinite, strict, False)
        else:
            _put(reading, unread, hit, -infinite, at, False, strict)


def read_periods(reading: Reading) -> None:
    """Read months, quarters, years and decades, when the source's values are dates."""
    days = reading.days()
    if days is None:
        return
    known = pl.Series(days, nan_to_null=True).cast(pl.Int32).cast(pl.Date)
    year = known.dt.year().cast(pl.String)
    quarter = known.dt.quarter().cast(pl.String)
    derived = {
        r"^\d{4}-?Q\d$": year + "Q" + quarter,
        r"^\d{4}年?第?\d季度$": year + "Q" + quarter,
        r"^\d{3}0s$": year.str.head(3) + "0s",
        r"^\d{3}0年代$": year.str.head(3) + "0s",
        **{form: known.dt.strftime(order) for order, form in PERIODS},
    }
    for form, lifted in derived.items():
        unread = reading.unread()
        if not len(unread):
            return
        texts = reading.labels(unread)
        here = texts.str.contains(form).fill_null(False).to_numpy()
        labels, shown = unread[here], texts.filter(pl.Series(here))
        if "Q" in form or "季" in form:
            shown = shown.str.replace(r"^(\d{4})\D*(\d).*$", "${1}Q${2}")
        elif "0s" in form or "年代" in form:
            shown = shown.str.replace("年代", "s")
        elif form.endswith("年$"):
            shown = shown.str.strip_suffix("年")
        match = reading.by_text(lifted, labels, shown)
        if not (match.found & match.too_many).any():
            match.accept()


def _put(
    reading: Reading, unread: np.ndarray[tuple[int], np.dtype[np.int64]], hit: Booleans,
    low: Floats, high: Floats, open_low: pl.Series | bool, open_high: pl.Series | bool,
) -> None:  # fmt: skip
    if not hit.any():
        return

    def sides(flags: pl.Series | bool) -> Booleans | bool:
        return flags if isinstance(flags, bool) else flags.fill_null(False).to_numpy()[hit]

    days = reading.days()
    reading.by_interval(
        unread[hit], low[hit], high[hit], reading.numbers if days is None else days,
        open_low=sides(open_low), open_high=sides(open_high),
    )  # fmt: skip


def _bound(texts: pl.Series, missing: float) -> Floats:
    shown = texts.str.replace("−", "-").str.replace("∞", "inf")
    days = shown.str.to_date("%Y-%m-%d", strict=False).dt.epoch("d").cast(pl.Float64)
    numbers = shown.cast(pl.Float64, strict=False)
    return days.fill_null(numbers).fill_null(missing).to_numpy().astype(np.float64)


def _years(bounds: Floats, texts: pl.Series, *, last: bool) -> Floats:
    """Turn bounds that are years into their first or last days."""
    answer = bounds.copy()
    for place in np.flatnonzero(texts.str.contains(r"^\d{4}$").fill_null(False).to_numpy()):
        year = int(bounds[place])
        month, day = (12, monthrange(year, 12)[1]) if last else (1, 1)
        if 1 <= year <= 9999:
            answer[place] = date(year, month, day).toordinal() - EPOCH
    return answer
