"""Chinese postcodes."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

LEAST_ROWS, LEAST_VARIED, MOST_VARIED = 8, 4, 8
# No place's code begins so; a code of something else does, if only now and then.
NOWHERE, MOST_NOWHERE = r"^(?:00|08|09)", 0.012
# The first two digits that the post gives to provinces.
PLACED = "^(?:0[1-7]|1[0-35-6]|2[0-7]|3[0-6]|4[0-7]|5[1-7]|6[1-7]|7[1-5]|8[1345])"
DAY = r"^[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    # Any six digits look like one. Codes of other things show it: they count, or are days, or
    # all begin alike, or as no place's code does. Of the rest a postcode is taken to be likelier.
    if len(hits) < LEAST_ROWS or len(hits) < len(column.values) or column.is_serial:
        return False
    if _share(hits, DAY) > 0.9 or _share(hits, NOWHERE) > MOST_NOWHERE:
        return False
    varied = hits.str.head(2).n_unique()
    if varied >= LEAST_VARIED and _share(hits, PLACED) == 1.0:
        # Offices of few cities: many of their postcodes end in zeros.
        return _share(hits, "00$") >= 0.3 or hits.n_unique() >= 30
    return varied >= min(MOST_VARIED, LEAST_VARIED + len(hits) // 30)


def _share(hits: pl.Series, form: str) -> float:
    return int(hits.str.contains(form).sum()) / len(hits)


DETECTOR = Detector(
    kind="POSTCODE",
    role="quasi",
    pattern=r"[0-9]{6}",
    minimum_share=0.97,
    believed=_believed,
    certainty=0.5,
    headers=(
        "邮编",
        "邮政编码",
        "postcode",
        "post code",
        "postal code",
        "zip",
        "zipcode",
        "zip code",
        "youbian",
        "youzhengbianma",
        "=yb",
        "yzbm",
    ),
)
