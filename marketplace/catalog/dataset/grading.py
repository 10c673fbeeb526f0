"""Grade data by whom its misuse would harm and how badly (GB/T 43697-2024, clause 6.5).

Pure: no models, no settings. The highest grade of a set of impacts is the grade of the data."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class HarmedObject(TextChoices):
    """Whom or what misuse of the data would harm."""

    NATIONAL_SECURITY = "national_security", _("National security")
    ECONOMY = "economy", _("Running of the economy")
    SOCIAL_ORDER = "social_order", _("Social order")
    PUBLIC_INTEREST = "public_interest", _("Public interest")
    ORGANIZATION = "organization", _("An organization's rights")
    INDIVIDUAL = "individual", _("A person's rights")


@named_in_api()
class HarmDegree(TextChoices):
    GENERAL = "general", _("General harm")
    SERIOUS = "serious", _("Serious harm")
    ESPECIALLY_SERIOUS = "especially_serious", _("Especially serious harm")


@named_in_api()
class Grade(TextChoices):
    """The grade of data, lowest first."""

    GENERAL_1 = "general-1", _("General data, level 1")
    GENERAL_2 = "general-2", _("General data, level 2")
    GENERAL_3 = "general-3", _("General data, level 3")
    GENERAL_4 = "general-4", _("General data, level 4")
    IMPORTANT = "important", _("Important data")
    CORE = "core", _("Core data")


@named_in_api()
class NegativeItem(TextChoices):
    """What may never be traded, whatever its grade."""

    STATE_SECRET = "state-secret", _("Contains state secrets")
    UNLAWFUL_SOURCE = "unlawful-source", _("Comes from an unlawful source")
    OPEN_DISPUTE = "open-dispute", _("Rights in it are disputed")
    NOT_OPENED = "not-opened", _("Public data that was not lawfully opened or authorized")
    TRADE_SECRET = "trade-secret", _("Contains somebody else's trade secrets")
    LOCAL_LIST = "local-list", _("Stands on a negative list of the region or the trade")


@dataclass(frozen=True)
class Impact:
    """A harm that misuse of the data could do."""

    object: HarmedObject
    degree: HarmDegree


GENERAL, SERIOUS, ESPECIALLY_SERIOUS = HarmDegree
PUBLIC = {GENERAL: Grade.GENERAL_4, SERIOUS: Grade.IMPORTANT, ESPECIALLY_SERIOUS: Grade.CORE}
# The standard grades general harm to the public as general data and names no sublevel for it:
# the strictest one is the cautious reading.
PRIVATE = {
    GENERAL: Grade.GENERAL_2,
    SERIOUS: Grade.GENERAL_3,
    ESPECIALLY_SERIOUS: Grade.GENERAL_4,
}
TABLE: dict[HarmedObject, dict[HarmDegree, Grade]] = {
    HarmedObject.NATIONAL_SECURITY: {
        GENERAL: Grade.IMPORTANT,
        SERIOUS: Grade.CORE,
        ESPECIALLY_SERIOUS: Grade.CORE,
    },
    HarmedObject.ECONOMY: PUBLIC,
    HarmedObject.SOCIAL_ORDER: PUBLIC,
    HarmedObject.PUBLIC_INTEREST: PUBLIC,
    HarmedObject.ORGANIZATION: PRIVATE,
    HarmedObject.INDIVIDUAL: PRIVATE,
}
LOWEST_FIRST = tuple(Grade)


KEPT_INSIDE = frozenset({Grade.GENERAL_4, Grade.IMPORTANT})
"""The grades of which no row may leave the centre."""


def stricter(one: str, other: str) -> str:
    """Return the higher of two grades; "" is none."""
    grades = [Grade(grade) for grade in (one, other) if grade]
    return max(grades, key=LOWEST_FIRST.index, default="")


def grade_of(impacts: Iterable[Impact]) -> Grade:
    """Return the highest grade of the impacts; without any the data is general, level 1."""
    grades = [TABLE[impact.object][impact.degree] for impact in impacts]
    return max(grades, key=LOWEST_FIRST.index, default=Grade.GENERAL_1)
