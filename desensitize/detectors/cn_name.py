"""Names of persons in Chinese characters."""

import re

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector
from desensitize.detectors.word_lists import any_of, words

SURNAMES = "".join(words("surnames"))
RARE = "".join(words("rare_surnames"))
COMPOUND = any_of("compound_surnames")
# Words for goods, places and things hold few of the characters that parents choose.
GIVEN = frozenset(words("given_name_characters"))
PLACES = "路街道巷省市县区镇乡村店部处厂"
CHINESE = "[\u4e00-\u9fff]"
FULL = rf"(?:(?:{COMPOUND}){CHINESE}{{1,2}}|[{SURNAMES}{RARE}] ?{CHINESE}(?: ?{CHINESE})?)"
# Peoples of the west and north part their names by a dot.
DOTTED = rf"{CHINESE}{{2,8}}[·•.]{CHINESE}{{2,8}}(?:[·•.]{CHINESE}{{2,8}})?"
LEAST_DISTINCT, MANY = 5, 20
CUES = "姓名|联系人|收件人|收货人|患者|病人|客户|申请人|当事人|业主|我叫|我是|本人"
TITLES = "先生|女士|小姐|同学|老师|医生"
BESIDE_GIVEN = re.compile(rf"(?:{TITLES})$|^(?:{COMPOUND})|^[{SURNAMES}{RARE}] ?")


def _is_chosen(given: str) -> bool:
    return "·" in given or all(character in GIVEN for character in given)


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    if column.distinct < min(LEAST_DISTINCT, max(2, len(column.values) // 3)):
        return False
    if int(hits.str.contains(f"[{PLACES}]$").sum()) > 0.25 * len(hits):
        return False
    names = hits.unique().to_list()[:500]
    held = sum(_is_chosen(BESIDE_GIVEN.sub("", name).replace(" ", "")) for name in names)
    # Few words that come again and again are likelier those of a list, and so are words most of
    # which begin with no frequent surname: many of the rare ones are everyday words, of two
    # characters mostly, as names are not.
    common = int(hits.str.contains(f"^(?:{COMPOUND}|[{SURNAMES}])|·").sum())
    if common < 0.5 * len(hits) and int((hits.str.len_chars() >= 3).sum()) < 0.5 * len(hits):
        return False
    is_plain = len(names) >= MANY and common >= 0.5 * len(hits)
    return held >= (0.5 if is_plain else 0.75) * len(names)


DETECTOR = Detector(
    kind="CN_NAME",
    role="direct",
    pattern=rf"(?:{FULL}|{DOTTED})(?:{TITLES})?",
    minimum_share=0.8,
    believed=_believed,
    certainty=0.88,
    headers=(
        "姓名",
        "名字",
        "联系人",
        "户主",
        "法人代表",
        "法定代表人",
        "收件人",
        "收货人",
        "客户姓名",
        "患者姓名",
        "=name",
        "full name",
        "real name",
        "person name",
        "contact name",
        "client name",
        "member name",
        "owner name",
        "student name",
        "employee name",
        "customer name",
        "patient name",
        "=person",
        "contact person",
        "xingming",
        "mingzi",
        "lianxiren",
        "xm",
        "lxr",
    ),
)
