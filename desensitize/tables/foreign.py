"""Name encodings of East Asia that are recognized only to be refused."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

LINES_JUDGED = 2_000
LINE_BYTES = 64 * 1024
LEAST_SHARE = 0.8
LEAST_CHARACTERS = 4


def other_asian_encoding(path: Path) -> str:
    """Return Big5, Shift-JIS or EUC-KR when most of a file's characters are everyday ones there."""
    with path.open("rb") as file:
        lines = [
            line
            for line in islice(iter(lambda: file.readline(LINE_BYTES), b""), LINES_JUDGED)
            if not line.isascii()
        ]
    sample = b"".join(lines)
    for name, (codec, is_everyday) in EVERYDAY.items():
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        foreign = [character for character in text if not character.isascii()]
        everyday = sum(is_everyday(character.encode(codec)) for character in foreign)
        if len(foreign) >= LEAST_CHARACTERS and everyday >= LEAST_SHARE * len(foreign):
            return name
    return ""


def _everyday_big5(code: bytes) -> bool:
    # The 5,401 frequent characters come first, after the punctuation.
    return 0xA1 <= code[0] <= 0xC6 and len(code) == 2


def _everyday_kana(code: bytes) -> bool:
    # Punctuation, kana and the level 1 characters.
    return len(code) == 2 and 0x81 <= code[0] <= 0x98


def _everyday_hangul(code: bytes) -> bool:
    return len(code) == 2 and 0xB0 <= code[0] <= 0xC8


EVERYDAY: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "Big5": ("cp950", _everyday_big5),
    "Shift-JIS": ("cp932", _everyday_kana),
    "EUC-KR": ("euc_kr", _everyday_hangul),
}
