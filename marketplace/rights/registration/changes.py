"""What pages tell of renewals, changes and cancellations, in words."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.roles import OrganizationKind
from marketplace.credentials.selectors import claims_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.choices import ClaimKind, Industry
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import RUNNING
from marketplace.rights.registration.outcome import particulars

Fact = tuple[str, object]
Change = tuple[str, str, str]


def following_facts(claim: Claim) -> list[Fact]:
    """Return the certificate on which a renewal, change or cancellation rests, and why."""
    if claim.preceding is None or claim.transferor is not None:
        return []
    facts: list[Fact] = [(_("Certificate"), claim.preceding.number)]
    if claim.grounds:
        is_over = claim.kind == ClaimKind.CANCEL
        label = _("Why the right is given up") if is_over else _("What changed, and why")
        facts.append((label, claim.grounds))
    return facts


def changes_of(claim: Claim) -> list[Change]:
    """Return what a change under examination alters: the particular, before and after."""
    if claim.kind != ClaimKind.CHANGE or not claim.grounds or claim.state not in RUNNING:
        return []
    labels = _labels()
    return [
        (labels[name], _in_words(name, before), _in_words(name, after))
        for name, before, after in particulars(claim)
    ]


def centre_particulars(certificate: Certificate) -> list[Change]:
    """Return the holder's details as the certificate states them and as the centre keeps them."""
    stated, organization = claims_of(certificate.credential)["applicant"], certificate.organization
    labels = _labels()
    return [
        (labels[name], _in_words(name, before), _in_words(name, after))
        for name, before, after in (
            ("holder_name", stated["name"], organization.name),
            ("holder_kind", stated["type"], organization.kind),
            ("uscc", stated["uscc"], organization.uscc),
            ("contact", stated["contact"], organization.contact),
        )
    ]


def _labels() -> dict[str, str]:
    return {
        "holder_name": _("Name of the holder"),
        "holder_kind": _("Kind of the holder"),
        "uscc": _("Unified social credit code"),
        "contact": _("Contact"),
        "abstract": _("Abstract"),
        "theme": _("Theme"),
        "time_scope": _("Time scope"),
        "industry": _("Industry"),
        "term_years": _("Term"),
        "restrictions": _("Restrictions"),
    }


def _in_words(name: str, value: str) -> str:
    words: dict[str, Callable[[str], str]] = {
        "holder_kind": lambda kind: str(OrganizationKind(kind).label),
        "industry": lambda code: str(Industry(code).label) if code else _("Not stated"),
        "restrictions": lambda text: _("none") if text == "none" else text,
        "term_years": lambda years: (
            ngettext("%(years)d year", "%(years)d years", int(years)) % {"years": int(years)}
        ),
    }
    return words.get(name, str)(value)
