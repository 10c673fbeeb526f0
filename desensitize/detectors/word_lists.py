"""Lists of words by which values are told; each file names its source."""

from pathlib import Path

FOLDER = Path(__file__).with_name("words")
COMMENT = "#"


def words(name: str) -> tuple[str, ...]:
    """Return the words of a list, parted by blanks."""
    return tuple(word for line in lines(name) for word in line.split())


def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a list, for words that hold blanks."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if not line.startswith(COMMENT))


def any_of(name: str) -> str:
    """Return the regular expression of any word of a list, the longest first."""
    return "|".join(sorted(words(name), key=len, reverse=True))
