"""Read what a column's header says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EXACTLY = "="
"""Before a word that must be the whole header: `name` is a person's, `file name` is not."""


@dataclass(frozen=True)
class Header:
    """Hold the words that a header says, by what they stand for."""

    words: Mapping[str, str]

    def word_of(self, owner: str) -> str | None:
        """Return the header's longest word for a kind or a role."""
        return self.words.get(owner)


class Lexicon:
    """Know words and what they stand for: kinds or roles."""

    def __init__(self, owners: Mapping[str, Iterable[str]]) -> None:
        self._owners: dict[str, list[str]] = {}
        for owner, words in owners.items():
            for word in words:
                self._owners.setdefault(word, []).append(owner)

    def read(self, header: str) -> Header:
        """Return what the header says; a word inside a longer one that counts says nothing."""
        text = words_of(header)
        joined = text.replace(" ", "")
        spans = [span for word in self._owners for span in _spans(word, text, joined)]
        said: dict[str, str] = {}
        for start, end, word in spans:
            if any(_inside((start, end), (other[0], other[1])) for other in spans):
                continue
            for owner in self._owners[word]:
                plain = word.removeprefix(EXACTLY)
                said[owner] = max(said.get(owner, ""), plain, key=len)
        return Header(said)


def words_of(header: str) -> str:
    """Return the header's words in lower case, parted and surrounded by blanks."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    return " " + " ".join(re.findall(r"[a-z]+|[0-9]+|[^\x00-\x7f]+", parted.lower())) + " "


def _spans(word: str, text: str, joined: str) -> list[tuple[int, int, str]]:
    if word.startswith(EXACTLY):
        whole = text.strip() == word.removeprefix(EXACTLY)
        return [(0, len(text), word)] if whole else []
    if not word.isascii():
        start = text.find(word)
        return [(start, start + len(word), word)] if start >= 0 else []
    start = text.find(f" {word} ")
    if start >= 0:
        return [(start + 1, start + 1 + len(word), word)]
    # `xing_ming` and `phoneNumber` say what `xingming` and `phone number` say.
    if joined == word.replace(" ", ""):
        return [(0, len(text), word)]
    return []


def _inside(part: tuple[int, int], whole: tuple[int, int]) -> bool:
    return whole[0] <= part[0] and part[1] <= whole[1] and part != whole
