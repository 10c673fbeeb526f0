"""Keys by which a request that comes twice is one."""

from typing import Final

from django.utils.translation import gettext as _

LONGEST_KEY: Final = 64


def key_faults(request_key: str) -> dict[str, list[str]]:
    """Return what is wrong with a request key, by its field; nothing where it can be kept."""
    if 1 <= len(request_key) <= LONGEST_KEY:
        return {}
    sentence = _("Give a request key of 1 to %(most)d characters.") % {"most": LONGEST_KEY}
    return {"request_key": [sentence]}
