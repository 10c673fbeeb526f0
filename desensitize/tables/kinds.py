"""Tell from name and first bytes what kind of file an upload is."""

from pathlib import Path, PurePosixPath

from desensitize.errors import TableError

CSV = "csv"
PARQUET = "parquet"
KINDS = {".csv": CSV, ".txt": CSV, ".tsv": CSV, ".parquet": PARQUET, ".pq": PARQUET}
MAGIC = (
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def find_kind(source: Path, filename: str) -> str:
    """Answer CSV or PARQUET when name and content agree.

    Raises:
        TableError: `file_missing`, `empty_file`, `unsupported_kind`, `wrong_content` or
            `not_a_table`.
    """
    extension = PurePosixPath(filename.replace("\\", "/")).suffix.lower()
    try:
        with source.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise TableError("file_missing") from error
    if extension not in KINDS:
        raise TableError("unsupported_kind", extension=_shown(extension))
    if not head:
        raise TableError("empty_file")
    kind = KINDS[extension]
    for magic, found in MAGIC:
        if head.startswith(magic) and not (kind == PARQUET and magic == b"PAR1"):
            raise TableError("wrong_content", extension=extension, found=found)
    if kind == PARQUET:
        if not head.startswith(b"PAR1"):
            raise TableError("wrong_content", extension=extension, found="not Parquet")
    else:
        _refuse_markup(head)
    return kind


def _refuse_markup(head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<script", b"<head", b"<body", b"<table")):
        raise TableError("not_a_table", found="a web page")
    if start.startswith((b"<?xml", b"<svg")):
        raise TableError("not_a_table", found="an XML document")
    if start.startswith((b"{", b"[{", b"[[", b"[\n", b"[\r\n")):
        raise TableError("not_a_table", found="JSON")
    if not start:
        raise TableError("empty_file")


def _shown(extension: str) -> str:
    # The name comes from a stranger: only a plain, short ending is repeated.
    plain = extension[1:].isascii() and extension[1:].isalnum() and len(extension) <= 12
    return extension if plain else "of this kind"
