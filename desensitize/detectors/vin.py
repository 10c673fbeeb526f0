"""Vehicle identification numbers (ISO 3779; the check digit is of North America and GB 16735)."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
SIGN = "[A-HJ-NPR-Z0-9]"
LEAST_CHECKED, LEAST_LETTERED = 0.8, 0.9
# Europe asks for no check digit: makers' codes come again, and their descriptions hold letters.
MAKER, LETTERED = "^[A-HJ-NPR-Z1-9]{3}", r"^.{3,9}[A-HJ-NPR-Z]"
MOST_MAKERS, LEAST_ROWS = 0.5, 8


def is_vehicle_number(value: str) -> bool:
    """Return whether the ninth character is the check digit of the seventeen."""
    number = value.upper()
    numbers = [VALUES[one] if one in VALUES else int(one) for one in number]
    total = sum(map(int.__mul__, numbers, WEIGHTS))
    return number[8] == "0123456789X"[total % 11]


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    plain = hits.str.to_uppercase()
    if column.counts_things and plain.str.head(8).n_unique() < 2:
        return False
    checked = sum(map(is_vehicle_number, plain.to_list()))
    if checked >= LEAST_CHECKED * len(plain):
        return True
    if len(plain) < LEAST_ROWS:
        return False
    lettered = int((plain.str.contains(MAKER) & plain.str.contains(LETTERED)).sum())
    makers = plain.str.head(3).n_unique()
    return lettered >= LEAST_LETTERED * len(plain) and makers <= MOST_MAKERS * len(plain)


DETECTOR = Detector(
    kind="VIN",
    role="direct",
    pattern=rf"(?i:{SIGN}{{13}}[0-9]{{4}})",
    minimum_share=0.9,
    believed=_believed,
    certainty=0.85,
    headers=(
        "车架号",
        "车辆识别代号",
        "车辆识别代码",
        "vin",
        "vehicle identification number",
        "chassis number",
        "chassis no",
        "chejiahao",
    ),
)
