"""What waits for a person: a selector narrows, the act's rule decides, one table says it all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounting.rules import check_decide_anew
from marketplace.accounting.selectors import recognitions_to_mend
from marketplace.accounts.policies import is_centre_finance
from marketplace.accounts.roles import Role
from marketplace.accounts.setting.rules import check_confirm_setting
from marketplace.accounts.setting.selectors import settings_to_confirm
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.rules import check_revise_ceiling, check_submit_ceiling
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.appraisal.ceiling.states import BEING_WRITTEN, CeilingState
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.states import DatasetState
from marketplace.core import Actor, clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_retry_copy
from marketplace.delivery.grant.selectors import grants_ending, orders_with_broken_copies
from marketplace.desk.selectors.cases import queue_of
from marketplace.desk.selectors.kind import LOOKED_AT, MOST, Task, Waiting, has, merged, waiting_for
from marketplace.desk.selectors.labelling import LABELLING
from marketplace.desk.selectors.path import Path, paths_of
from marketplace.desk.selectors.people import PEOPLE
from marketplace.review.selectors import reasons_of_return
from marketplace.rights.due.selectors import transfers_to_join
from marketplace.rights.registration.rules import check_join_transfer
from marketplace.rights.remark.rules import check_decide_remark
from marketplace.rights.remark.selectors import unconfirmed_remarks
from marketplace.trading.listings.assessment.rules import check_second_person
from marketplace.trading.listings.assessment.selectors import assessments_visible_to
from marketplace.trading.listings.assessment.states import AssessmentState
from marketplace.trading.listings.income_share.rules import check_answer_income_share
from marketplace.trading.listings.income_share.selectors import shares_to_answer
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.rules import check_answer_inquiry
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.inquiry.states import InquiryState
from marketplace.trading.listings.mode.modes import names_where
from marketplace.trading.orders.amendment.selectors import amendments_to_sign
from marketplace.trading.orders.approval.rules import (
    check_ask_amendment_approval,
    check_ask_contract_approval,
    check_decide_signing,
)
from marketplace.trading.orders.approval.selectors import approvals_to_decide
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.deletion.rules import check_state_deletion
from marketplace.trading.orders.delivery.rules import check_accept_delivery
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.rules import (
    check_answer_settlement,
    check_decide_dispute,
    check_propose_settlement,
    check_record_ruling,
)
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.dispute.states import UNDECIDED, DisputeState
from marketplace.trading.orders.negotiation.rules import check_accept_order
from marketplace.trading.orders.objection.rules import check_answer_remedy, check_offer_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.rules import (
    check_answer,
    check_confirm_removal,
    check_prove_identity,
)
from marketplace.trading.orders.person_request.selectors import person_requests_visible_to
from marketplace.trading.orders.person_request.states import PersonRequestState
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.rules import (
    check_decide_reidentification,
    check_examine_reidentification,
)
from marketplace.trading.orders.recall.selectors import reidentifications_visible_to
from marketplace.trading.orders.recall.states import UNDECIDED as UNEXAMINED
from marketplace.trading.orders.remedy.selectors import objections_to_answer, remedies_to_answer
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.rules import check_record_payment
from marketplace.trading.orders.settlement.selectors import charges_visible_to, open_charge_of
from marketplace.trading.orders.settlement.states import ChargeState
from marketplace.trading.orders.signature.rules import check_sign_amendment, check_sign_contract
from marketplace.trading.treasury.allocation.rules import check_allocate_payment
from marketplace.trading.treasury.bank.rules import check_confirm_statement
from marketplace.trading.treasury.bank.selectors import waiting_statements
from marketplace.trading.treasury.bank_account.rules import (
    check_confirm_bank_account,
    check_prove_bank_account,
    check_vouch_bank_account,
)
from marketplace.trading.treasury.bank_account.selectors import (
    accounts_to_confirm,
    accounts_to_vouch,
    accounts_without_bank,
)
from marketplace.trading.treasury.bank_item.rules import (
    check_confirm_bank_item,
    check_confirm_reversal,
)
from marketplace.trading.treasury.bank_item.selectors import items_to_reverse, waiting_bank_items
from marketplace.trading.treasury.closing.rules import check_confirm_closing
from marketplace.trading.treasury.closing.selectors import waiting_closings
from marketplace.trading.treasury.held_line.rules import (
    check_confirm_held_line,
    check_propose_held_line,
)
from marketplace.trading.treasury.held_line.selectors import lines_to_compare, lines_to_confirm
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.rules import check_confirm_payment
from marketplace.trading.treasury.payment.selectors import recorded_payments, unallocated_payments
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.rules import (
    check_approve_disbursement,
    check_propose_payout,
    check_propose_return,
    check_reject_disbursement,
)
from marketplace.trading.treasury.payout.selectors import (
    accounts_to_pay_out,
    waiting_disbursements,
)
from marketplace.web.templatetags.market import money

PAID_BEFORE_DAYS = 14
"""How many days before it is due an amount waits on a desk; the calendar has the later ones."""


def as_buyer(*states: OrderState) -> Callable[[Actor], QuerySet[Order]]:
    """Return the orders of the actor's organization in the states."""
    return lambda by: (
        orders_visible_to(by)
        .filter(buyer_id=by.organization_id, state__in=states)
        .order_by("created_at")
    )


