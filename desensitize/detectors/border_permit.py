"""Permits for crossing between the mainland, Hong Kong, Macau and Taiwan."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    # A single letter before digits is as likely a code of something else.
    forms = hits.str.to_uppercase().str.extract("^([A-Z]{1,2})").n_unique()
    return forms >= 2 and not column.counts_things


DETECTOR = Detector(
    kind="BORDER_PERMIT",
    role="direct",
    # For mainlanders C, W and T; for people of Hong Kong and Macau H and M, with two digits for
    # how often it was issued anew.
    pattern=r"(?i:[CWTL][0-9]{8}|C[A-HJ-NP-Z][0-9]{7}|[HM][0-9]{8}(?:[0-9]{2})?)",
    minimum_share=0.95,
    minimum_distinct=5,
    believed=_believed,
    certainty=0.75,
    headers=(
        "港澳通行证",
        "通行证",
        "回乡证",
        "台胞证",
        "travel permit",
        "home return permit",
        "gangaotongxingzheng",
        "huixiangzheng",
        "taibaozheng",
    ),
)
