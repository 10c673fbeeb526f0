"""How long texts may be that are kept, and their digests, which the ledger holds in their stead."""

import hashlib

from django.db.models import CharField, Model


def longest_of(model: type[Model], column: str = "reason") -> int:
    """Return how many characters a column of text takes."""
    field = model._meta.get_field(column)
    assert isinstance(field, CharField), "Other columns have no length."
    assert field.max_length is not None, "Every column of text here has a length."
    return field.max_length


def text_digest(*texts: str) -> str:
    """Return the SHA-256 of texts, one a line, which the ledger holds in their stead."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
