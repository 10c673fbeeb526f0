"""Names of persons in Chinese characters beside something else, where nothing announces them."""

from desensitize.detectors.cn_name_in_text import names_in
from desensitize.detectors.column import SampledColumn

HAN = r"[\u4e00-\u9fff]{2}"
LEAST_SHARE, LEAST_VARIED = 0.5, 0.3
LEAST_NAMES, LEAST_SURNAMES = 10, 4


def names_beside(column: SampledColumn) -> float | None:
    """Return the share of a column's values that hold a name, None where few do.

    An age or another name behind it, what a program wrote around it, a sentence that begins with
    it. Words that are taken for a name begin with few surnames, and come again and again.
    """
    texts = column.values.filter(column.values.str.contains(HAN)).to_list()
    if len(texts) < LEAST_SHARE * len(column.values):
        return None
    named = [[text[start:stop] for start, stop in names_in(text)] for text in texts]
    holding = sum(bool(one) for one in named)
    names = {name for one in named for name in one}
    if holding < LEAST_SHARE * len(column.values):
        return None
    if len(names) < max(LEAST_NAMES, LEAST_VARIED * holding):
        return None
    if len({name[0] for name in names}) < LEAST_SURNAMES:
        return None
    return holding / len(column.values)
