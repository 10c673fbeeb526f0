"""What a sample shows of texts: no more than what several rows share.

Masks overlook some names inside texts, above all rare ones, and everybody reads a sample. What few
rows share could be such a name, whatever it looks like; what many share names nobody.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

LEAST_SHARED = 5
"""As of the spread of a column: what fewer rows share is not shown by itself."""
LEAST_WORDS = 5
"""A text says at least so much; codes, names and days say less."""
LEFT_OUT = "…"
HAN = "\u3400-\u9fff"
PIECE = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
WORD = re.compile(rf"[{HAN}]{{2}}|[^\W\d_{HAN}]{{2,}}")


def are_texts(values: Sequence[str | None]) -> bool:
    """Return whether the values of a column are texts of several words, most of them different."""
    said = [value for value in values if value]
    if not said or len(set(said)) < len(said) / 2:
        return False
    return median(len(WORD.findall(value)) for value in said) >= LEAST_WORDS


def what_is_shared(texts: Sequence[str | None]) -> list[str | None]:
    """Return texts without the words that fewer than `LEAST_SHARED` of them have.

    Chinese has no blanks between words, so there it is every two characters beside each other.
    """
    rows = Counter(
        piece for text in texts if text for piece in {piece for _at, _to, piece in _pieces(text)}
    )
    return [None if text is None else _without_rare(text, rows) for text in texts]


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Give each word with its place, and of Chinese each pair of characters."""
    for found in PIECE.finditer(text):
        start, stop, word = found.start(), found.end(), found.group()
        if not re.match(rf"[{HAN}]", word) or len(word) == 1:
            yield start, stop, word.casefold()
            continue
        for at in range(start, stop - 1):
            yield at, at + 2, text[at : at + 2]


def _without_rare(text: str, rows: Counter[str]) -> str:
    is_rare = bytearray(len(text))
    for start, stop, piece in _pieces(text):
        if rows[piece] < LEAST_SHARED:
            is_rare[start:stop] = b"\x01" * (stop - start)
    shown = "".join(
        "\0" if rare else character for character, rare in zip(text, is_rare, strict=True)
    )
    return re.sub(r"\x00(?:[^\w\x00]*\x00)*", LEFT_OUT, shown)