def as_seller(*states: OrderState) -> Callable[[Actor], QuerySet[Order]]:
    """Return the orders from the actor's organization in the states."""
    return lambda by: (
        orders_visible_to(by)
        .filter(Q(listing__organization_id=by.organization_id), state__in=states)
        .order_by("created_at")
    )


def title_of(order: Order) -> str:
    return order.listing.title


def _to_receive(by: Actor) -> QuerySet[Order]:
    return as_buyer(OrderState.PAID)(by).exclude(
        listing__delivery_mode__in=names_where(lambda mode: mode.sells_right)
    )


def _charges_to_pay(by: Actor) -> QuerySet[Charge]:
    soon = clock.today() + timedelta(days=PAID_BEFORE_DAYS)
    rows = charges_visible_to(by).filter(
        state=ChargeState.OPEN, order__buyer_id=by.organization_id, payment_told_at=None
    )
    return rows.filter(due_on__lte=soon).order_by("due_on", "pk")


def _to_pay_for(by: Actor) -> QuerySet[Order]:
    rows = orders_visible_to(by).filter(state=OrderState.SIGNED).order_by("created_at")
    return rows.prefetch_related("charges")


def _pays(who: object, amount: str, what: str) -> str:
    said = {"who": who, "amount": amount, "what": what}
    return gettext("%(who)s pays %(amount)s: %(what)s") % said


def _owed(order: Order) -> str:
    """Say who pays how much of an order next, and until when: the buyer's day, not the reader's."""
    charge = open_charge_of(order)
    if charge is None:
        return title_of(order)
    return gettext("%(who)s pays %(amount)s by %(day)s: %(what)s") % {
        "who": order.buyer,
        "amount": money(charge.still_open, charge.currency),
        "day": date_format(charge.due_on, "SHORT_DATE_FORMAT"),
        "what": title_of(order),
    }


def _recorded(by: Actor) -> QuerySet[Payment]:
    return recorded_payments(by).select_related("charge__order__buyer")


def _came_in(payment: Payment) -> str:
    """Say who paid how much, by which reference of the bank."""
    amount = money(payment.amount, payment.currency)
    if payment.charge is None:
        return f"{payment.reference}, {amount}"
    return _pays(payment.charge.order.buyer, amount, payment.reference)


def _goes_out(disbursement: Disbursement) -> str:
    """Say how much goes to whom."""
    amount = money(disbursement.amount, disbursement.currency)
    account = disbursement.bank_account or disbursement.account
    organization = account.organization if account is not None else None
    if organization is None:
        return amount
    return gettext("%(amount)s to %(who)s") % {"amount": amount, "who": organization}


def _ordered(order: Order) -> str:
    """Say who orders what."""
    said = {"who": order.buyer, "what": title_of(order)}
    return gettext("%(who)s: %(what)s") % said


def _inquiries(by: Actor) -> QuerySet[Inquiry]:
    rows = inquiries_visible_to(by).filter(Q(product__organization_id=by.organization_id))
    return rows.filter(state=InquiryState.ASKED).order_by("created_at")


