"""Reasons that are kept, and their digests, which the ledger holds in their stead."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid


def given_reason(reason: str, *, longest: int, field: str = "reason") -> str:
    """Return a reason that can be kept.

    Raises:
        Invalid: there is none, or it is too long.
    """
    reason = reason.strip()
    if not reason:
        sentence = _("Give a reason: it is kept and can be read later.")
        raise Invalid(sentence, code="reason-missing", fields={field: [sentence]})
    if len(reason) > longest:
        sentence = _("Shorten this to %(most)d characters.") % {"most": longest}
        raise Invalid(sentence, code="too-long", fields={field: [sentence]})
    return reason


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text, which the ledger holds in its stead."""
    return hashlib.sha256(text.encode()).hexdigest()
