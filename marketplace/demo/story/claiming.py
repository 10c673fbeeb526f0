"""The rights over the data are claimed, examined and certified."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.demo.story.cast import REVIEWER, SECOND_REVIEWER
from marketplace.demo.story.findings import certificate_of, claim_of, dataset_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.registering import points_of
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.telling import Done, Step
from marketplace.review.models import CaseKind
from marketplace.rights.certificate.events import CertificateIssued
from marketplace.rights.claim.events import (
    ClaimAccepted,
    ClaimDrafted,
    ClaimSubmitted,
    EvidenceAttached,
    NoticeWaived,
    ReviewStarted,
)
from marketplace.rights.claim.selectors import evidence_of
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.registration.services import (
    accept_claim,
    attach_evidence,
    confirm_claim,
    draft_claim,
    start_review,
    submit_claim,
    waive_notice,
)
from marketplace.rights.right.choices import Right
from marketplace.vault.services import work_folder
from marketplace.vault.uploads import upload_of_path

NOT_SUBMITTED = (ClaimState.DRAFT,)
NOT_ACCEPTED = (*NOT_SUBMITTED, ClaimState.SUBMITTED)
NOT_UNDER_REVIEW = (*NOT_ACCEPTED, ClaimState.ACCEPTED)


def claiming(goods: Goods) -> tuple[Step, ...]:
    """Return the steps from the claim to the certificate."""
    return (
        Step(
            gettext_lazy("The officer claims rights over the data"),
            partial(look_drafted, goods),
            partial(draft, goods),
        ),
        Step(
            gettext_lazy("The officer attaches evidence"),
            partial(look_evidenced, goods),
            partial(attach, goods),
        ),
        Step(
            gettext_lazy("The officer submits the claim"),
            partial(look_submitted, goods),
            partial(submit, goods),
        ),
        Step(
            gettext_lazy("A reviewer accepts the claim"),
            partial(look_accepted, goods),
            partial(accept, goods),
        ),
        Step(
            gettext_lazy("The reviewer examines the claim"),
            partial(look_examined, goods),
            partial(examine, goods),
        ),
        Step(
            gettext_lazy("The reviewer waives the public notice, with a reason"),
            partial(look_waived, goods),
            partial(waive, goods),
        ),
        Step(
            gettext_lazy("A second reviewer confirms the rights"),
            partial(look_certified, goods),
            partial(certify, goods),
        ),
    )


def look_drafted(goods: Goods, stage: Stage) -> Done | None:
    claim = claim_of(goods)
    if claim is None:
        return None
    rights = ", ".join(str(Right(right).label) for right in claim.rights)
    return Done(
        _("%(rights)s for %(years)d years") % {"rights": rights, "years": claim.term_years},
        f"claim:{claim.pk}",
        ClaimDrafted,
    )


def draft(goods: Goods, stage: Stage) -> None:
    draft_claim(
        the(dataset_of(goods)).pk,
        rights=goods.rights,
        term_years=goods.term_years,
        industry=goods.industry,
        by=stage.actor(goods.officer),
    )


def look_evidenced(goods: Goods, stage: Stage) -> Done | None:
    claim = the(claim_of(goods))
    evidence = evidence_of(claim).filter(kind=goods.proof.kind).first()
    return Done(evidence.title, f"claim:{claim.pk}", EvidenceAttached) if evidence else None


def attach(goods: Goods, stage: Stage) -> None:
    proofs = [goods.proof] if goods.processing is None else [goods.processing, goods.proof]
    with work_folder() as folder:
        for proof in proofs:
            path = folder / proof.file_name
            path.write_text(proof.text, encoding="utf-8")
            with upload_of_path(path, content_type="text/plain") as sent:
                attach_evidence(
                    the(claim_of(goods)).pk,
                    kind=proof.kind,
                    title=proof.title,
                    upload=sent,
                    by=stage.actor(goods.officer),
                )


def look_submitted(goods: Goods, stage: Stage) -> Done | None:
    claim = the(claim_of(goods))
    if claim.state in NOT_SUBMITTED:
        return None
    return Done(_("given to the register"), f"claim:{claim.pk}", ClaimSubmitted)


def submit(goods: Goods, stage: Stage) -> None:
    submit_claim(the(claim_of(goods)).pk, by=stage.actor(goods.officer))


def look_accepted(goods: Goods, stage: Stage) -> Done | None:
    claim = the(claim_of(goods))
    if claim.state in NOT_ACCEPTED or claim.accepted_on is None:
        return None
    return Done(
        _("accepted on %(day)s") % {"day": claim.accepted_on.isoformat()},
        f"claim:{claim.pk}",
        ClaimAccepted,
    )


def accept(goods: Goods, stage: Stage) -> None:
    accept_claim(the(claim_of(goods)).pk, by=stage.actor(REVIEWER))


def look_examined(goods: Goods, stage: Stage) -> Done | None:
    claim = the(claim_of(goods))
    if claim.state in NOT_UNDER_REVIEW:
        return None
    return Done(_("begun"), f"claim:{claim.pk}", ReviewStarted)


def examine(goods: Goods, stage: Stage) -> None:
    start_review(the(claim_of(goods)).pk, by=stage.actor(REVIEWER))


def look_waived(goods: Goods, stage: Stage) -> Done | None:
    claim = the(claim_of(goods))
    return (
        Done(claim.waive_reason, f"claim:{claim.pk}", NoticeWaived) if claim.waive_reason else None
    )


def waive(goods: Goods, stage: Stage) -> None:
    """Waive the public notice."""
    waive_notice(the(claim_of(goods)).pk, reason=goods.waiver, by=stage.actor(REVIEWER))


def look_certified(goods: Goods, stage: Stage) -> Done | None:
    certificate = certificate_of(goods)
    if certificate is None:
        return None
    return Done(
        _("certificate %(number)s, valid until %(day)s")
        % {"number": certificate.number, "day": certificate.valid_until.isoformat()},
        f"certificate:{certificate.pk}",
        CertificateIssued,
    )


def certify(goods: Goods, stage: Stage) -> None:
    """Confirm the rights, each point of the checklist ticked."""
    confirm_claim(
        the(claim_of(goods)).pk,
        checklist=points_of(CaseKind.RIGHT),
        by=stage.actor(SECOND_REVIEWER),
    )
