"""A paper, and many of them as one ZIP that is written piece by piece."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

from django.utils.functional import Promise
from django.utils.translation import get_language, override

WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
"""No file of an archive is dated by when it was asked for."""


@dataclass(frozen=True)
class Paper:
    """One file of a trade, and what it shows."""

    name: str
    content: bytes
    group: str | Promise
    title: str | Promise

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Return how many octets it has."""
        return len(self.content)


class _Pieces:
    """What a ZIP is written to: kept until it is taken."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.kept.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is kept is there."""

    def taken(self) -> bytes:
        """Return what was written since it was taken last."""
        taken, self.kept = b"".join(self.kept), []
        return taken


def zipped(papers: Iterator[Paper]) -> Iterator[bytes]:
    """Return papers as one ZIP, piece by piece, in the language of whoever asks."""
    return _zipped(_spoken(papers, get_language()))


def _zipped(papers: Iterator[Paper]) -> Iterator[bytes]:
    pieces = _Pieces()
    with zipfile.ZipFile(cast("IO[bytes]", pieces), "w") as archive:
        for paper in papers:
            info = zipfile.ZipInfo(paper.name, WRITTEN_AT)
            archive.writestr(info, paper.content, compress_type=zipfile.ZIP_DEFLATED)
            yield pieces.taken()
    yield pieces.taken()


def _spoken(papers: Iterator[Paper], language: str | None) -> Iterator[Paper]:
    """Yield papers as they are in a language, which is another's by the time they are sent."""
    while True:
        with override(language):
            paper = next(papers, None)
        if paper is None:
            return
        yield paper
