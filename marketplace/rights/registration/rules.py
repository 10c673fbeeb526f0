from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_independent, check_one_side, is_second
from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.core import Actor, Allowed, Invalid, NotAllowed, Rule, WrongState, allowed, clock
from marketplace.core.rules import opens
from marketplace.core.terms import has_passed, last_day_shown, running_term
from marketplace.core.workdays import Term
from marketplace.review.models import CaseKind
from marketplace.review.policies import may_decide
from marketplace.review.selectors import open_case_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.transfers import rights_passed_on, running_transfers
from marketplace.rights.claim import policies
from marketplace.rights.claim.choices import ClaimKind, Industry
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import running_claim
from marketplace.rights.claim.states import CLAIM, COMPLETABLE, ClaimState
from marketplace.rights.objection.rules import check_object_to_claim
from marketplace.rights.procedure.clocks import clocks
from marketplace.rights.procedure.profile import profile
from marketplace.rights.right.coverage import present_scope
from marketplace.rights.title.rules import check_basis

LONGEST_RESTRICTIONS = 500


def check_content_approved(dataset: Dataset) -> None:
    """Refuse claims on data whose content was not reviewed.

    Raises:
        WrongState: the dataset's content is not approved.
    """
    if dataset.state != DatasetState.APPROVED:
        raise WrongState(
            _("The content of this dataset is not approved. Have it reviewed first."),
            code="content-not-approved",
        )


def check_open_to_claims(dataset: Dataset) -> None:
    """Refuse a claim of the owner while the data is not ready for one.

    Raises:
        WrongState: the dataset's content is not approved, or a claim on it is running.
    """
    check_content_approved(dataset)
    if running_claim(dataset.pk, dataset.organization_id) is not None:
        raise WrongState(
            _("A claim on this dataset is running. Go on with it, or withdraw it first."),
            code="claim-running",
        )


def check_kept(dataset: Dataset, rights: frozenset[str]) -> None:
    """Refuse the owner's claim to rights that passed to somebody else, or are about to.

    Raises:
        WrongState: a transfer is running.
        Invalid: the owner transferred one of the rights.
    """
    owner = dataset.organization_id
    if running_transfers(dataset.pk, owner).exists():
        raise WrongState(
            _("A transfer of your right over this dataset is running. Finish or withdraw it."),
            code="transfer-running",
        )
    if rights & rights_passed_on(dataset.pk, owner):
        sentence = _(
            "Your organization transferred one of these rights and kept nothing of it (art. 34). "
            "Leave it out."
        )
        raise Invalid(sentence, code="right-passed-on", fields={"rights": [sentence]})


def check_renewable(held: Sequence[Certificate], rights: frozenset[str], today: date) -> None:
    """Refuse to claim again what is held, but for a renewal in its time (art. 36).

    Raises:
        Invalid: the renewal may not be asked for today, or other rights are claimed with it.
    """
    latest = max(held, key=lambda certificate: certificate.valid_until)
    if not latest.renewal_from <= today < latest.valid_until:
        sentence = _(
            "Your organization holds this right already, by certificate %(number)s. Leave it out: "
            "a renewal may be asked for from %(first)s to the day before %(last)s."
        ) % {
            "number": latest.number,
            "first": date_format(latest.renewal_from),
            "last": date_format(latest.valid_until),
        }
        raise Invalid(sentence, code="right-held-already", fields={"rights": [sentence]})
    if not rights <= {right for certificate in held for right in certificate.rights}:
        sentence = _("Renew the rights that you hold by themselves, and claim others afterwards.")
        raise Invalid(sentence, code="renewal-mixed", fields={"rights": [sentence]})


def check_texts(restrictions: str, industry: str) -> None:
    """Refuse restrictions that are too long, and what is no industry.

    Raises:
        Invalid: one of the two.
    """
    if len(restrictions.strip()) > LONGEST_RESTRICTIONS:
        sentence = _("Shorten this to %(most)d characters.") % {"most": LONGEST_RESTRICTIONS}
        raise Invalid(sentence, code="too-long", fields={"restrictions": [sentence]})
    if industry and industry not in Industry.values:
        sentence = _("Choose a section of GB/T 4754, a letter from A to T.")
        raise Invalid(sentence, code="no-such-industry", fields={"industry": [sentence]})


