"""Names of persons in Latin letters: English, and Chinese in pinyin."""

import re

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector
from desensitize.detectors.pinyin import SURNAMES, SYLLABLE
from desensitize.detectors.word_lists import words

WORD = r"[A-Z][A-Za-z\x{c0}-\x{24f}]*(?:['’-][A-Z]?[A-Za-z\x{c0}-\x{24f}]+)*\.?"
WORD = WORD.replace("\\x{c0}", "\u00c0").replace("\\x{24f}", "\u024f")
LOWER = r"[a-z]{2,}(?:['’-][a-z]+)?(?: [a-z][a-z'’.-]*){1,3}"
PARTICLE = "de|da|van|von|der|del|la|bin|al"
WESTERN = rf"{WORD}(?: (?:{WORD}|{PARTICLE})){{1,4}}|{WORD}, {WORD}(?: {WORD}){{0,2}}"
LEAST_DISTINCT, MANY = 5, 20
SURNAME = "|".join(sorted(SURNAMES, key=len, reverse=True))
GIVEN = rf"{SYLLABLE}(?:[-' ]?{SYLLABLE})?"
PINYIN = rf"(?i:(?:{SURNAME}),? {GIVEN}|{GIVEN} (?:{SURNAME})|(?:{SURNAME}){GIVEN})"
FIRST = frozenset(name.lower() for name in words("english_given_names"))
LAST = frozenset(name.lower() for name in words("english_surnames"))
# Words of goods, colours and offices that are names too: alone they prove nothing.
COMMON = frozenset(words("english_common_words"))
PERSONAL_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ")
SPELLED_PINYIN = re.compile(PINYIN)


def _is_person(name: str) -> bool:
    if PERSONAL_TITLE.match(name) or SPELLED_PINYIN.fullmatch(name):
        return True
    words = [word.strip(".,").lower() for word in name.replace("-", " ").split()]
    known = [word for word in words if word in FIRST or word in LAST]
    if len(known) < 2:
        return bool(known) and (known[0] in FIRST and known[0] not in COMMON) and len(words) <= 3
    return any(word not in COMMON for word in known)


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    if column.distinct < min(LEAST_DISTINCT, max(2, len(column.values) // 3)):
        return False
    names = [str(name) for name in hits.unique().to_list()[:300]]
    # Few words, or single ones, are likelier those of a list: places, brands, colours.
    alone = sum(" " not in name for name in names) > len(names) / 2
    least = 0.85 if alone else 0.6 if len(names) >= MANY else 0.7
    return sum(map(_is_person, names)) >= least * len(names)


DETECTOR = Detector(
    kind="EN_NAME",
    role="direct",
    pattern=rf"(?:{WESTERN}|{PINYIN}|{LOWER}|{WORD})",
    minimum_share=0.8,
    believed=_believed,
    certainty=0.85,
    headers=(
        "英文名",
        "英文姓名",
        "拼音姓名",
        "姓名拼音",
        "first name",
        "last name",
        "surname",
        "given name",
        "english name",
        "pinyin name",
        "name pinyin",
        "yingwenming",
        "xingmingpinyin",
    ),
)
