"""The words that a claim may use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class ClaimKind(TextChoices):
    FIRST = "first", _("First registration")
    TRANSFER = "transfer", _("Transfer of the right")
    CHANGE = "change", _("Change of the registration")
    RENEWAL = "renewal", _("Renewal")
    CANCEL = "cancel", _("Cancellation")


@named_in_api()
class EvidenceKind(TextChoices):
    SOURCE = "source", _("How the data was produced or gathered")
    AUTHORIZATION = "authorization", _("Authorization or licence of the source")
    PROCESSING = "processing", _("Record of the substantive processing")
    CONTRACT = "contract", _("Contract that grants the right")
    CONSENTS = "consents", _("Consent of all other parties to operating")
    NO_SUBSTITUTE = "no_substitute", _("Statement that the product does not replace its source")
    CONTINUITY = "continuity", _("Statement that what is registered still holds")
    CHANGE = "change", _("What shows the change")
    PUBLIC_REGISTRATION = "public_registration", _("Registration of the public-data resource")
    OTHER = "other", _("Other evidence")


@named_in_api()
class Industry(TextChoices):
    """The sections of GB/T 4754-2017."""

    AGRICULTURE = "A", _("A Agriculture, forestry, animal husbandry and fishery")
    MINING = "B", _("B Mining")
    MANUFACTURING = "C", _("C Manufacturing")
    UTILITIES = "D", _("D Electricity, heat, gas and water")
    CONSTRUCTION = "E", _("E Construction")
    COMMERCE = "F", _("F Wholesale and retail")
    TRANSPORT = "G", _("G Transport, storage and post")
    CATERING = "H", _("H Accommodation and catering")
    INFORMATION = "I", _("I Information transmission, software and information technology")
    FINANCE = "J", _("J Finance")
    REAL_ESTATE = "K", _("K Real estate")
    BUSINESS_SERVICES = "L", _("L Leasing and business services")
    SCIENCE = "M", _("M Scientific research and technical services")
    ENVIRONMENT = "N", _("N Water, environment and public facilities")
    RESIDENT_SERVICES = "O", _("O Resident services, repair and other services")
    EDUCATION = "P", _("P Education")
    HEALTH = "Q", _("Q Health and social work")
    CULTURE = "R", _("R Culture, sports and entertainment")
    PUBLIC_ADMINISTRATION = (
        "S",
        _("S Public administration, social security and social organizations"),
    )
    INTERNATIONAL = "T", _("T International organizations")
