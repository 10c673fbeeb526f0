"""Read labels that show a part of a value."""

import polars as pl

from desensitize.attacks.readers import Reading

MARKS = r"[*＊•●■█✱…]"
LETTER_MARKS = r"[xX#?_]{2,}"
SEPARATORS = r"[\s\-_.,:;/\\()（）·'’]"
MOST_SHAPES = 64
MOST_LENGTHS = 8
LONGEST = 40
TRIED = 500


def folded(texts: pl.Series) -> pl.Series:
    """Return texts without case, width and separators."""
    if texts.str.contains(r"[^\x00-\x7F]").any():
        # Of ASCII it would be a copy that nobody needs.
        texts = texts.str.normalize("NFKC")
    return texts.str.to_lowercase().str.replace_all(SEPARATORS, "")


def read_folded(reading: Reading) -> None:
    """Read values that are written with other separators, width or case."""
    unread = reading.unread()
    match = reading.by_text(folded(reading.source.texts), unread, folded(reading.labels(unread)))
    if not (match.found & match.too_many).any():
        match.accept()


def read_partial(reading: Reading) -> None:
    """Read values with marks in place of some characters, as “138****1234”, “张*” or “J…”.

    Marks stand for as many characters where values of that length fit, else for any number.
    """
    unread = reading.unread()
    texts = reading.labels(unread).str.replace_all(MARKS, "*")
    runs = texts.str.contains(r"\*").fill_null(False)
    # Letters are marks only in runs, and only where no character of another kind is one.
    if not runs.any():
        texts = texts.str.replace_all(LETTER_MARKS, "**")
        runs = texts.str.contains(r"\*").fill_null(False)
        texts = reading.labels(unread).str.replace_all(r"[xX#?_]", "*")
    here = runs.to_numpy()
    shapes = texts.str.replace_all(r"[^*]", "k")
    common = shapes.filter(runs).value_counts(sort=True).head(MOST_SHAPES)
    for shape in common.to_series().to_list():
        chosen = here & (shapes == shape).fill_null(False).to_numpy()
        labels, shown = unread[chosen], texts.filter(pl.Series(chosen))
        if len(shape) <= LONGEST:
            strict = reading.by_text(_with_marks(reading.source.texts, shape), labels, shown)
            if strict.found.all():
                strict.accept()
                continue
        first = len(shape) - len(shape.lstrip("k"))
        last = len(shape) - len(shape.rstrip("k"))
        ends = _ends(reading.source.texts, first, last)
        reading.by_text(ends, labels, _ends(shown, first, last)).accept()


def read_cut(reading: Reading) -> None:
    """Read values of which some characters in a row were left out: 17 of 18 digits, a first letter.

    All labels of one length must fit the same way. A check digit that was cut off hides nothing:
    the other characters lead to the value.
    """
    unread = reading.unread()
    texts, values = folded(reading.labels(unread)), folded(reading.source.texts)
    lengths = texts.str.len_chars()
    if lengths.n_unique() > MOST_LENGTHS:
        return
    for length in lengths.drop_nulls().unique().to_list():
        chosen = (lengths == length).fill_null(False).to_numpy()
        labels, shown = unread[chosen], texts.filter(pl.Series(chosen))
        if not 0 < length <= LONGEST:
            continue
        for first in range(length, -1, -1):
            ends = _ends(values, first, length - first)
            marked = shown.str.head(first) + "*" + shown.str.slice(first)
            if not marked.head(TRIED).is_in(ends.drop_nulls().implode()).all():
                continue
            match = reading.by_text(ends, labels, marked)
            if match.holds:
                match.accept()
                break


def _with_marks(values: pl.Series, shape: str) -> pl.Series:
    """Put marks where the shape has them, in the values of its length."""
    pieces, start = [], 0
    while start < len(shape):
        end = start
        while end < len(shape) and shape[end] == shape[start]:
            end += 1
        if shape[start] == "*":
            pieces.append(pl.lit("*" * (end - start)))
        else:
            pieces.append(pl.col("").str.slice(start, end - start))
        start = end
    fits = pl.col("").str.len_chars() == len(shape)
    return values.to_frame("").select(pl.when(fits).then(pl.concat_str(pieces))).to_series()


def _ends(values: pl.Series, first: int, last: int) -> pl.Series:
    text = pl.col("")
    both = pl.concat_str(text.str.head(first), pl.lit("*"), text.str.tail(last))
    fits = text.str.len_chars() > first + last
    return values.to_frame("").select(pl.when(fits).then(both)).to_series()
