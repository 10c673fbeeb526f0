"""The reason that is kept with outgoing money."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid

LONGEST_REASON = 500


def given_reason(reason: str) -> str:
    """Return a reason without its margins, or refuse one that says nothing or too much."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        sentence = _("Give a reason of at most %(most)d characters.") % {"most": LONGEST_REASON}
        raise Invalid(sentence, fields={"reason": [sentence]})
    return reason.strip()
