"""What pages tell of a certificate, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.roles import OrganizationKind
from marketplace.catalog.dataset.choices import SourceKind, UpdateFrequency
from marketplace.credentials.selectors import claims_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.particulars import reach_in_words
from marketplace.rights.certificate.selectors import chain_of_title
from marketplace.rights.claim.choices import Industry
from marketplace.rights.claim.presentation import Fact, rights_in_words
from marketplace.rights.procedure.clocks import clocks


@dataclass(frozen=True)
class TitleRow:
    """One certificate in the chain of title of its data."""

    certificate: Certificate
    rights: str
    is_this: bool


def certificate_sections(certificate: Certificate) -> list[tuple[str, list[Fact]]]:
    """Return what the certificate states, from its signed document, in the reader's language."""
    stated: dict[str, Any] = claims_of(certificate.credential)
    applicant, data, right = stated["applicant"], stated["data"], stated["rights"]
    limits = right["restrictions"]
    years = ngettext("%(years)d year", "%(years)d years", right["term_years"])
    volume = _("%(rows)s rows, %(columns)s columns, %(bytes)s bytes") % {
        name: f"{number:,}" for name, number in data["volume"].items()
    }
    holder = [
        (_("Name"), applicant["name"]),
        (_("Kind"), OrganizationKind(applicant["type"]).label),
        (_("Unified social credit code"), applicant["uscc"]),
        (_("Contact"), applicant["contact"]),
    ]
    contents = [
        (_("Data"), data["name"]),
        (_("Abstract"), data["abstract"]),
        (_("Industry"), Industry(data["industry"]).label if data["industry"] else ""),
        (_("Source"), SourceKind(data["source"]).label),
        (_("How it was collected"), data["source_description"]),
        (_("Region"), data["geographic_scope"]),
        (_("Time scope"), data["time_scope"]),
        (_("Update frequency"), UpdateFrequency(data["update_frequency"]).label),
        (_("Volume"), volume),
        *(
            [(_("Covers"), reach_in_words(data["coverage"]["reaches"]))]
            if "coverage" in data
            else []
        ),
        (_("Fingerprint (SHA-256)"), data["fingerprint"]),
    ]
    rights = [
        (_("Confirmed rights"), rights_in_words(right["rights"])),
        (_("Term"), years % {"years": right["term_years"]}),
        (_("Valid from"), certificate.valid_from),
        (_("Valid until"), certificate.valid_until),
        (_("Restrictions"), _("none") if limits == "none" else limits),
        (_("Evidence"), "; ".join(each["title"] for each in right["evidence"])),
        (_("Remarks"), " ".join(_remarks(stated["remarks"])) or _("none")),
        *([(_("Passed from certificate"), right["preceding"])] if "preceding" in right else []),
    ]
    return [(_("Holder"), holder), (_("Data"), contents), (_("Extent of the rights"), rights)]


def _remarks(stated: dict[str, Any]) -> list[str]:
    sentences = []
    if stated["agreed_terms"]:
        sentences.append(_("Agreed: %(terms)s.") % {"terms": stated["agreed_terms"]})
    if "passed_on" in stated:
        passed = stated["passed_on"]
        told = {"rights": rights_in_words(passed["rights"]), "number": passed["number"]}
        sentences.append(_("%(rights)s passed to another holder by certificate %(number)s.") % told)
        if passed["limits"]:
            sentences.append(_("It passed only so far: %(limits)s.") % {"limits": passed["limits"]})
    if stated["notice_waived"]:
        sentences.append(_("Public notice was waived."))
    return sentences


def is_national(certificate: Certificate) -> bool:
    """Return whether a designated registry gave it, with a national code, as it states itself."""
    return bool(claims_of(certificate.credential)["nature"] == "registration")


def renewal_days(certificate: Certificate) -> tuple[date, date]:
    """Return the first and last day on which a renewal may be asked for."""
    return clocks(certificate.claim.procedure).renewal_window(certificate.valid_until)


def title_rows(certificate: Certificate) -> list[TitleRow]:
    """Return the chain of title of a certificate's data, the oldest certificate first."""
    return [
        TitleRow(
            certificate=each,
            rights=rights_in_words(each.rights),
            is_this=each.pk == certificate.pk,
        )
        for each in chain_of_title(certificate.dataset_id)
    ]
