"""The acts of the register, each with the rule that it asks; pages and the API offer by it."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.core.actor import Actor
from marketplace.core.rules import Allowed, Rule, allowed
from marketplace.rights.models import Certificate, Claim, Objection, Remark
from marketplace.rights.rules import certificates, claims, examining, objections, remarks

ACTS_ON_CLAIM: Mapping[str, Rule[Claim]] = {
    "attach_evidence": claims.check_attach_evidence,
    "submit_claim": claims.check_submit_claim,
    "withdraw_claim": claims.check_withdraw_claim,
    "join_transfer": claims.check_join_transfer,
    "accept_claim": examining.check_accept_claim,
    "ask_supplement": examining.check_ask_supplement,
    "start_review": examining.check_start_review,
    "extend_decision": examining.check_extend_decision,
    "refuse_claim": examining.check_refuse_claim,
    "terminate_claim": examining.check_terminate_claim,
    "open_notice": examining.check_open_notice,
    "waive_notice": examining.check_waive_notice,
    "confirm_claim": examining.check_confirm_claim,
    "object_to_claim": objections.check_object_to_claim,
}

ACTS_ON_CERTIFICATE: Mapping[str, Rule[Certificate]] = {
    "ask_renewal": certificates.check_ask_renewal,
    "ask_change": certificates.check_ask_change,
    "ask_cancellation": certificates.check_ask_change,
    "open_transfer": certificates.check_open_transfer,
    "freeze_certificate": certificates.check_freeze_certificate,
    "unfreeze_certificate": certificates.check_unfreeze_certificate,
    "cancel_certificate": certificates.check_cancel_certificate,
    "enter_remark": remarks.check_enter_remark,
}

ACTS_ON_OBJECTION: Mapping[str, Rule[Objection]] = {
    "decide_objection": objections.check_decide_objection,
    "refer_objection": objections.check_refer_objection,
    "attach_exhibit": objections.check_attach_exhibit,
}

ACTS_ON_REMARK: Mapping[str, Rule[Remark]] = {
    "decide_remark": remarks.check_decide_remark,
    "lift_remark": remarks.check_lift_remark,
}


def acts_on_claim(claim: Claim, by: Actor) -> Allowed:
    """Return what an actor may do with a claim now."""
    return allowed(ACTS_ON_CLAIM, claim, by)


def acts_on_certificate(certificate: Certificate, by: Actor) -> Allowed:
    """Return what an actor may do with a certificate now."""
    return allowed(ACTS_ON_CERTIFICATE, certificate, by)


def acts_on_objection(objection: Objection, by: Actor) -> Allowed:
    """Return what an actor may do with an objection now."""
    return allowed(ACTS_ON_OBJECTION, objection, by)


def acts_on_remark(remark: Remark, by: Actor) -> Allowed:
    """Return what an actor may do with a remark now."""
    return allowed(ACTS_ON_REMARK, remark, by)
