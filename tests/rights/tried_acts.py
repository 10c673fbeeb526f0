"""Acts of the register, tried with well filled forms and undone."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

from marketplace.core.actor import Actor
from marketplace.core.errors import Refusal
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.entry.services import decide_remark, enter_remark, lift_remark
from marketplace.rights.follow_up.services import ask_cancellation, ask_change, ask_renewal
from marketplace.rights.hearing.services import (
    attach_exhibit,
    decide_objection,
    object_to_claim,
)
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.rules import ACTS_ON_OBJECTION
from marketplace.rights.registration.rules import ACTS_ON_CLAIM
from marketplace.rights.registration.services import (
    ask_supplement,
    attach_evidence,
    confirm_claim,
    submit_claim,
)
from marketplace.rights.remark.models import Remark
from marketplace.rights.title.rules import ACTS_ON_CERTIFICATE
from marketplace.rights.transfer.services import open_transfer
from tests.given import remarks
from tests.given import rights as given
from tests.given.tried import accepted_acts, accepts
from tests.given.vault import upload
from tests.given.world import World

WHY = "For a reason."


def attach(claim: Claim, kind: EvidenceKind, by: Actor) -> None:
    """Add a file of a kind to a claim."""
    sent = upload(uuid4().hex, name="record.txt", kind="text/plain")
    attach_evidence(claim.pk, kind=kind, upload=sent, by=by)


def submit_complete(claim: Claim, by: Actor) -> None:
    """Hand a claim in with all that any claim needs; files are what a form would say."""
    with suppress(Refusal):
        for kind in ("source", "contract", "continuity", "change"):
            attach(claim, EvidenceKind(kind), by)
    submit_claim(claim.pk, by=by)


def tried_on_claim(claim: Claim, by: Actor) -> dict[str, bool]:
    """Try every act that the pages of a claim can offer."""
    pk, ticked = claim.pk, given.RIGHT_CHECKLIST
    more = {
        "attach_evidence": accepts(lambda: attach(claim, EvidenceKind.OTHER, by)),
        "submit_claim": accepts(lambda: submit_complete(claim, by)),
        "ask_supplement": accepts(lambda: ask_supplement(pk, missing=["A seal"], by=by)),
        "confirm_claim": accepts(lambda: confirm_claim(pk, checklist=ticked, by=by)),
        "object_to_claim": accepts(lambda: object_to_claim(pk, text=WHY, by=by)),
    }
    return accepted_acts(ACTS_ON_CLAIM, pk, by, more)


def tried_on_certificate(certificate: Certificate, by: Actor, world: World) -> dict[str, bool]:
    """Try every act that the page of a certificate can offer."""
    pk, claim = certificate.pk, certificate.claim
    stated = f"{claim.restrictions}; in Fujian"
    more = {
        "ask_renewal": accepts(lambda: ask_renewal(pk, term_years=2, by=by)),
        "ask_change": accepts(
            lambda: ask_change(
                pk, grounds=WHY, restrictions=stated, term_years=claim.term_years, by=by
            )
        ),
        "ask_cancellation": accepts(lambda: ask_cancellation(pk, grounds=WHY, by=by)),
        "open_transfer": accepts(
            lambda: open_transfer(
                pk, acquirer_id=world.organization("buyer").pk, limits="In Fujian", by=by
            )
        ),
        "enter_remark": accepts(lambda: enter_remark(pk, kind="other", text=WHY, by=by)),
    }
    return accepted_acts(ACTS_ON_CERTIFICATE, pk, by, more)


def tried_on_objection(objection: Objection, by: Actor) -> dict[str, bool]:
    """Try every act that the page of an objection can offer."""
    pk = objection.pk
    sent = upload(uuid4().hex, name="counts.txt", kind="text/plain")
    upholds = accepts(lambda: decide_objection(pk, is_upheld=True, reason=WHY, by=by))
    rejects = accepts(lambda: decide_objection(pk, is_upheld=False, reason=WHY, by=by))
    more = {
        "decide_objection": upholds and rejects,
        "attach_exhibit": accepts(lambda: attach_exhibit(pk, upload=sent, by=by)),
    }
    return accepted_acts(ACTS_ON_OBJECTION, pk, by, more)


def tried_on_remark(remark: Remark, by: Actor) -> dict[str, bool]:
    """Try what can be done with a remark."""
    pk = remark.pk
    confirms = accepts(lambda: decide_remark(pk, is_confirmed=True, by=by))
    leaves = accepts(lambda: decide_remark(pk, is_confirmed=False, by=by))
    return {
        "decide_remark": confirms and leaves,
        "lift_remark": accepts(lambda: lift_remark(pk, **remarks.COURT, by=by)),
    }