@opens("claim_draft")
def check_claims(dataset: Dataset, by: Actor) -> None:
    """Refuse who does not look after the rights of the owner of data.

    Raises:
        NotAllowed: the actor is no officer of the dataset's organization.
    """
    if not policies.may_claim(by, dataset):
        raise NotAllowed(_("Only a data officer of the owner can claim rights over this data."))


def check_draft_claim(dataset: Dataset, by: Actor) -> None:
    """Refuse to begin a claim on data.

    Raises:
        NotAllowed: the actor is no officer of the dataset's organization.
        WrongState: its content is not approved, or a claim on it is running.
    """
    check_claims(dataset, by)
    check_open_to_claims(dataset)


def check_completes(claim: Claim, by: Actor) -> None:
    """Refuse who does not look after the rights of the claimant.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
    """
    if not policies.may_complete(by, claim):
        raise NotAllowed(_("Only a data officer of the claimant can do this."))
    check_one_side(by, *(each for each in policies.parties_of(claim) if not by.acts_for(each)))


def check_attach_evidence(claim: Claim, by: Actor) -> None:
    """Refuse to add a file to a claim.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is with the register.
    """
    check_completes(claim, by)
    if claim.state not in COMPLETABLE:
        raise WrongState(
            _("The register is examining this claim. Add evidence when it asks for it."),
            code="not-completable",
        )


def check_submit_claim(claim: Claim, by: Actor) -> ClaimState:
    """Return where a claim goes that is handed to the register; its evidence is not looked at.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is with the register or ended, the time to complete it has passed, or
            the dataset's content is not approved any more; the acquirer has not joined a transfer,
            or what it passes is in doubt or in use.
    """
    check_completes(claim, by)
    is_completed_in_review = claim.state == ClaimState.SUPPLEMENT_REVIEW
    target = ClaimState.UNDER_REVIEW if is_completed_in_review else ClaimState.SUBMITTED
    CLAIM.check(claim, target)
    is_late = claim.state == ClaimState.SUPPLEMENT_ACCEPTANCE
    if is_late and has_passed(claim, "supplement_due_on"):
        raise WrongState(
            _("The time to complete this claim has passed. Claim anew."), code="completed-too-late"
        )
    if claim.kind == ClaimKind.TRANSFER and claim.joined_by_id is None:
        raise WrongState(
            _("The acquirer has not joined this transfer yet. Both sides ask for it (art. 34)."),
            code="not-joined",
        )
    if claim.preceding is None:
        check_content_approved(claim.dataset)
    check_basis(claim)
    return target


def check_withdraw_claim(claim: Claim, by: Actor) -> None:
    """Refuse to take a claim back.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is certified or ended.
    """
    check_completes(claim, by)
    CLAIM.check(claim, ClaimState.WITHDRAWN)


def accepted_by_silence(claim: Claim) -> date | None:
    """Return the day on which silence was acceptance; None where nobody can say so yet."""
    reply = running_term(claim, "reply_due_on")
    if reply is None:
        return None
    silence = clocks(claim.procedure).accepted_by_silence(reply)
    has_come = not silence.is_provisional and clock.today() >= silence.last_day
    return silence.last_day if has_come else None


def check_examines(claim: Claim, by: Actor) -> None:
    """Refuse who does not examine a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or of a party.
    """
    if by.has(Role.REVIEWER):
        check_independent(by, *policies.parties_of(claim))
    if not policies.may_examine(by, claim):
        raise NotAllowed(_("Only a reviewer of the centre can do this."))


def check_accept_claim(claim: Claim, by: Actor) -> None:
    """Refuse to take a claim on.

    Raises:
        NotAllowed: the actor is no reviewer of the centre; or it is the centre's software, and
            there is time left to reply.
        WrongState: the claim does not wait for a reply.
    """
    if not by.is_system:
        check_examines(claim, by)
    CLAIM.check(claim, ClaimState.ACCEPTED)
    if by.is_system and accepted_by_silence(claim) is None:
        raise NotAllowed(_("The time to reply to this claim is not over."))