def _why_returned(ceilings: Sequence[PriceCeiling], by: Actor) -> Mapping[UUID, str]:
    """Return why a second person sent price ceilings back."""
    returned = [one.pk for one in ceilings if one.state == CeilingState.RETURNED]
    found = reasons_of_return([f"ceiling:{pk}" for pk in returned], by=by)
    return {pk: found.get(f"ceiling:{pk}", "") for pk in returned}


def _contracts_to_sign(by: Actor) -> QuerySet[Contract]:
    buying = Q(order__buyer_id=by.organization_id, buyer_signed_at=None)
    selling = Q(order__listing__organization_id=by.organization_id, seller_signed_at=None)
    rows = contracts_visible_to(by).filter(buying | selling, order__state=OrderState.ACCEPTED)
    return rows.select_related("order__listing").order_by("created_at")


def _disputes_of_sides(by: Actor) -> QuerySet[Dispute]:
    buying = Q(order__buyer_id=by.organization_id, buyer_agreed_at=None)
    selling = Q(order__listing__organization_id=by.organization_id, seller_agreed_at=None)
    rows = disputes_visible_to(by).filter(buying | selling, state=DisputeState.PROPOSED)
    return rows.order_by("created_at")


def _disputes_of_centre(by: Actor) -> QuerySet[Dispute]:
    rows = disputes_visible_to(by).filter(state__in=(*UNDECIDED, DisputeState.APPEALED))
    return rows.order_by("created_at")


def _doubts(by: Actor) -> QuerySet[Reidentification]:
    rows = reidentifications_visible_to(by).filter(state__in=UNEXAMINED)
    return rows.order_by("created_at")


def _persons(*states: PersonRequestState) -> Callable[[Actor], QuerySet[PersonRequest]]:
    return lambda by: (
        person_requests_visible_to(by).filter(state__in=states).order_by("due_on", "created_at")
    )


def _deletions_to_state(by: Actor) -> QuerySet[Order]:
    rows = orders_visible_to(by).filter(
        buyer_id=by.organization_id, deletion__isnull=False, deletion__stated_at=None
    )
    return rows.select_related("deletion").order_by("deletion__due_on")


def _deletions_owed(by: Actor) -> QuerySet[Order]:
    rows = orders_visible_to(by).filter(
        Q(listing__organization_id=by.organization_id),
        deletion__isnull=False,
        deletion__stated_at=None,
    )
    return rows.select_related("deletion").order_by("deletion__due_on")


def _licences_ending(side: str) -> Callable[[Actor], QuerySet[Grant]]:
    return lambda by: grants_ending(by).filter(**{side: by.organization_id}).order_by("expires_at")


def _ceilings_being_written(by: Actor) -> QuerySet[PriceCeiling]:
    rows = ceilings_visible_to(by).filter(
        Q(organization_id=by.organization_id), state__in=BEING_WRITTEN
    )
    return rows.order_by("created_at")


