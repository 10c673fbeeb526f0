"""What the later steps of a dataset need, and what of it is there: told from registration on.

Nothing is decided here. Each line asks what the act or the gate asks that needs it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.organization.selectors import people_with_role
from marketplace.accounts.roles import Role
from marketplace.appraisal.ceiling.profile import is_public_data
from marketplace.catalog.approval.rules import submission_faults
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import Actor
from marketplace.rights.claim.origins import offered_procedures
from marketplace.rights.registration.presentation import obstacle_to, possible_needs
from marketplace.trading.listings.gate.planned import is_measured, planned_points
from marketplace.trading.listings.gate.refusals import GatePoint
from marketplace.trading.treasury.bank_account.selectors import account_in_force
from marketplace.web.offers import offered

THERE, MISSING, LATER = "there", "missing", "later"
FAULT_PAGES: Final = {
    "version-missing": "dataset_upload",
    "columns-unlabelled": "dataset_annotate",
    "grade-missing": "dataset_grade",
}
OF_A_DATASET: Final = ("ceiling_draft", "claim_draft", "appraisal_draft", *FAULT_PAGES.values())
"""Pages of a dataset that are refused to whoever does not work on it."""
OF_AN_OFFER: Final = frozenset({"assessment_make", "listing_detail"})
"""Pages of an offer, which there may not be yet."""


@dataclass(frozen=True)
class Need:
    """A line: what is needed, whether it is there, missing or asked later, and where it is done."""

    label: str
    state: str
    sentence: str = ""
    url: str = ""


def needs_of(dataset: Dataset, by: Actor) -> list[Need]:
    """Return what the steps of a dataset need, in the order of the steps.

    Where something is done is told whom the page there lets in.
    """
    points = planned_points(dataset)
    needs = [
        *_to_submit(dataset),
        _line(points["negative_list"]),
        _right(dataset, points),
        *_of_persons(dataset, points),
        _line(points["valuation"]),
        *([_line(points["price"])] if is_public_data(dataset.asset_kind) else []),
        *_of_organization(dataset, by),
    ]
    return [replace(need, url=_open_to(need, dataset, by)) for need in needs]


def _open_to(need: Need, dataset: Dataset, by: Actor) -> str:
    """Return the address of a need, unless its page refuses the actor."""
    for route in OF_A_DATASET:
        if need.url == reverse(route, args=[dataset.pk]):
            return need.url if offered(route, dataset, by).is_open else ""
    return need.url


def _to_submit(dataset: Dataset) -> Iterator[Need]:
    """Ask what content review asks: data, labels, grade."""
    label = _("Data, labels and grade")
    faults = submission_faults(dataset)
    for code, sentence in faults:
        yield Need(label, MISSING, sentence, reverse(FAULT_PAGES[code], args=[dataset.pk]))
    if not faults:
        yield Need(label, THERE)


def _right(dataset: Dataset, points: Mapping[str, GatePoint]) -> Need:
    """Ask the gate for the right, and say by which procedure and on what evidence it is claimed."""
    line = _line(points["right"])
    if line.state == THERE:
        return _line(points["scope"])
    obstacle = obstacle_to(dataset) if dataset.is_approved else ""
    procedures = ", ".join(each.title for each in offered_procedures(dataset))
    evidence = ", ".join(str(need.kind.label) for need in possible_needs(dataset))
    parts = [
        obstacle or line.sentence,
        _("Procedure for this kind of asset: %(procedures)s.") % {"procedures": procedures}
        if procedures
        else "",
        _("Evidence that it takes: %(evidence)s.") % {"evidence": evidence} if evidence else "",
    ]
    return Need(line.label, MISSING, " ".join(part for part in parts if part), line.url)


def _of_persons(dataset: Dataset, points: Mapping[str, GatePoint]) -> Iterator[Need]:
    """Ask for what data about persons needs; before it is measured, nobody knows what that is."""
    yield _line(points["risk"])
    if not is_measured(dataset):
        sentence = _("Asked once the masked data is measured, where it is or was about persons.")
        basis = dataset.get_personal_basis_display() if dataset.personal_basis else ""
        said = _("Registered: %(basis)s.") % {"basis": basis} if basis else ""
        url = reverse("dataset_detail", args=[dataset.pk])
        yield Need(str(points["personal_basis"].label), LATER, f"{sentence} {said}".strip(), url)
        yield Need(str(points["impact"].label), LATER, sentence)
        return
    yield _line(points["roles"])
    yield _line(points["personal_basis"])
    yield _line(points["impact"])


def _of_organization(dataset: Dataset, by: Actor) -> Iterator[Need]:
    """Ask for what the organization needs to be paid, and to have two people decide."""
    organization = dataset.organization_id
    label = _("A bank account that a transfer proved")
    if account_in_force(organization, settings.CENTRE["CURRENCY"]) is not None:
        yield Need(label, THERE)
    else:
        sentence = _("Without one no money of a sale can be paid out. An owner states it.")
        url = reverse("bank_account_list") if by.acts_for(organization) else ""
        yield Need(label, MISSING, sentence, url)
    officers = people_with_role(Role.OFFICER, organization_id=organization).distinct().count()
    label = _("A second officer")
    if officers > 1:
        told = ngettext("%(count)d data officer.", "%(count)d data officers.", officers)
        yield Need(label, THERE, told % {"count": officers})
    else:
        sentence = _(
            "A second person of your organization approves the impact on persons and what is "
            "signed above one person's limit; else a reviewer does the first. An owner invites one."
        )
        yield Need(label, MISSING, sentence, reverse("organization_detail", args=[organization]))


def _line(point: GatePoint) -> Need:
    found = point.finding
    if found is None:
        return Need(str(point.label), THERE)
    url = ""
    if found.remedy_url_name not in OF_AN_OFFER:
        url = reverse(found.remedy_url_name, args=[found.remedy_pk])
    return Need(str(point.label), MISSING, found.sentence, url)