def check_ask_supplement(claim: Claim, by: Actor) -> ClaimState:
    """Return where a claim waits for what is missing.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not being examined, was asked to be completed before, or counts as
            accepted because the register did not reply in time.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.SUBMITTED:
        CLAIM.check(claim, ClaimState.SUPPLEMENT_REVIEW)
        _check_second_person(claim, by)
        return ClaimState.SUPPLEMENT_REVIEW
    if accepted_by_silence(claim) is not None:
        raise WrongState(
            _(
                "The time to reply has passed, so this claim counts as accepted. Accept it, and "
                "ask during the review."
            ),
            code="accepted-by-silence",
        )
    if claim.was_asked_to_complete:
        raise WrongState(
            _(
                "The claimant was told once what is missing. Accept the claim, and ask during the "
                "review for what still has to be shown."
            ),
            code="asked-already",
        )
    _check_second_person(claim, by)
    return ClaimState.SUPPLEMENT_ACCEPTANCE


def check_start_review(claim: Claim, by: Actor) -> None:
    """Refuse to take a claim into review.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not accepted, or under review already.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.ACCEPTED:
        raise WrongState(_("Only an accepted claim is taken into review. Reload the page."))


def check_extend_decision(claim: Claim, by: Actor) -> Term:
    """Return the term of the decision, which can be extended once.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the decision's term does not run, or was extended already.
    """
    check_examines(claim, by)
    if claim.state not in (ClaimState.ACCEPTED, ClaimState.UNDER_REVIEW):
        raise WrongState(_("The term of the decision does not run now."))
    decision = running_term(claim, "decision_due_on")
    if claim.was_extended or decision is None:
        raise WrongState(
            _("The term was extended already. Decide by its end."), code="extended-already"
        )
    return decision


def check_refuse_claim(claim: Claim, by: Actor) -> None:
    """Refuse to refuse a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review.
    """
    check_examines(claim, by)
    if claim.state == ClaimState.OBJECTION:
        raise WrongState(_("An objection is open: decide it, and the claim follows from that."))
    CLAIM.check(claim, ClaimState.REFUSED)
    _check_second_person(claim, by)


def check_terminate_claim(claim: Claim, by: Actor) -> None:
    """Refuse to end a claim that was not completed.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim does not wait for completion, or there is time left.
    """
    check_examines(claim, by)
    CLAIM.check(claim, ClaimState.TERMINATED)
    if claim.supplement_due_on is not None and not has_passed(claim, "supplement_due_on"):
        raise WrongState(
            _("The claimant has time to complete the claim until %(day)s.")
            % {"day": last_day_shown(claim, "supplement_due_on")},
            code="time-left",
        )


def check_open_notice(claim: Claim, by: Actor) -> None:
    """Refuse to publish a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review, or its notice was waived.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.UNDER_REVIEW:
        raise WrongState(_("Only a claim under review is published. Reload the page."))
    _refuse_waived(claim)


def check_waive_notice(claim: Claim, by: Actor) -> None:
    """Refuse to let a claim go on without public notice.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review, or its notice was waived.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.UNDER_REVIEW:
        raise WrongState(_("The notice can be waived only while the claim is under review."))
    _refuse_waived(claim)


def is_waived(claim: Claim) -> bool:
    """Return whether the notice of a claim under review was waived."""
    return claim.state == ClaimState.UNDER_REVIEW and bool(claim.waive_reason)


def needs_notice(claim: Claim) -> bool:
    """Return whether a claim has to be published before it is confirmed, or its notice waived."""
    return claim.kind in profile(claim.procedure).notice_kinds and not claim.waive_reason


def check_confirm_claim(claim: Claim, by: Actor) -> None:
    """Refuse to deposit and certify the rights of a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, submitted the claim, or examined it or
            waived its notice.
        WrongState: the claim is not under review or in notice, its notice was neither waived nor
            is over, an objection is open, the dataset's content is not approved any more, or it is
            other data than was submitted; or what the claim rests on is in doubt, over or in use.
    """
    check_examines(claim, by)
    _check_after_notice(claim)
    CLAIM.check(claim, ClaimState.DEPOSITED)
    if claim.preceding is None:
        check_content_approved(claim.dataset)
        _check_unchanged(claim)
    check_basis(claim)
    _check_second_person(claim, by)
    parties = policies.parties_of(claim)
    if not is_second("examination", claim.examined_by_id, by, of=parties):
        raise NotAllowed(
            _("A second reviewer certifies: not the one who examined it or waived its notice."),
            code="second-reviewer",
        )


