"""What the sides say of a delivery, and its digest, which the ledger holds in its stead."""

import hashlib

from django.utils.translation import gettext as _

from marketplace.core import Invalid

LONGEST_TEXT = 2000


def said(text: str, *, field: str) -> str:
    """Return what somebody wrote without its margins, or refuse nothing and too much."""
    if not 1 <= len(text.strip()) <= LONGEST_TEXT:
        sentence = _("Write 1 to %(most)d characters.") % {"most": LONGEST_TEXT}
        raise Invalid(sentence, fields={field: [sentence]})
    return text.strip()


def text_digest(text: str) -> str:
    """Return the SHA-256 of what somebody wrote."""
    return hashlib.sha256(text.encode()).hexdigest()
