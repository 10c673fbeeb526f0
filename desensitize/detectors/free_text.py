"""Personal data inside longer texts."""

import polars as pl

from desensitize.detectors import (
    bank_card,
    cn_address,
    cn_id,
    cn_id_partial,
    cn_landline,
    cn_mobile,
    cn_mobile_partial,
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
    cn_id_partial.DETECTOR,
    email.DETECTOR,
    cn_mobile.DETECTOR,
    cn_mobile_partial.DETECTOR,
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
# No certain identifier goes without ten digits, an at sign or the head of an account number, in
# whatever width they are written; a hidden digit may be an x.
SUSPICIOUS = (
    r"[@\x{ff20}]|(?:\d[^0-9A-WYZa-wyz]{0,2}){10}"
    r"|[A-Za-z\x{ff21}-\x{ff5a}]{2}\d{2}(?:[^\pL\d]?[\pL\d]{4}){2}"
)
LEAST_CERTAIN, LEAST_LIKELY = 0.002, 0.05
CHANCE_ROWS, CHANCE_SHARE = 20, 0.5
MOBILE, LONGEST, LEAST_ROWS, LEAST_VARIED = 11, 40, 20, 0.5
BETWEEN = cn_id.SEPARATORS.pattern
PARTED = rf"^[0-9](?:{BETWEEN}{{0,2}}[0-9Xx]){{10,17}}$"
LEAST_PARTED = 0.9
NAMED = (
    rf"(?:{CUES})[:： 是为]{{0,3}}[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
    r"(?:[^\u4e00-\u9fff]|$|[的男女手身电住])"
    rf"|(?:^|[^\u4e00-\u9fff]|[由给向与和请为])[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|小姐)"
    # As programs write what they pass on.
    rf"|(?i:name|xingming|xm)[\"']? ?[:=] ?[\"']?[{SURNAMES}][\u4e00-\u9fff]{{1,2}}"
    r"(?:[^\u4e00-\u9fff]|$)"
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
    """Return the kind that a column's texts hold most often, and the share of texts that do."""
    texts = column.values
    texts = texts.filter(texts.str.len_chars() >= LEAST_LENGTH)
    texts = texts.filter(texts.str.contains(WORDS))
    if not len(texts):
        return None
    found: dict[str, int] = {}
    total = pl.repeat(False, len(texts), eager=True)
    for detector in (*CERTAIN, *LIKELY):
        hits = detector.found_within(texts) | detector.found_glued(texts)
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


def glued_in(column: SampledColumn) -> tuple[str, float] | None:
    """Return the kind that values hold beside other signs, and the share of them that do.

    Two numbers with a stroke between them, a number behind `ID:` or glued to letters, what a
    program wrote around it, numbers of one length in which a telephone number has its place.
    """
    values = column.values.filter(column.values.str.contains(SUSPICIOUS))
    found: dict[str, int] = {}
    for detector in CERTAIN if len(values) else ():
        hits = detector.found_within(values)
        formed = int((detector.formed_within(values) | detector.alike(values)).sum())
        if int(hits.sum()) < (CHANCE_SHARE if detector.check else detector.minimum_share) * formed:
            hits = pl.repeat(False, len(values), eager=True)
        hits |= detector.found_glued(values)
        count = int(hits.sum())
        if count and (detector.believed is None or detector.believed(column, values.filter(hits))):
            found[detector.kind] = count
    if not found and _runs_on_with_mobile(column):
        found["CN_MOBILE"] = len(column.values)
    if not found:
        found = _spread(column.values)
    if not found:
        return None
    kind = max(found, key=lambda one: found[one])
    share = found[kind] / len(column.values)
    return (kind, share) if share >= LEAST_CERTAIN else None


def _spread(values: pl.Series) -> dict[str, int]:
    """Count the values that are numbers of persons once the signs between digits are left out.

    `1 3 8 0 3 8 7 6 3 0 1` and `138 038 76301` are a telephone number as much as `138 0387 6301`.
    """
    parted = values.filter(values.str.contains(PARTED))
    if len(parted) < LEAST_PARTED * len(values):
        return {}
    bare = parted.str.replace_all(BETWEEN, "")
    found: dict[str, int] = {}
    identities = int(cn_id.DETECTOR.matches(bare).sum())
    mobiles = bare.filter(cn_mobile.DETECTOR.matches(bare))
    if identities >= CHANCE_SHARE * len(bare):
        found[cn_id.DETECTOR.kind] = identities
    elif len(mobiles) >= LEAST_PARTED * len(bare) and (
        cn_mobile.are_of_many_networks(mobiles.str.head(2))
        and mobiles.n_unique() >= LEAST_VARIED * len(mobiles)
    ):
        found[cn_mobile.DETECTOR.kind] = len(mobiles)
    return found


def _runs_on_with_mobile(column: SampledColumn) -> bool:
    """Return whether all values are digits of one length, with a mobile number at one place."""
    values = column.values
    lengths = values.str.len_chars().unique()
    if len(values) < LEAST_ROWS or len(lengths) > 1 or column.counts_things:
        return False
    length = lengths.item()
    if not MOBILE < length <= LONGEST or not values.str.contains("^[0-9]+$").all():
        return False
    for start in range(length - MOBILE + 1):
        part = values.str.slice(start, MOBILE)
        if part.str.contains(f"^{cn_mobile.SEGMENT}").all():
            heads, numbers = part.str.head(2), part.str.tail(MOBILE - 3)
            varied = numbers.n_unique() >= LEAST_VARIED * len(numbers)
            if varied and cn_mobile.are_of_many_networks(heads):
                return True
    return False


def _by_chance(detector: Detector, texts: pl.Series, count: int) -> bool:
    formed = int(detector.formed_within(texts).sum())
    return formed >= CHANCE_ROWS and count < CHANCE_SHARE * formed
