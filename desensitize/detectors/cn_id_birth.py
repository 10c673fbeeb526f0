"""Place and day of birth, which is left of identity numbers whose last digits are hidden."""

import polars as pl

from desensitize.detectors.cn_id import PROVINCES, SEPARATORS, is_birth
from desensitize.detectors.cn_id_partial import MARK
from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

LEAST_YEARS = 10


def is_place_and_birth(value: str) -> bool:
    """Return whether fourteen digits are a place of the mainland and a day."""
    digits = SEPARATORS.sub("", value)
    return digits[:2] in PROVINCES and is_birth(digits[6:14])


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    years = hits.str.replace_all(SEPARATORS.pattern, "").str.slice(6, 4)
    # Numbers of orders begin with few days; births lie decades apart.
    return not column.counts_things and years.n_unique() >= min(LEAST_YEARS, max(2, len(hits) // 3))


DETECTOR = Detector(
    kind="CN_ID_BIRTH",
    role="quasi",
    pattern=rf"[1-8][0-9]{{5}}[ ./-]?(?:18|19|20)[0-9]{{6}}(?:[ ./-]?{MARK}{{3,4}}[0-9Xx]?)?",
    check=is_place_and_birth,
    believed=_believed,
    category=True,
    minimum_share=0.9,
    certainty=0.8,
)
