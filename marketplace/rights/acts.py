"""The acts of the register, each with the rule that it asks; pages and the API offer by it."""

from collections.abc import Mapping

from marketplace.core import Actor, Allowed, Rule, allowed
from marketplace.rights.certificate import rules
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim import rules as claim_rules
from marketplace.rights.claim.models import Claim
from marketplace.rights.objection import rules as objection_rules
from marketplace.rights.objection.models import Objection
from marketplace.rights.remark import rules as remark_rules
from marketplace.rights.remark.models import Remark
from marketplace.rights.transfer import rules as transfer_rules

ACTS_ON_CLAIM: Mapping[str, Rule[Claim]] = {
    "attach_evidence": claim_rules.check_attach_evidence,
    "submit_claim": claim_rules.check_submit_claim,
    "withdraw_claim": claim_rules.check_withdraw_claim,
    "join_transfer": transfer_rules.check_join_transfer,
    "accept_claim": claim_rules.check_accept_claim,
    "ask_supplement": claim_rules.check_ask_supplement,
    "start_review": claim_rules.check_start_review,
    "extend_decision": claim_rules.check_extend_decision,
    "refuse_claim": claim_rules.check_refuse_claim,
    "terminate_claim": claim_rules.check_terminate_claim,
    "open_notice": claim_rules.check_open_notice,
    "waive_notice": claim_rules.check_waive_notice,
    "confirm_claim": claim_rules.check_confirm_claim,
    "object_to_claim": objection_rules.check_object_to_claim,
}

ACTS_ON_CERTIFICATE: Mapping[str, Rule[Certificate]] = {
    "ask_renewal": rules.check_ask_renewal,
    "ask_change": rules.check_ask_change,
    "ask_cancellation": rules.check_ask_change,
    "open_transfer": rules.check_open_transfer,
    "freeze_certificate": rules.check_freeze_certificate,
    "unfreeze_certificate": rules.check_unfreeze_certificate,
    "cancel_certificate": rules.check_cancel_certificate,
    "enter_remark": remark_rules.check_enter_remark,
}

ACTS_ON_OBJECTION: Mapping[str, Rule[Objection]] = {
    "decide_objection": objection_rules.check_decide_objection,
    "refer_objection": objection_rules.check_refer_objection,
    "attach_exhibit": objection_rules.check_attach_exhibit,
}

ACTS_ON_REMARK: Mapping[str, Rule[Remark]] = {
    "decide_remark": remark_rules.check_decide_remark,
    "lift_remark": remark_rules.check_lift_remark,
}


def acts_on_claim(claim: Claim, by: Actor) -> Allowed:
    return allowed(ACTS_ON_CLAIM, claim, by)


def acts_on_certificate(certificate: Certificate, by: Actor) -> Allowed:
    return allowed(ACTS_ON_CERTIFICATE, certificate, by)


def acts_on_objection(objection: Objection, by: Actor) -> Allowed:
    return allowed(ACTS_ON_OBJECTION, objection, by)


def acts_on_remark(remark: Remark, by: Actor) -> Allowed:
    return allowed(ACTS_ON_REMARK, remark, by)
