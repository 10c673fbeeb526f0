"""Whether the centre is a designated registry, and the numbers that it gives to certificates.

Source: 国数综政策〔2026〕35号, article 27 and annex 6: 15 characters, `SJ`, two of the region, one
of the registry, year and month, and a serial of four.
"""

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from marketplace.credentials.services import next_national_code, next_number

PREFIX = "PR"
"""Pre-registration: no designated registry gives a certificate this number."""
PLACE = re.compile(r"[0-9]{2}[0-9A-Z]")


def registry_place() -> str:
    """Return region and registry as they stand in the national code; "" for no designated registry.

    Raises:
        ImproperlyConfigured: the setting is no two digits and one character.
    """
    place = str(settings.CENTRE["REGISTRY"])
    if place and not PLACE.fullmatch(place):
        raise ImproperlyConfigured(
            "CENTRE_REGISTRY is two digits of the region and one character of the registry, "
            "or empty where the centre is no designated registry."
        )
    return place


def nature() -> str:
    """Say what the centre's certificates are."""
    return "registration" if registry_place() else "pre-registration"


def certificate_number(*, on: date) -> str:
    """Take the national code of a designated registry, else a number of the centre's own."""
    place = registry_place()
    return next_national_code(place, on=on) if place else next_number(PREFIX, on=on)
