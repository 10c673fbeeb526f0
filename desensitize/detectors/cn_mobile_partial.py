"""Chinese mobile telephone numbers of which one digit is hidden or cut off."""

import polars as pl

from desensitize.detectors.cn_mobile import SEGMENT, are_of_many_networks
from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

MARK = r"[*#?•●○×_]"
# What is left of a segment in which one digit is hidden is a segment still in most cases.
MARKED_SEGMENT = rf"(?:{MARK}[3-9][0-9]|1{MARK}[0-9]|1[3-9]{MARK})"
AFTER = "|".join(rf"{SEGMENT}[0-9]{{{before}}}{MARK}[0-9]{{{7 - before}}}" for before in range(8))
MARKED = rf"{MARKED_SEGMENT}[0-9]{{8}}|{AFTER}"
SPACED = rf"{SEGMENT}[ ./-](?:[0-9]{{3}}{MARK}[ ./-][0-9]{{4}}|[0-9]{{4}}[ ./-][0-9]{{3}}{MARK})"
WITHOUT_LAST, WITHOUT_FIRST = rf"{SEGMENT}[0-9]{{7}}", rf"{SEGMENT[1:]}[0-9]{{8}}"
LEAST_SURE = 0.97


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    if int(hits.str.contains(MARK).sum()) >= len(hits) / 2:
        return True
    # Ten plain digits are many things: persons' numbers are mixed as those of the networks are.
    if column.counts_things or len(hits) < LEAST_SURE * len(column.values):
        return False
    for form, put_before in ((WITHOUT_LAST, ""), (WITHOUT_FIRST, "1")):
        share = int(hits.str.contains(f"^(?:{form})$").sum()) / len(hits)
        heads = (put_before + hits).str.head(2)
        if share >= LEAST_SURE and len(hits) >= LEAST_ROWS and are_of_many_networks(heads):
            return True
    return False


LEAST_ROWS = 5

DETECTOR = Detector(
    kind="CN_MOBILE_PARTIAL",
    role="direct",
    pattern=rf"(?:{MARKED}|{SPACED}|{WITHOUT_LAST}|{WITHOUT_FIRST})",
    embedded=rf"(?:{MARKED}|{SPACED})",
    edges="0-9A-Za-z*#?•●○×",
    minimum_share=0.9,
    strict=True,
    believed=_believed,
)
