"""Chinese mobile telephone numbers, by the numbering plan of the mainland."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

SEGMENT = r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])"
COUNTRY = r"(?:(?:\+|00)?86[- ]?|\(\+?86\)[- ]?)?"
NUMBER = rf"{COUNTRY}{SEGMENT}[- .]?[0-9]{{4}}[- .]?[0-9]{{4}}"


def _believed(column: SampledColumn, _hits: pl.Series) -> bool:
    return not column.counts_things


DETECTOR = Detector(
    kind="CN_MOBILE",
    role="direct",
    pattern=NUMBER,
    embedded=NUMBER,
    # Of random numbers that begin alike, four in five lie in a segment in use; of persons', all.
    likeness=r"(?:(?:\+|00)?86[- ]?|\(\+?86\)[- ]?)?[0-9]{3}[- .]?[0-9]{4}[- .]?[0-9]{4}",
    minimum_share=0.9,
    strict=True,
    believed=_believed,
    headers=(
        "手机",
        "手机号",
        "手机号码",
        "电话",
        "联系电话",
        "联系方式",
        "移动电话",
        "mobile",
        "mobile number",
        "mobile phone",
        "phone",
        "phone number",
        "telephone",
        "cellphone",
        "tel",
        "contact number",
        "shouji",
        "shoujihao",
        "shoujihaoma",
        "dianhua",
        "lianxidianhua",
        "lianxifangshi",
        "sjh",
        "lxdh",
        "=dh",
    ),
)
