"""Tell from name and first bytes what kind of file an upload is."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from desensitize.errors import TableError

CSV = "csv"
PARQUET = "parquet"
XLSX = "xlsx"
ARCHIVE = "zip"
KINDS = {
    ".csv": CSV,
    ".txt": CSV,
    ".tsv": CSV,
    ".parquet": PARQUET,
    ".pq": PARQUET,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
}
COMPRESSIONS = {
    ".gz": "gzip",
    ".zip": ARCHIVE,
    ".zst": "zstd",
    ".zstd": "zstd",
    ".bz2": "bzip2",
    ".xz": "xz",
}
OTHER_WORKBOOKS = frozenset({".xls", ".xlt", ".xlsb", ".ods", ".et", ".ett", ".numbers"})
ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0"
STARTS = {
    PARQUET: b"PAR1",
    XLSX: ZIP_START,
    "gzip": b"\x1f\x8b",
    ARCHIVE: b"PK",
    "zstd": b"\x28\xb5\x2f\xfd",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ",
}
MAGIC = (
    (b"PAR1", "a Parquet file"),
    (ZIP_START, "a ZIP archive or an Excel workbook"),
    (b"PK\x05\x06", "a ZIP archive"),
    (OLE_START, "an old Excel or Word file"),
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
    (b"{\\rtf", "a text document"),
)
# An encrypted workbook is an old container with a stream of this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SEARCHED_BYTES = 4 * 1024**2
MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


@dataclass(frozen=True)
class FileKind:
    """Name the kind of a table, and how the file is packed; "" stands for unknown and for not."""

    kind: str
    compression: str = ""


def find_kind(source: Path, filename: str) -> FileKind:
    """Return what name and first bytes agree on.

    Raises:
        TableError: `file-missing`, `not-a-file`, `empty-file`, `unsupported-kind`,
            `other-workbook`, `locked-workbook`, `wrong-content` or `not-a-table`.
    """
    name = PurePosixPath(filename.replace("\\", "/"))
    extension = name.suffix.lower()
    head = _head(source)
    if extension in OTHER_WORKBOOKS:
        raise TableError("other-workbook", extension=extension)
    if extension not in KINDS and extension not in COMPRESSIONS:
        raise TableError("unsupported-kind", extension=_shown(extension))
    if not head:
        raise TableError("empty-file")
    compression = COMPRESSIONS.get(extension, "")
    kind = KINDS.get(extension, "")
    if kind == XLSX and head.startswith(OLE_START) and _is_encrypted(source):
        raise TableError("locked-workbook")
    wanted = STARTS.get(compression or kind)
    if wanted is None or not head.startswith(wanted):
        for magic, found in MAGIC:
            if head.startswith(magic):
                raise TableError("wrong-content", extension=extension, found=found)
        _refuse_markup(head)
    if wanted is not None and not head.startswith(wanted):
        raise TableError("wrong-content", extension=extension, found="something else")
    if compression and compression != ARCHIVE:
        # A packed file without an inner ending is taken for text.
        kind = kind_inside(name.stem)
    return FileKind(kind, compression)


def kind_inside(name: str) -> str:
    """Return the kind of a packed table by its own name.

    Raises:
        TableError: `nested-archive`, `other-workbook` or `unsupported-kind`.
    """
    extension = PurePosixPath(name).suffix.lower()
    if extension in COMPRESSIONS:
        raise TableError("nested-archive")
    if extension in OTHER_WORKBOOKS:
        raise TableError("other-workbook", extension=extension)
    if extension and extension not in KINDS:
        raise TableError("unsupported-kind", extension=_shown(extension))
    return KINDS.get(extension, CSV)


def _head(source: Path) -> bytes:
    # Opening a named pipe would wait for a writer.
    if source.exists() and not source.is_file():
        raise TableError("not-a-file")
    try:
        with source.open("rb") as file:
            return file.read(4096)
    except (OSError, ValueError) as error:
        raise TableError("file-missing") from error


def _is_encrypted(source: Path) -> bool:
    # The list of streams stands near one of the ends.
    with source.open("rb") as file:
        if ENCRYPTED in file.read(SEARCHED_BYTES):
            return True
        file.seek(max(0, source.stat().st_size - SEARCHED_BYTES))
        return ENCRYPTED in file.read(SEARCHED_BYTES)


def _refuse_markup(head: bytes) -> None:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, errors="replace").encode()
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<script", b"<head", b"<body", b"<table")):
        raise TableError("not-a-table", found="a web page")
    if start.startswith((b"<?xml", b"<svg")):
        raise TableError("not-a-table", found="an XML document")
    if start.startswith((b"{", b"[{", b"[[", b"[\n", b"[\r\n")):
        raise TableError("not-a-table", found="JSON")
    if not start:
        raise TableError("empty-file")


def _shown(extension: str) -> str:
    # The name comes from a stranger: only a plain, short ending is repeated.
    plain = extension[1:].isascii() and extension[1:].isalnum() and len(extension) <= 12
    return extension if plain else "of this kind"
