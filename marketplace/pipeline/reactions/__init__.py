"""What follows from what: for each kind of fact, the acts that it starts.

A reaction takes the sealed entry, calls one act, and answers nothing. It runs once, in the
transaction that moves the cursor; a test and the page of the pipeline name it by its function.
"""

from __future__ import annotations

from collections.abc import Callable

from marketplace.ledger.models import Entry
from marketplace.pipeline.reactions.appraising import return_income
from marketplace.pipeline.reactions.cases import tell_reviewers, tell_submitters
from marketplace.pipeline.reactions.disputes import tell_others_in_dispute, tell_sides_of_dispute
from marketplace.pipeline.reactions.drawing import ask_drawer, tell_of_drawing
from marketplace.pipeline.reactions.emails import send_emails
from marketplace.pipeline.reactions.money import (
    tell_of_charge,
    tell_of_further_payment,
    tell_of_money_out,
    tell_payer,
    tell_proposer,
    tell_second_person,
    tell_treasurers,
)
from marketplace.pipeline.reactions.organizations import (
    tell_administrators,
    tell_organization,
)
from marketplace.pipeline.reactions.preparing import ask_worker, profile_approved, tell_of_run
from marketplace.pipeline.reactions.rights import (
    note_listing,
    note_renewal,
    tell_acquirer,
    tell_claimant,
    tell_holder,
    tell_of_decided_objection,
    tell_of_due,
    tell_of_new_holder,
    tell_of_objection,
    tell_of_referred_objection,
    tell_of_remark,
    tell_of_renewal,
    tell_transferor,
)
from marketplace.pipeline.reactions.selling_rights import (
    complete_sale,
    end_sale,
    tell_of_ended_sale,
)
from marketplace.pipeline.reactions.trading import (
    amend_access,
    await_payment,
    certify,
    end_access,
    grant_access,
    grant_copy,
    suspend_listings,
    tell_asker,
    tell_both_sides,
    tell_of_amendment,
    tell_of_answer,
    tell_of_grant,
    tell_of_offer,
    tell_of_signature,
    tell_of_suspension,
    tell_of_termination,
    tell_other_side,
    tell_seller,
)
from marketplace.pipeline.reactions.valuing import note_trade

Reaction = Callable[[Entry], None]