WAITING: tuple[Waiting[Any], ...] = (
    Waiting(
        _("Confirm a setting of the centre"),
        "shield-check",
        "setting_detail",
        has(Role.ADMINISTRATOR),
        settings_to_confirm,
        lambda setting: str(setting.get_kind_display()),
        (check_confirm_setting,),
        due_on=lambda setting: setting.effective_on,
    ),
    Waiting(
        _("Confirm a remark"),
        "stamp",
        "certificate_detail",
        has(Role.REVIEWER),
        unconfirmed_remarks,
        lambda remark: remark.certificate.dataset.title,
        (check_decide_remark,),
        at=lambda remark: remark.certificate_id,
    ),
    Waiting(
        _("Mediate or decide a dispute"),
        "scale",
        "dispute_detail",
        has(Role.REVIEWER),
        _disputes_of_centre,
        lambda dispute: title_of(dispute.order),
        (check_propose_settlement, check_decide_dispute, check_record_ruling),
    ),
    Waiting(
        _("Examine a report that a person was found"),
        "scan-search",
        "reidentification_detail",
        has(Role.REVIEWER),
        _doubts,
        lambda doubt: doubt.risk_report.version.dataset.title,
        (check_examine_reidentification, check_decide_reidentification),
    ),
    Waiting(
        _("Decide on an impact assessment"),
        "clipboard-check",
        "assessment_detail",
        has(Role.OFFICER, Role.REVIEWER),
        lambda by: assessments_visible_to(by).filter(state=AssessmentState.MADE),
        lambda assessment: assessment.version.dataset.title,
        (check_second_person,),
    ),
    Waiting(
        _("See who a person is that asks"),
        "contact-round",
        "person_request_detail",
        has(Role.REVIEWER),
        _persons(PersonRequestState.RECEIVED),
        lambda asked: asked.dataset.title,
        (check_prove_identity,),
        due_on=lambda asked: asked.due_on,
    ),
    Waiting(
        _("Answer a person's request"),
        "contact-round",
        "person_request_detail",
        has(Role.OFFICER, Role.REVIEWER),
        _persons(PersonRequestState.PROVED),
        lambda asked: asked.dataset.title,
        (check_answer,),
        due_on=lambda asked: asked.due_on,
    ),
    Waiting(
        _("Confirm that a person's rows leave"),
        "contact-round",
        "person_request_detail",
        has(Role.REVIEWER),
        _persons(PersonRequestState.GRANTED),
        lambda asked: asked.dataset.title,
        (check_confirm_removal,),
        due_on=lambda asked: asked.due_on,
    ),
    Waiting(
        _("Desensitize anew: a person's rows leave"),
        "contact-round",
        "person_request_detail",
        has(Role.OFFICER),
        _persons(PersonRequestState.CONFIRMED),
        lambda asked: asked.dataset.title,
        due_on=lambda asked: asked.due_on,
    ),
    Waiting(
        _("Have a buyer's copy written again"),
        "copy",
        "order_grant",
        has(Role.OFFICER, Role.REVIEWER),
        orders_with_broken_copies,
        title_of,
        (check_retry_copy,),
    ),
    Waiting(
        _("State that data is deleted"),
        "trash-2",
        "order_detail",
        has(Role.BUYER),
        _deletions_to_state,
        title_of,
        (check_state_deletion,),
        due_on=lambda order: order.deletion.due_on,
    ),
    Waiting(
        _("A buyer owes a statement of deletion"),
        "trash-2",
        "order_detail",
        has(Role.OFFICER),
        _deletions_owed,
        title_of,
        due_on=lambda order: order.deletion.due_on,
    ),
    Waiting(
        _("Your licence runs out"),
        "calendar-clock",
        "order_grant",
        has(Role.BUYER),
        _licences_ending("organization_id"),
        lambda grant: title_of(grant.order),
        due_on=lambda grant: localtime(grant.expires_at).date(),
        at=lambda grant: grant.order_id,
    ),
    Waiting(
        _("A buyer's licence runs out"),
        "calendar-clock",
        "order_detail",
        has(Role.OFFICER),
        _licences_ending("listing__organization_id"),
        lambda grant: title_of(grant.order),
        due_on=lambda grant: localtime(grant.expires_at).date(),
        at=lambda grant: grant.order_id,
    ),
    Waiting(
        _("Submit a price ceiling"),
        "landmark",
        "ceiling_detail",
        has(Role.OFFICER),
        _ceilings_being_written,
        lambda ceiling: ceiling.dataset.title,
        (check_submit_ceiling, check_revise_ceiling),
        reasons=_why_returned,
    ),
    Waiting(
        _("Decide anew what data is booked as"),
        "receipt",
        "recognition_detail",
        has(Role.FINANCE),
        recognitions_to_mend,
        lambda recognition: recognition.dataset.title,
        (check_decide_anew,),
        reasons=lambda found, by: {one.pk: one.reason for one in found},
    ),
    Waiting(
        _("Decide on outgoing money"),
        "landmark",
        "disbursement_detail",
        has(Role.REVIEWER, Role.FINANCE),
        waiting_disbursements,
        _goes_out,
        (check_approve_disbursement, check_reject_disbursement),
    ),
    Waiting(
        _("Accept or decline an order"),
        "handshake",
        "order_detail",
        has(Role.OFFICER),
        as_seller(OrderState.PLACED),
        _ordered,
        (check_accept_order,),
        due_on=lambda order: order.answer_due_on,
    ),
    Waiting(
        _("Answer an inquiry about your data"),
        "message-circle-question-mark",
        "inquiry_detail",
        has(Role.OFFICER),
        _inquiries,
        lambda inquiry: inquiry.listing.title,
        (check_answer_inquiry,),
    ),
    Waiting(
        _("Answer an objection"),
        "message-circle-warning",
        "order_detail",
        has(Role.OFFICER),
        objections_to_answer,
        title_of,
        (check_offer_remedy,),
    ),
    Waiting(
        _("Answer what the seller offers"),
        "message-circle-reply",
        "order_detail",
        has(Role.BUYER),
        remedies_to_answer,
        lambda remedy: title_of(remedy.order),
        (check_answer_remedy,),
        at=lambda remedy: remedy.order_id,
    ),
    Waiting(
        _("Answer a share of income"),
        "hand-coins",
        "income_share_detail",
        has(Role.OFFICER),
        shares_to_answer,
        lambda share: share.listing.title,
        (check_answer_income_share,),
    ),
    Waiting(
        _("Answer an offer"),
        "handshake",
        "order_detail",
        has(Role.BUYER),
        as_buyer(OrderState.COUNTERED),
        title_of,
        (check_accept_order,),
        due_on=lambda order: order.answer_due_on,
    ),
    Waiting(
        _("Sign a contract"),
        "file-pen-line",
        "contract_detail",
        has(Role.OFFICER, Role.BUYER),
        _contracts_to_sign,
        lambda contract: title_of(contract.order),
        (check_sign_contract, check_ask_contract_approval),
    ),
    Waiting(
        _("Approve that a colleague signs"),
        "users",
        "approval_detail",
        has(Role.OFFICER, Role.BUYER, Role.FINANCE, Role.OWNER),
        approvals_to_decide,
        lambda approval: title_of(approval.contract.order),
        (check_decide_signing,),
    ),
    Waiting(
        _("Pay an amount"),
        "banknote",
        "order_detail",
        has(Role.BUYER, Role.FINANCE),
        _charges_to_pay,
        lambda charge: f"{title_of(charge.order)}, {money(charge.still_open, charge.currency)}",
        due_on=lambda charge: charge.due_on,
        at=lambda charge: charge.order_id,
    ),
    Waiting(
        _("Receive a delivery"),
        "package",
        "order_detail",
        has(Role.BUYER),
        _to_receive,
        title_of,
    ),
    Waiting(
        _("Accept a delivery"),
        "package-check",
        "order_detail",
        has(Role.BUYER),
        as_buyer(OrderState.DELIVERED, OrderState.OBJECTED),
        title_of,
        (check_accept_delivery,),
        due_on=lambda order: order.acceptance_due_on,
    ),
    Waiting(
        _("Answer a proposed settlement"),
        "scale",
        "dispute_detail",
        has(Role.OFFICER, Role.BUYER),
        _disputes_of_sides,
        lambda dispute: title_of(dispute.order),
        (check_answer_settlement,),
    ),
    Waiting(
        _("Sign or decline an amendment"),
        "file-pen-line",
        "amendment_detail",
        has(Role.OFFICER, Role.BUYER),
        amendments_to_sign,
        lambda amendment: title_of(amendment.contract.order),
        (check_sign_amendment, check_ask_amendment_approval),
        due_on=lambda amendment: amendment.answer_due_on,
    ),
    Waiting(
        _("Join a transfer"),
        "arrow-right-left",
        "claim_detail",
        has(Role.OFFICER, Role.BUYER),
        transfers_to_join,
        lambda claim: claim.dataset.title,
        (check_join_transfer,),
    ),
    Waiting(
        _("Record a payment"),
        "banknote",
        "order_detail",
        is_centre_finance,
        _to_pay_for,
        _owed,
        (check_record_payment,),
    ),
    Waiting(
        _("Confirm a payment"),
        "check-check",
        "payment_detail",
        is_centre_finance,
        _recorded,
        _came_in,
        (check_confirm_payment,),
    ),
    Waiting(
        _("Confirm a bank statement"),
        "landmark",
        "bank_statement",
        is_centre_finance,
        waiting_statements,
        str,
        (check_confirm_statement,),
    ),
    Waiting(
        _("Book a line of the bank's own"),
        "landmark",
        "bank_item_detail",
        is_centre_finance,
        waiting_bank_items,
        str,
        (check_confirm_bank_item,),
    ),
    Waiting(
        _("Reverse a line of the bank's own"),
        "landmark",
        "bank_item_detail",
        is_centre_finance,
        items_to_reverse,
        str,
        (check_confirm_reversal,),
    ),
    Waiting(
        _("Say whether a bank line is told twice"),
        "landmark",
        "held_line_detail",
        is_centre_finance,
        lines_to_compare,
        str,
        (check_propose_held_line,),
        reasons=lambda found, by: {one.pk: one.reason for one in found},
    ),
    Waiting(
        _("Confirm what was said of a held bank line"),
        "landmark",
        "held_line_detail",
        is_centre_finance,
        lines_to_confirm,
        str,
        (check_confirm_held_line,),
    ),
    Waiting(
        _("Close a day"),
        "lock",
        "closing_detail",
        is_centre_finance,
        waiting_closings,
        str,
        (check_confirm_closing,),
    ),
    Waiting(
        _("Pay out what an organization has"),
        "banknote-arrow-up",
        "account_statement",
        is_centre_finance,
        accounts_to_pay_out,
        lambda account: f"{account.organization}, {money(account.balance, account.currency)}",
        (check_propose_payout,),
    ),
    Waiting(
        _("State your organization's bank account"),
        "landmark",
        "account_statement",
        has(Role.OWNER, Role.FINANCE),
        accounts_without_bank,
        lambda account: money(account.balance, account.currency),
    ),
    Waiting(
        _("Prove an organization's bank account"),
        "landmark",
        "bank_account_detail",
        is_centre_finance,
        accounts_to_vouch,
        str,
        (check_vouch_bank_account, check_prove_bank_account),
    ),
    Waiting(
        _("Confirm your organization's bank account"),
        "landmark",
        "bank_account_detail",
        has(Role.OWNER),
        accounts_to_confirm,
        str,
        (check_confirm_bank_account,),
    ),
    Waiting(
        _("Allocate or return a payment"),
        "inbox",
        "payment_detail",
        is_centre_finance,
        unallocated_payments,
        lambda payment: f"{payment.reference}, {money(payment.amount, payment.currency)}",
        (check_allocate_payment, check_propose_return),
    ),
    *LABELLING,
    *PEOPLE,
)
"""Everything that waits for somebody: what, whom, among which rows, by which rule, until when.

Cases of the review queue and the next step of each dataset come beside it, from their own tables.
"""


