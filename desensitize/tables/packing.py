"""Unpack compressed files and archives of one file, counting every byte that really comes out."""

import bz2
import gzip
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

import pyarrow as pa

from desensitize.errors import TableError
from desensitize.tables.kinds import kind_inside
from desensitize.tables.limits import Limits

BLOCK = 1024**2
# Honest tables shrink to a tenth, very repetitive ones to a hundredth.
ALWAYS_ALLOWED_BYTES = 32 * 1024**2
ALLOWED_GROWTH = 200
# What systems add to archives by themselves.
LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
ENCRYPTED_FLAG = 0x1
BROKEN = (
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    pa.ArrowException,
)


class Readable(Protocol):
    """Bytes that come out of a packed file."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most so many bytes, none at the end."""
        ...


def most_bytes(source: Path, limits: Limits) -> int:
    """Return how many bytes a packed file may unpack to."""
    grown = max(ALWAYS_ALLOWED_BYTES, ALLOWED_GROWTH * source.stat().st_size)
    return min(limits.max_bytes, grown)


def unpack(source: Path, target: Path, compression: str, limits: Limits) -> None:
    """Write what a compressed file holds; stated sizes are not believed.

    Raises:
        TableError: `expands-too-much` or `corrupt-archive`.
    """
    try:
        with _opened(source, compression) as packed:
            _copy(packed, target, most_bytes(source, limits))
    except BROKEN as error:
        raise TableError("corrupt-archive") from error


def unpack_archive(source: Path, target: Path, limits: Limits) -> str:
    """Write the one table of a ZIP archive and answer its kind. Its name is never a path here.

    Raises:
        TableError: `expands-too-much`, `corrupt-archive`, `locked-archive`, `archive-members`,
            `unsafe-archive`, or as `kind_inside`.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            members = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not _is_litter(member.filename)
            ]
            if any(_leads_away(each.orig_filename) or _is_link(each) for each in members):
                raise TableError("unsafe-archive")
            if len(members) != 1:
                raise TableError("archive-members", found=len(members))
            [member] = members
            kind = kind_inside(member.filename)
            if member.flag_bits & ENCRYPTED_FLAG:
                raise TableError("locked-archive")
            with archive.open(member) as packed:
                _copy(packed, target, most_bytes(source, limits))
    except BROKEN as error:
        raise TableError("corrupt-archive") from error
    return kind


@contextmanager
def _opened(source: Path, compression: str) -> Iterator[Readable]:
    if compression == "gzip":
        with gzip.open(source) as gzipped:
            yield gzipped
    elif compression == "bzip2":
        with bz2.open(source) as bzipped:
            yield bzipped
    elif compression == "xz":
        with lzma.open(source, format=lzma.FORMAT_XZ) as lzma_packed:
            yield lzma_packed
    else:
        with pa.CompressedInputStream(pa.OSFile(str(source)), "zstd") as zstd_packed:
            yield zstd_packed


def _copy(packed: Readable, target: Path, allowed: int) -> None:
    written = 0
    with target.open("wb") as file:
        while block := packed.read(BLOCK):
            written += len(block)
            if written > allowed:
                raise TableError("expands-too-much", limit=allowed)
            try:
                file.write(block)
            except OSError as error:
                raise TableError("write-failed", reason=error.strerror or "") from error


def _is_litter(name: str) -> bool:
    return name.startswith(LITTER[0]) or PurePosixPath(name).name in LITTER


def _is_link(member: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a symbolic link: its content would be a place of this machine."""
    return stat.S_ISLNK(member.external_attr >> 16)


def _leads_away(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0] or "\0" in name