REACTIONS: dict[str, tuple[Reaction, ...]] = {
    "accounts.organization_applied": (tell_administrators,),
    "accounts.organization_verified": (tell_organization,),
    "accounts.organization_refused": (tell_organization,),
    "accounts.organization_suspended": (tell_organization,),
    "accounts.organization_reinstated": (tell_organization,),
    "review.case_opened": (tell_reviewers,),
    "review.case_decided": (tell_submitters,),
    "catalog.dataset_approved": (profile_approved,),
    "catalog.dataset_reopened": (suspend_listings,),
    "catalog.dataset_retired": (suspend_listings,),
    "catalog.drawing_requested": (ask_drawer,),
    "catalog.drawing_finished": (tell_of_drawing,),
    "catalog.drawing_failed": (tell_of_drawing,),
    "preparation.run_requested": (ask_worker,),
    "preparation.copy_finished": (grant_copy,),
    "preparation.run_failed": (tell_of_run,),
    "preparation.columns_classified": (tell_of_run,),
    "preparation.masking_finished": (tell_of_run,),
    "preparation.risk_report_withdrawn": (suspend_listings,),
    "rights.supplement_asked": (tell_claimant,),
    "rights.claim_accepted": (tell_claimant,),
    "rights.claim_not_accepted": (end_sale, tell_claimant),
    "rights.claim_terminated": (end_sale,),
    "rights.claim_refused": (end_sale,),
    "rights.claim_withdrawn": (end_sale,),
    "rights.notice_opened": (tell_claimant,),
    "rights.notice_elapsed": (tell_claimant,),
    "rights.objection_raised": (tell_of_objection,),
    "rights.objection_referred": (tell_of_referred_objection,),
    "rights.objection_decided": (tell_of_decided_objection,),
    "rights.certificate_frozen": (suspend_listings, tell_holder),
    "rights.certificate_unfrozen": (tell_holder,),
    "rights.certificate_cancelled": (suspend_listings, tell_holder),
    "rights.certificate_superseded": (suspend_listings, tell_holder),
    "rights.due_approaching": (tell_of_due,),
    "rights.remark_proposed": (tell_of_remark,),
    "rights.lifting_proposed": (tell_of_remark,),
    "rights.remark_made": (tell_holder,),
    "rights.remark_lifted": (tell_holder,),
    "rights.transfer_opened": (tell_acquirer,),
    "rights.transfer_joined": (tell_transferor,),
    "rights.right_transferred": (complete_sale, tell_of_new_holder),
    "rights.registration_changed": (tell_holder,),
    "rights.renewal_opened": (tell_of_renewal,),
    "rights.certificate_expired": (suspend_listings, tell_holder),
    "appraisal.appraisal_superseded": (suspend_listings,),
    "appraisal.appraisal_withdrawn": (suspend_listings,),
    "appraisal.appraisal_expired": (suspend_listings,),
    "appraisal.ceiling_closed": (suspend_listings,),
    "appraisal.ceiling_excess_carried": (suspend_listings,),
    "trading.listing_published": (note_listing,),
    "trading.listing_resumed": (note_listing,),
    "trading.listing_suspended": (note_listing, tell_of_suspension),
    "trading.listing_renewed": (note_listing, note_renewal),
    "trading.listing_superseded": (note_listing,),
    "trading.listing_withdrawn": (note_listing,),
    "trading.demand_answered": (tell_asker,),
    "trading.order_free": (grant_access,),
    "trading.order_placed": (tell_seller,),
    "trading.order_accepted": (tell_of_answer,),
    "trading.order_declined": (tell_of_answer,),
    "trading.offer_made": (tell_of_offer,),
    "trading.right_sale_ended": (tell_of_ended_sale,),
    "trading.termination_given": (tell_of_termination,),
    "trading.contract_terminated": (end_access, tell_of_termination),
    "trading.offer_expired": (tell_both_sides,),
    "trading.amendment_proposed": (tell_of_amendment,),
    "trading.amendment_signed": (amend_access, tell_of_amendment),
    "trading.amendment_declined": (tell_of_amendment,),
    "trading.amendment_withdrawn": (tell_of_amendment,),
    "trading.amendment_expired": (tell_of_amendment,),
    "trading.order_cancelled": (tell_other_side,),
    "trading.contract_signed": (tell_of_signature, await_payment),
    "trading.charge_opened": (tell_of_charge,),
    "trading.payment_held": (grant_access, tell_seller, tell_payer),
    "trading.charge_paid": (tell_of_further_payment, tell_payer),
    "trading.payment_received": (tell_treasurers,),
    "trading.disbursement_proposed": (tell_second_person,),
    "trading.disbursement_approved": (tell_proposer, tell_of_money_out),
    "trading.disbursement_rejected": (tell_proposer,),
    "trading.dispute_opened": (tell_others_in_dispute,),
    "trading.settlement_proposed": (tell_sides_of_dispute,),
    "trading.settlement_answered": (tell_others_in_dispute,),
    "trading.dispute_decided": (tell_sides_of_dispute,),
    "trading.dispute_appealed": (tell_others_in_dispute,),
    "trading.dispute_withdrawn": (tell_others_in_dispute,),
    "trading.dispute_ended": (tell_sides_of_dispute,),
    "trading.order_delivered": (tell_seller,),
    "trading.delivery_objected": (tell_seller,),
    "trading.order_completed": (certify, return_income, tell_seller, note_trade),
    "delivery.grant_issued": (tell_of_grant,),
    "notices.people_notified": (send_emails,),
}
