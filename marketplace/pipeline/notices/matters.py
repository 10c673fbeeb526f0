"""What rows of notices ask of an entry: whether it is one of theirs, and what fills their texts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.urls import reverse

from marketplace.core import visible
from marketplace.core.terms import is_provisional_day
from marketplace.ledger.models import Entry
from marketplace.pipeline.things import PIPELINE, id_of, kind_of, order_of, page_of, review_page_of
from marketplace.preparation.release.selectors import copy_of_run
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.review.models import Case
from marketplace.review.selectors import cases_visible_to
from marketplace.review.states import CaseState
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to

Parameters = dict[str, str]


def amount(name: str = "amount") -> Callable[[Entry], Parameters]:
    """Return what reads an amount of an entry, with its currency."""

    def read(entry: Entry) -> Parameters:
        return {"amount": f"{Decimal(entry.payload[name]):,.2f} {entry.payload['currency']}"}

    return read


def day(name: str = "due_on") -> Callable[[Entry], Parameters]:
    """Return what reads a day of an entry."""

    def read(entry: Entry) -> Parameters:
        return {"day": entry.payload[name]}

    return read


def amount_and_day(entry: Entry) -> Parameters:
    """Return what is to be paid, and by when."""
    return amount()(entry) | day()(entry)


def missed_credit(entry: Entry) -> Parameters:
    """Return what is credited for a missed revision, and by when it was promised."""
    return amount()(entry) | day()(entry)


def near_day(entry: Entry) -> Parameters:
    """Return what is due, and by when; only a renewal's term is not counted in working days."""
    what = entry.payload["what"]
    return {"due": what} | _counted(entry.payload["due_on"], is_counted=what != "renewal")


def refund_and_appeal(entry: Entry) -> Parameters:
    """Return what goes back to the buyer unless a side appeals, and by when it may."""
    return amount("refund")(entry) | _counted(entry.payload["appeal_until"], is_counted=True)


def _counted(on: str, *, is_counted: bool) -> Parameters:
    is_provisional = is_counted and is_provisional_day(date.fromisoformat(on))
    return {"day": on} | ({"provisional": "yes"} if is_provisional else {})


def by_side(side: str) -> Callable[[Entry], bool]:
    """Return what tells whether that side acted."""

    def ask(entry: Entry) -> bool:
        return bool(entry.payload["side"] == side)

    return ask


def asks_removal(other: str) -> Callable[[Entry], bool]:
    """Return what tells whether a person asked for more than `other`, which is to be told."""

    def ask(entry: Entry) -> bool:
        return bool(entry.payload["asked"] != other)

    return ask


def order_subject(entry: Entry) -> str:
    """Return the order that a contract or a disbursement belongs to, as a subject."""
    if kind_of(entry.subject) == "disbursement":
        return f"order:{_disbursement(entry.subject).order_id}"
    return f"order:{order_of(entry.subject).pk}"


def is_paid_first(entry: Entry) -> bool:
    """Tell whether both sides have signed a contract, and its buyer pays before delivery."""
    return bool(entry.payload["is_concluded"] and order_of(entry.subject).due_first)


def _disbursement(subject: str) -> Disbursement:
    return visible(disbursements_visible_to(PIPELINE), pk=id_of(subject))


def amount_of_disbursement(entry: Entry) -> Parameters:
    found = _disbursement(entry.subject)
    return {"amount": f"{found.amount:,.2f} {found.currency}"}


def is_refund(entry: Entry) -> bool:
    """Tell whether money of an order went back. A returned payment has nobody here to notify."""
    found = _disbursement(entry.subject)
    return found.kind == DisbursementKind.REFUND and found.order_id is not None


def is_payout(entry: Entry) -> bool:
    """Tell whether an organization's money went out to it."""
    return _disbursement(entry.subject).kind == DisbursementKind.PAYOUT


def account_page(entry: Entry) -> str:
    """Return the address of the statement of the account that money went out of."""
    return reverse("account_statement", args=[_disbursement(entry.subject).account_id])


def _case(subject: str) -> Case:
    return visible(cases_visible_to(PIPELINE), pk=id_of(subject))


def case_kind(entry: Entry) -> Parameters:
    return {"case_kind": _case(entry.subject).kind}


def decided(state: CaseState) -> Callable[[Entry], bool]:
    """Return what tells whether a case was decided so."""

    def ask(entry: Entry) -> bool:
        return bool(entry.payload["decision"] == state)

    return ask


def case_page(entry: Entry) -> str:
    """Return the address of what was submitted."""
    return page_of(_case(entry.subject).subject)


def case_review_page(entry: Entry) -> str:
    """Return the address on which a case is decided."""
    return review_page_of(_case(entry.subject).subject)


def run_page(entry: Entry) -> str:
    """Return the address of a run, or of the order on which its copy is had written again."""
    if kind_of(entry.subject) == "run":
        copy = copy_of_run(visible(runs_visible_to(PIPELINE), pk=id_of(entry.subject)))
        if copy is not None:
            return reverse("order_grant", args=[id_of(copy.subject)])
    return page_of(entry.subject)


def _refusing_report(entry: Entry) -> RiskReport | None:
    """Return the risk report that refuses what a run has made."""
    if kind_of(entry.subject) != "run":
        return None
    return reports_visible_to(PIPELINE).filter(run_id=id_of(entry.subject), passed=False).first()


def is_result_refused(entry: Entry) -> bool:
    """Tell whether a run has made a version that its risk report refuses."""
    return _refusing_report(entry) is not None


def is_result_usable(entry: Entry) -> bool:
    return not is_result_refused(entry)


def report_page(entry: Entry) -> str:
    """Return the address of the report that refuses what a run has made, or else of the run."""
    report = _refusing_report(entry)
    return run_page(entry) if report is None else reverse("risk_report_detail", args=[report.pk])


def dataset_of(entry: Entry) -> str:
    """Return the dataset that an entry about one of its versions concerns."""
    [dataset] = [str(subject) for subject in entry.about if kind_of(subject) == "dataset"]
    return dataset


def quality_page(entry: Entry) -> str:
    """Return the address of what the quality rules of a dataset have found."""
    return reverse("dataset_quality", args=[id_of(dataset_of(entry))])


def public_page(entry: Entry) -> str:
    """Return the address at which buyers look at a listing."""
    return reverse("listing_public", args=[id_of(entry.subject)])


def due_page(entry: Entry) -> str:
    """Return the address on which what is due is done."""
    is_decision = kind_of(entry.subject) == "claim" and entry.payload["what"] != "supplement"
    return (review_page_of if is_decision else page_of)(entry.subject)
