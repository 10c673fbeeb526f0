"""Chinese passports, ordinary and official, and others of the same form."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

# E and G mark ordinary passports; D, S and P official ones; 14 and 15 came before 2000.
NUMBER = r"(?:[EGDSPK][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[DSPK]E[0-9]{7}|1[45][0-9]{7}|MA[0-9]{7})"
ORDINARY = r"^(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7})$"
ISSUED = ("E", "G", "D", "S", "P", "K")
ANY = r"[A-Z][0-9]{8}|[0-9]{9}"


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    if column.counts_things:
        return False
    hits = hits.str.to_uppercase()
    # Codes of goods also are a letter and eight digits: they have one letter, which is not E or G.
    ordinary = hits.str.contains(ORDINARY).mean()
    letters = hits.str.extract("^([A-Z])").drop_nulls()
    kinds = letters.n_unique()
    issued = kinds >= 3 and bool(letters.is_in(ISSUED).all()) and len(letters) == len(hits)
    mixed = issued or (kinds >= 6 and len(letters) >= 0.3 * len(hits))
    return mixed or (isinstance(ordinary, float) and ordinary >= 0.4)


DETECTOR = Detector(
    kind="CN_PASSPORT",
    role="direct",
    pattern=rf"(?i:{NUMBER}|{ANY})",
    embedded=r"(?i:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7})",
    minimum_share=0.9,
    believed=_believed,
    certainty=0.8,
    headers=(
        "护照",
        "护照号",
        "护照号码",
        "passport",
        "passport number",
        "passport no",
        "huzhao",
        "huzhaohao",
        "hzh",
    ),
)
