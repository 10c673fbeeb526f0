"""What the subject of an entry is called, and where it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.setting.selectors import settings_visible_to
from marketplace.accounts.token.selectors import tokens_visible_to
from marketplace.annotation.batch.selectors import batches_visible_to
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.appraisal.appraisal.selectors import appraisals_visible_to
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.source.selectors import drawings_visible_to
from marketplace.core import Actor, Door, NotFound, visible
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.model.selectors import models_visible_to
from marketplace.learning.run.selectors import training_runs_visible_to
from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.preparation.policy.selectors import policies_visible_to
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.review.selectors import cases_visible_to
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.objection.selectors import objections_visible_to
from marketplace.trading.listings.assessment.selectors import assessments_visible_to
from marketplace.trading.listings.demand.selectors import demands_visible_to
from marketplace.trading.listings.income_share.selectors import income_shares_visible_to
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.approval.selectors import approvals_visible_to
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.person_request.selectors import person_requests_visible_to
from marketplace.trading.orders.recall.selectors import reidentifications_visible_to
from marketplace.trading.treasury.bank.selectors import statements_visible_to
from marketplace.trading.treasury.bank_account.selectors import bank_accounts_visible_to
from marketplace.trading.treasury.bank_item.selectors import bank_items_visible_to
from marketplace.trading.treasury.closing.selectors import closing_proposals_visible_to
from marketplace.trading.treasury.held_line.selectors import held_lines_visible_to
from marketplace.trading.treasury.payment.selectors import payments_visible_to
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to

PIPELINE = Actor.system(Door.REACTION)
"""Who reacts."""


@dataclass(frozen=True)
class Named:
    """How a kind of thing is named, the page that shows it, and the one on which it is decided.

    `title` is the path of attributes that leads from a row to its name; empty where it has none.
    """

    rows: Callable[[Actor], QuerySet[Any]]
    title: str
    page: str
    review_page: str = ""


NAMED: dict[str, Named] = {
    "dataset": Named(datasets_visible_to, "title", "dataset_detail", "dataset_review"),
    "appraisal": Named(
        appraisals_visible_to, "dataset.title", "appraisal_detail", "appraisal_review"
    ),
    "ceiling": Named(ceilings_visible_to, "dataset.title", "ceiling_detail", "ceiling_review"),
    "certificate": Named(certificates_visible_to, "dataset.title", "certificate_detail"),
    "claim": Named(claims_visible_to, "described.title", "claim_detail", "claim_review"),
    "drawing": Named(drawings_visible_to, "source.dataset.title", "drawing_detail"),
    "listing": Named(listings_visible_to, "title", "listing_detail", "listing_review"),
    "policy": Named(policies_visible_to, "version.dataset.title", "roles_review", "roles_review"),
    "run": Named(runs_visible_to, "version.dataset.title", "run_detail"),
    "labelling": Named(labellings_visible_to, "title", "labelling_detail"),
    "batch": Named(batches_visible_to, "annotator.project.title", "item_batch"),
    "training_run": Named(training_runs_visible_to, "title", "training_run_detail"),
    "measurement": Named(measurements_visible_to, "listing.title", "measurement_detail"),
    "model": Named(models_visible_to, "title", "model_detail"),
    "objection": Named(objections_visible_to, "claim.described.title", "objection_detail"),
    "order": Named(orders_visible_to, "listing.title", "order_detail"),
    "contract": Named(contracts_visible_to, "order.listing.title", "contract_detail"),
    "amendment": Named(amendments_visible_to, "contract.order.listing.title", "amendment_detail"),
    "signing_approval": Named(
        approvals_visible_to, "contract.order.listing.title", "approval_detail"
    ),
    "dispute": Named(disputes_visible_to, "order.listing.title", "dispute_detail"),
    "demand": Named(demands_visible_to, "title", "demand_detail"),
    "income_share": Named(income_shares_visible_to, "listing.title", "income_share_detail"),
    "inquiry": Named(inquiries_visible_to, "listing.title", "inquiry_detail"),
    "grant": Named(grants_visible_to, "listing.title", "grant_detail"),
    "closing": Named(closing_proposals_visible_to, "day", "closing_detail"),
    "statement": Named(statements_visible_to, "", "bank_statement"),
    "endpoint": Named(endpoints_visible_to, "host", "endpoint_detail"),
    "payment": Named(payments_visible_to, "", "payment_detail"),
    "bank_account": Named(bank_accounts_visible_to, "organization.name", "bank_account_detail"),
    "bank_item": Named(bank_items_visible_to, "", "bank_item_detail"),
    "held_line": Named(held_lines_visible_to, "", "held_line_detail"),
    "disbursement": Named(disbursements_visible_to, "", "disbursement_detail"),
    "reidentification": Named(
        reidentifications_visible_to, "risk_report.version.dataset.title", "reidentification_detail"
    ),
    "assessment": Named(assessments_visible_to, "version.dataset.title", "assessment_detail"),
    "person_request": Named(person_requests_visible_to, "dataset.title", "person_request_detail"),
    "centre_setting": Named(settings_visible_to, "", "setting_detail"),
    "change_proposal": Named(proposals_visible_to, "organization.name", "change_detail"),
    "person": Named(people_visible_to, "name", "person_roles"),
    "organization": Named(organizations_visible_to, "name", "organization_detail"),
    "token": Named(tokens_visible_to, "name", ""),
}


def id_of(subject: str) -> UUID:
    """Return the id of a subject, which is written `kind:id`."""
    return UUID(subject.partition(":")[2])


def kind_of(subject: str) -> str:
    return subject.partition(":")[0]


def order_of(subject: str) -> Order:
    kind, pk = kind_of(subject), id_of(subject)
    if kind == "contract":
        return visible(contracts_visible_to(PIPELINE), pk=pk).order
    if kind == "amendment":
        return visible(amendments_visible_to(PIPELINE), pk=pk).contract.order
    if kind == "dispute":
        return visible(disputes_visible_to(PIPELINE), pk=pk).order
    return visible(orders_visible_to(PIPELINE), pk=pk)


def claim_of(subject: str) -> Claim:
    """Return the claim that a subject is, or that an objection is raised against."""
    if kind_of(subject) == "objection":
        return visible(objections_visible_to(PIPELINE), pk=id_of(subject)).claim
    return visible(claims_visible_to(PIPELINE), pk=id_of(subject))


def title_of(subject: str) -> str:
    """Return what a thing is called.

    Raises:
        NotFound: there is no such thing, or the pipeline does not know its kind.
    """
    if kind_of(subject) == "case":
        return title_of(visible(cases_visible_to(PIPELINE), pk=id_of(subject)).subject)
    named = _named(subject)
    if not named.title:
        return ""
    return str(attrgetter(named.title)(visible(named.rows(PIPELINE), pk=id_of(subject))))


def page_of(subject: str) -> str:
    return reverse(_named(subject).page, args=[id_of(subject)])


def review_page_of(subject: str) -> str:
    return reverse(_named(subject).review_page, args=[id_of(subject)])


def _named(subject: str) -> Named:
    kind = kind_of(subject)
    if kind not in NAMED:
        raise NotFound(_("Nothing here is of the kind “%(kind)s”.") % {"kind": kind})
    return NAMED[kind]