class OwnPaths(NamedTuple):
    """The datasets of an organization that are on their way, and how many others it has."""

    unfinished: list[Path]
    others: int


def tasks_of(by: Actor, paths: Sequence[Path]) -> list[Task]:
    """Return what waits for the actor: what has a last day first, by that day; at most 20 a kind.

    What reads the same is one task with a count. `paths` are those of the actor's organization.
    """
    tasks = [*_cases(by), *_steps(by, paths), *waiting_for(by, WAITING)]
    return merged(sorted(tasks, key=lambda task: task.due_on or date.max))


def own_paths(by: Actor) -> OwnPaths:
    """Return the paths of the newest datasets that are not finished yet; officers' alone."""
    if by.organization_id is None or not by.has(Role.OFFICER):
        return OwnPaths([], 0)
    rows = (
        datasets_visible_to(by)
        .filter(organization_id=by.organization_id)
        .exclude(state=DatasetState.RETIRED)
        .order_by("-created_at")
    )
    newest = list(rows[:LOOKED_AT])
    paths = [path for path in paths_of(newest, by=by) if path.current is not None][:MOST]
    count = len(newest) if len(newest) < LOOKED_AT else rows.count()
    return OwnPaths(paths, count - len(paths))


def _cases(by: Actor) -> Iterator[Task]:
    if by.has(Role.REVIEWER):
        queue = queue_of(by)[:LOOKED_AT]
        open_to_them = (case for case in queue if case.may_decide and case.is_their_turn)
        for case in islice(open_to_them, MOST):
            yield Task(case.kind_label, case.title, case.url, "clipboard-check")


def _steps(by: Actor, paths: Sequence[Path]) -> Iterator[Task]:
    if not by.has(Role.OFFICER):
        return
    for path in paths:
        if path.current is not None and not path.turn.is_others:
            yield Task(
                path.current.label,
                path.dataset.title,
                path.next_url,
                "route",
                reason=path.turn.says,
            )
