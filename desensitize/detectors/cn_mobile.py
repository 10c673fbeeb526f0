"""Chinese mobile telephone numbers, by the numbering plan of the mainland."""

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector, glued_to_letters

SEGMENT = r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])"
COUNTRY = r"(?:(?:\+|00)?86[- ]?|\(\+?86\)[- ]?)?"
# Today's seconds since 1970 begin with 17; 18 and 19 are far ahead.
LEAST_HEADS, LATER_HEADS = 3, ("18", "19")
NUMBER = rf"{COUNTRY}{SEGMENT}[- ._/]?[0-9]{{4}}[- ._/]?[0-9]{{4}}"


def are_of_many_networks(heads: pl.Series) -> bool:
    """Return whether the first two digits of numbers are as mixed as those of persons' mobiles.

    Seconds since 1970 and numbers of orders begin alike, since they count.
    """
    return heads.n_unique() >= min(LEAST_HEADS, max(1, len(heads) // 3)) and bool(
        heads.is_in(LATER_HEADS).any()
    )


def _believed(column: SampledColumn, _hits: pl.Series) -> bool:
    return not column.counts_things


DETECTOR = Detector(
    kind="CN_MOBILE",
    role="direct",
    pattern=NUMBER,
    embedded=NUMBER,
    # Of random numbers that begin alike, four in five lie in a segment in use; of persons', all.
    likeness=r"(?:(?:\+|00)?86[- ]?|\(\+?86\)[- ]?)?[0-9]{3}[- ._/]?[0-9]{4}[- ._/]?[0-9]{4}"
    # Goods' numbers of thirteen digits begin with 86 now and then.
    r"|[0-9]{13}",
    glued=glued_to_letters(rf"(?:(?:00)?86)?{SEGMENT}[0-9]{{8}}"),
    glued_likeness=glued_to_letters(r"(?:(?:00)?86)?[0-9]{11}"),
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
