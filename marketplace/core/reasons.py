"""Reasons that are kept, and their digests, which the ledger holds in their stead."""

import hashlib

from django.db.models import CharField, Model
from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid


def given_reason(reason: str, *, longest: int, field: str = "reason") -> str:
    """Return a reason that can be kept, without its margins.

    Raises:
        Invalid: there is none (`reason-missing`), or it is too long (`too-long`).
    """
    reason = reason.strip()
    if not reason:
        sentence = _("Give a reason: it is kept and can be read later.")
        raise Invalid(sentence, code="reason-missing", fields={field: [sentence]})
    if len(reason) > longest:
        sentence = _("Shorten this to %(most)d characters.") % {"most": longest}
        raise Invalid(sentence, code="too-long", fields={field: [sentence]})
    return reason


def longest_of(model: type[Model], column: str = "reason") -> int:
    """Return how many characters a column of text takes."""
    field = model._meta.get_field(column)
    assert isinstance(field, CharField), "Other columns have no length."
    assert field.max_length is not None, "Every column of text here has a length."
    return field.max_length


def text_digest(*texts: str) -> str:
    """Return the SHA-256 of texts, one a line, which the ledger holds in their stead."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
