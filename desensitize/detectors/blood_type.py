"""Blood types: health data, sensitive personal information (GB/T 45574-2025)."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector


def _believed(_column: SampledColumn, hits: pl.Series) -> bool:
    # Marks go from A on, too; only blood types have O and AB beside A and B.
    types = set(hits.str.to_uppercase().str.extract("^(AB|A|B|O)").drop_nulls().to_list())
    spelled = hits.str.contains("型|[+-]|(?i)Rh").mean()
    return {"O", "AB"} <= types or (isinstance(spelled, float) and spelled >= 0.5)


DETECTOR = Detector(
    kind="BLOOD_TYPE",
    role="sensitive",
    pattern=r"(?i:AB|A|B|O)(?:型?(?:血|[+-]|Rh[+-]|[(](?:Rh)?[+-][)])?| ?(?i:Rh)[+-])",
    minimum_share=0.95,
    minimum_distinct=2,
    believed=_believed,
    headers=("血型", "blood type", "blood group", "xuexing"),
)