def _refuse_waived(claim: Claim) -> None:
    if claim.waive_reason:
        raise WrongState(
            _("The notice of this claim was waived. Confirm or refuse it."), code="notice-waived"
        )


def _check_after_notice(claim: Claim) -> None:
    """Refuse while the notice, or an objection in it, holds the claim up."""
    if claim.state == ClaimState.OBJECTION:
        raise WrongState(
            _("An objection is open. Decide it before you confirm the claim."),
            code="objection-open",
        )
    if claim.state == ClaimState.UNDER_REVIEW and needs_notice(claim):
        raise WrongState(
            _("Publish the claim first, or waive the notice with a reason."), code="notice-missing"
        )
    runs = claim.notice_until is not None and not has_passed(claim, "notice_until")
    if claim.state == ClaimState.PUBLIC_NOTICE and runs:
        raise WrongState(
            _("The public notice runs until %(day)s. Confirm the claim after that day.")
            % {"day": last_day_shown(claim, "notice_until")},
            code="notice-runs",
        )


def _check_unchanged(claim: Claim) -> None:
    """Refuse to certify a right over other data than was examined."""
    if present_scope(claim.dataset)[1] != claim.scope_sha256:
        raise WrongState(
            _(
                "The data is not what was claimed: its columns, source or description changed. "
                "Ask the claimant to submit the claim again, or to withdraw it and claim anew."
            ),
            code="data-changed",
        )


def _check_second_person(claim: Claim, by: Actor) -> None:
    """Refuse to decide what the actor submitted, whatever their roles are now."""
    case = open_case_of(CaseKind.RIGHT, f"claim:{claim.pk}")
    if case is not None and not may_decide(by, case):
        raise NotAllowed(_("Only a reviewer who did not submit this can decide on it."))


def check_joins(claim: Claim, by: Actor) -> None:
    """Refuse who does not acquire what a claim transfers.

    Raises:
        NotAllowed: the actor does not act for the acquirer.
        WrongState: it is no transfer.
    """
    if claim.kind != ClaimKind.TRANSFER:
        raise WrongState(_("This is no transfer, so nobody else has to join."))
    if not policies.may_join(by, claim):
        raise NotAllowed(_("Only the acquirer can join the transfer."))
    check_one_side(by, *(each for each in policies.parties_of(claim) if not by.acts_for(each)))


def check_join_transfer(claim: Claim, by: Actor) -> None:
    """Refuse to join a transfer.

    Raises:
        NotAllowed: the actor does not act for the acquirer.
        WrongState: it is no transfer, it was joined, or it is not in preparation any more.
    """
    check_joins(claim, by)
    if claim.joined_by_id is not None:
        raise WrongState(_("The acquirer has joined this transfer already."))
    if claim.state != ClaimState.DRAFT:
        raise WrongState(_("This transfer is not in preparation any more."))


ACTS_ON_CLAIM: Mapping[str, Rule[Claim]] = {
    "attach_evidence": check_attach_evidence,
    "submit_claim": check_submit_claim,
    "withdraw_claim": check_withdraw_claim,
    "join_transfer": check_join_transfer,
    "accept_claim": check_accept_claim,
    "ask_supplement": check_ask_supplement,
    "start_review": check_start_review,
    "extend_decision": check_extend_decision,
    "refuse_claim": check_refuse_claim,
    "terminate_claim": check_terminate_claim,
    "open_notice": check_open_notice,
    "waive_notice": check_waive_notice,
    "confirm_claim": check_confirm_claim,
    "object_to_claim": check_object_to_claim,
}


def acts_on_claim(claim: Claim, by: Actor) -> Allowed:
    return allowed(ACTS_ON_CLAIM, claim, by)
