"""Personal data inside longer texts."""

import polars as pl

from desensitize.detectors import (
    bank_card,
    cn_address,
    cn_id,
    cn_landline,
    cn_mobile,
    cn_officer,
    cn_passport,
    cn_plate,
    email,
    iban,
    phone,
    us_ssn,
)
from desensitize.detectors.cn_name import CUES, SURNAMES
from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

KIND = "FREE_TEXT_PII"
LEAST_LENGTH = 6
# What is left of a text without the numbers in it must still say something.
WORDS = r"[\u4e00-\u9fff]{2}|[A-Za-z]{3,}.*[^0-9A-Za-z].*[A-Za-z]{2,}"
CERTAIN = (
    cn_id.DETECTOR,
    email.DETECTOR,
    cn_mobile.DETECTOR,
    bank_card.DETECTOR,
    iban.DETECTOR,
)
LIKELY = (
    cn_landline.DETECTOR,
    phone.DETECTOR,
    us_ssn.DETECTOR,
    cn_plate.DETECTOR,
    cn_passport.DETECTOR,
    cn_officer.DETECTOR,
)
LEAST_CERTAIN, LEAST_LIKELY = 0.002, 0.05
CHANCE_ROWS, CHANCE_SHARE = 20, 0.5
NAMED = (
    rf"(?:{CUES})[:： 是为]{{0,3}}[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
    r"(?:[^\u4e00-\u9fff]|$|[的男女手身电住])"
    rf"|(?:^|[^\u4e00-\u9fff]|[由给向与和请为])[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐)"
    r"|\b(?:Mr|Mrs|Ms|Dr|Prof)\. ?[A-Z][a-z]+|[Mm]y name is [A-Z][a-z]+"
)

DETECTOR = Detector(
    kind=KIND,
    role="direct",
    # Never a whole value: `held_in` looks inside.
    pattern=r"[^\s\S]",
    needs_header=True,
)


def held_in(column: SampledColumn) -> tuple[str, float] | None:
    """Answer the kind that a column's texts hold most often, and the share of texts that do."""
    texts = column.values
    texts = texts.filter(texts.str.len_chars() >= LEAST_LENGTH)
    texts = texts.filter(texts.str.contains(WORDS))
    if not len(texts):
        return None
    found: dict[str, int] = {}
    total = pl.repeat(False, len(texts), eager=True)
    for detector in (*CERTAIN, *LIKELY):
        hits = detector.found_within(texts)
        count = int(hits.sum())
        least = LEAST_CERTAIN if detector.strict else LEAST_LIKELY
        if count and count >= least * len(texts) and not _by_chance(detector, texts, count):
            found[detector.kind] = count
            total |= hits
    for kind, hits in (
        ("CN_NAME", texts.str.contains(NAMED)),
        ("CN_ADDRESS", cn_address.DETECTOR.found_within(texts)),
    ):
        count = int(hits.sum())
        if count >= max(2, LEAST_LIKELY * len(texts)):
            found[kind] = count
            total |= hits
    if not found:
        return None
    return max(found, key=lambda kind: found[kind]), int(total.sum()) / len(column.values)


def _by_chance(detector: Detector, texts: pl.Series, count: int) -> bool:
    formed = int(detector.formed_within(texts).sum())
    return formed >= CHANCE_ROWS and count < CHANCE_SHARE * formed
