from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CertificateIssued(Fact, kind="rights.certificate_issued", label=_("Certificate issued")):
    """A certificate of the rights was issued."""

    number: str
    rights: tuple[str, ...]
    valid_until: str


class CertificateFrozen(Fact, kind="rights.certificate_frozen", label=_("Certificate frozen")):
    """A certificate cannot be relied on for the time being."""

    by_objection: bool


class CertificateUnfrozen(
    Fact, kind="rights.certificate_unfrozen", label=_("Certificate in force again")
):
    """A certificate can be relied on again."""


class CertificateCancelled(
    Fact, kind="rights.certificate_cancelled", label=_("Certificate cancelled")
):
    """A certificate ended before its time."""


class RenewalOpened(Fact, kind="rights.renewal_opened", label=_("Renewal may be asked for")):
    """A certificate ends within the time in which its renewal may be asked for."""

    valid_until: str


class CertificateExpired(Fact, kind="rights.certificate_expired", label=_("Certificate expired")):
    """A certificate's time ran out."""


class CertificateSuperseded(
    Fact, kind="rights.certificate_superseded", label=_("Certificate replaced by a newer one")
):
    """A certificate ended because its rights passed, or because its particulars changed."""


class RelianceNoted(
    Fact,
    kind="rights.reliance_noted",
    label=_("Reliance on a certificate noted"),
    in_timelines=False,
):
    """Something, such as a listing, rests on a certificate, or does no longer."""

    is_current: bool
