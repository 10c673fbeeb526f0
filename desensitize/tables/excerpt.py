"""Copy some lines from all over a large CSV file, to look at without reading the file."""

from pathlib import Path

LEAST_BYTES = 4 * 1024**2
PARTS, PART_LINES = 5, 200
MAX_LINE_BYTES = 64 * 1024


def write_excerpt(source: Path, target: Path) -> bool:
    """Write the header and 1,000 lines from five places under `target`; say whether it could be.

    It cannot where the file is small, or where a line may not be a record: two-byte encodings,
    line breaks within quotes, lines without end. Whoever asked then reads the whole file.
    """
    size = source.stat().st_size
    if size < LEAST_BYTES:
        return False
    with source.open("rb") as file:
        lines = [file.readline(MAX_LINE_BYTES)]
        start = file.tell()
        for part in range(PARTS):
            if part:
                file.seek(start + part * (size - start) // PARTS)
                # Most likely the middle of a line.
                file.readline(MAX_LINE_BYTES)
            lines += [file.readline(MAX_LINE_BYTES) for _ in range(PART_LINES)]
    if not all(map(_is_record, lines)):
        return False
    target.write_bytes(b"".join(lines))
    return True


def _is_record(line: bytes) -> bool:
    return line.endswith(b"\n") and b"\0" not in line and line.count(b'"') % 2 == 0
