"""The words that a claim may use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    """What may be held over data: three rights, independent and divisible."""

    HOLD = "hold", _("Right to hold")
    USE = "use", _("Right to use")
    OPERATE = "operate", _("Right to operate")


class ClaimKind(TextChoices):
    """What is asked of the register."""

    FIRST = "first", _("First registration")
    TRANSFER = "transfer", _("Transfer of the right")
    CHANGE = "change", _("Change of the registration")
    RENEWAL = "renewal", _("Renewal")
    CANCEL = "cancel", _("Cancellation")


class EvidenceKind(TextChoices):
    """What a file shows."""

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


class RemarkKind(TextChoices):
    """What the register remarks on a certificate (国数综政策〔2026〕35号, art. 23)."""

    AGREED_TERMS = "agreed_terms", _("Agreed term or condition")
    JUDICIAL_FREEZE = "judicial_freeze", _("Judicial freeze")
    ADMINISTRATIVE_CONTROL = "administrative_control", _("Administrative control")
    OTHER = "other", _("Other remark")


FREEZING = frozenset({RemarkKind.JUDICIAL_FREEZE.value, RemarkKind.ADMINISTRATIVE_CONTROL.value})
"""The remarks that take the right's use away, so that two people enter and lift them."""


class DueKind(TextChoices):
    """What is due by a day."""

    REPLY = "reply", _("Reply to a claim")
    SUPPLEMENT = "supplement", _("Complete a claim")
    DECISION = "decision", _("Decide on a claim")
    OBJECTION = "objection", _("Decide an objection")
    RENEWAL = "renewal", _("Ask for the renewal of a certificate")
