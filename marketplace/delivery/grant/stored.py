"""The bytes of a grant: where they lie, and what a file with them is called."""

from marketplace.delivery.grant.models import Grant
from marketplace.vault.models import StoredFile
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.services import open_stored

PARQUET = "application/vnd.apache.parquet"
ONNX = "application/octet-stream"


def file_name(grant: Grant) -> str:
    """Return a name that says nothing of what is inside."""
    if grant.version.is_model:
        return f"model-{grant.sha256[:12]}.onnx"
    return f"data-{grant.sha256[:12]}.parquet"


def content_type(grant: Grant) -> str:
    return ONNX if grant.version.is_model else PARQUET


def stored_bytes(grant: Grant) -> SeekableDecrypted:
    """Open the plaintext of a grant that was checked; the caller closes it."""
    return open_stored(file_of(grant))


def file_of(grant: Grant) -> StoredFile:
    """Return the file of a grant: the buyer's copy, else that of the version itself."""
    copy = grant.copy
    return grant.version.file if copy is None or copy.file is None else copy.file
