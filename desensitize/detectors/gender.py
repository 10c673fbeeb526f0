"""Sex or gender."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

TOLD = r"(?i:男|女|男性|女性|男士|女士|先生|male|female|man|woman|m|f|boy|girl|nan|nv)"


def _believed(_column: SampledColumn, hits: pl.Series) -> bool:
    # “m” alone may be a size or a unit, “other” anything.
    told = hits.filter(hits.str.contains(f"^{TOLD}$")).str.to_lowercase()
    longest = told.str.len_chars().max()
    chinese = told.str.contains("[男女]").any()
    return told.n_unique() >= 2 or bool(chinese) or (isinstance(longest, int) and longest > 2)


DETECTOR = Detector(
    kind="GENDER",
    role="quasi",
    pattern=rf"(?:{TOLD}|(?i:未说明|未说明的性别|保密|其他|other|unknown|non-binary|u|x))",
    minimum_share=0.95,
    believed=_believed,
    headers=("性别", "sex", "gender", "xingbie", "xb"),
)
