"""Remark on a certificate: agreed terms by one reviewer, freezes by two, and lift them likewise."""

from typing import Annotated, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, locked, longest_of, visible
from marketplace.core.arguments import Choice, Decision, Text, refused
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.locks import locked_certificate
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.entry.effects import lift, put_in_force
from marketplace.rights.remark import rules
from marketplace.rights.remark.choices import FREEZING, RemarkKind
from marketplace.rights.remark.events import (
    LiftingNotConfirmed,
    LiftingProposed,
    RemarkNotConfirmed,
    RemarkProposed,
)
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.selectors import remarks_of, remarks_visible_to
from marketplace.rights.remark.states import REMARK, RemarkState

KIND = Choice(label=gettext_lazy("Kind of remark"), choices=RemarkKind)
AUTHORITY = Text(
    label=gettext_lazy("Authority"),
    help=gettext_lazy("The court or body that ordered it. Needed for a freeze or a control."),
    longest=longest_of(Remark, "authority"),
)
DOCUMENT = Text(
    label=gettext_lazy("Number of the document"),
    help=gettext_lazy("As it stands on the order. Needed for a freeze or a control."),
    longest=longest_of(Remark, "document_number"),
)
TEXT = Text(
    label=gettext_lazy("What is remarked"),
    help=gettext_lazy("Everybody can read it: no names of people."),
    longest=longest_of(Remark, "text"),
    lines=3,
)
CONFIRMED = Decision(
    label=gettext_lazy("Decision"),
    yes=gettext_lazy("Confirm"),
    no=gettext_lazy("Do not confirm"),
)


@transaction.atomic
def enter_remark(
    certificate_id: UUID,
    *,
    kind: Annotated[str, KIND],
    authority: Annotated[str, AUTHORITY] = "",
    document_number: Annotated[str, DOCUMENT] = "",
    text: Annotated[str, TEXT] = "",
    by: Actor,
) -> Remark:
    """Remark on a certificate; a freeze or control holds once a second reviewer confirms it.

    `authority` and `document_number` name who ordered it, by which document: needed for a freeze
    or control. `text` is what is remarked, without names of people. The same remark again changes
    nothing.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the certificate has ended.
        Invalid: there is no such kind, or a text is missing or too long.
    """
    claim, certificate = locked_certificate(certificate_id, by=by)
    person_id = rules.check_enter_remark(certificate, by)
    texts = _checked(kind, authority, document_number, text)
    for remark in remarks_of(certificate):
        same = {name: getattr(remark, name) for name in texts} == texts
        if same and remark.kind == kind and not REMARK.is_final(RemarkState(remark.state)):
            return remark
    remark = Remark.objects.create(
        certificate=certificate, kind=kind, entered_by_id=person_id, **texts
    )
    if remark.is_freezing:
        record(RemarkProposed(**_told(claim, remark)), binds=bound(remark), by=by)
    else:
        put_in_force(claim, certificate, remark, by=by)
    return remark


@transaction.atomic
def decide_remark(
    remark_id: UUID, *, is_confirmed: Annotated[bool, CONFIRMED], by: Actor
) -> Remark:
    """Confirm a freeze or its lifting as the second reviewer, or do not.

    Confirmed, a freeze holds at once: the certificate is frozen with its listings and deliveries.

    Raises:
        NotFound: there is no such remark among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or is the one who entered it.
        WrongState: the remark waits for nobody.
    """
    claim, certificate, remark = _locked(remark_id, by=by)
    rules.check_decide_remark(remark, by)
    is_new = remark.state == RemarkState.PROPOSED
    if is_new and is_confirmed:
        remark.confirmed_by_id = by.person_id
        put_in_force(claim, certificate, remark, by=by)
    elif is_new:
        REMARK.move(remark, RemarkState.NOT_CONFIRMED)
        remark.confirmed_by_id = by.person_id
        remark.save(update_fields=["state", "confirmed_by_id"])
        record(RemarkNotConfirmed(**_told(claim, remark)), binds=bound(remark), by=by)
    elif is_confirmed:
        remark.lift_confirmed_by_id = by.person_id
        lift(claim, certificate, remark, by=by)
    else:
        REMARK.move(remark, RemarkState.IN_FORCE)
        remark.lift_asked_by_id = None
        remark.save(update_fields=["state", "lift_asked_by_id"])
        record(LiftingNotConfirmed(**_told(claim, remark)), binds=bound(remark), by=by)
    return remark


@transaction.atomic
def lift_remark(
    remark_id: UUID,
    *,
    authority: Annotated[str, AUTHORITY] = "",
    document_number: Annotated[str, DOCUMENT] = "",
    by: Actor,
) -> Remark:
    """Lift a remark; a freeze or control once a second reviewer confirms it.

    Raises:
        NotFound: there is no such remark among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the remark is not in force.
        Invalid: who ordered the lifting of a freeze, or its document, is not named.
    """
    claim, certificate, remark = _locked(remark_id, by=by)
    rules.check_lift_remark(remark, by)
    texts = _checked(remark.kind, authority, document_number, remark.text)
    remark.lift_authority = texts["authority"]
    remark.lift_document_number = texts["document_number"]
    remark.lift_asked_by_id = by.person_id
    if not remark.is_freezing:
        lift(claim, certificate, remark, by=by)
        return remark
    REMARK.move(remark, RemarkState.LIFTING)
    remark.save(
        update_fields=["state", "lift_authority", "lift_document_number", "lift_asked_by_id"]
    )
    record(LiftingProposed(**_told(claim, remark)), binds=bound(remark), by=by)
    return remark


def _locked(remark_id: UUID, *, by: Actor) -> tuple[Claim, Certificate, Remark]:
    """Return a remark with its certificate and claim, all locked, the claim first."""
    seen = visible(remarks_visible_to(by), pk=remark_id)
    rules.check_decides_remarks(seen, by)
    claim, certificate = locked_certificate(seen.certificate_id, by=by)
    remark = locked(remarks_visible_to(by), pk=remark_id)
    remark.certificate = certificate
    return claim, certificate, remark


def _checked(kind: str, authority: str, document_number: str, text: str) -> dict[str, str]:
    if kind not in RemarkKind.values:
        sentence = _("Choose one of the kinds of remark.")
        raise Invalid(sentence, code="no-such-remark", fields={"kind": [sentence]})
    texts = {
        "authority": authority.strip(),
        "document_number": document_number.strip(),
        "text": text.strip(),
    }
    if wrong := refused(enter_remark, **texts):
        raise Invalid(next(iter(wrong.values()))[0], code="too-long", fields=wrong)
    needed = ("authority", "document_number") if kind in FREEZING else ("text",)
    if lacking := [field for field in needed if not texts[field]]:
        sentence = (
            _("Name the authority and the number of its document.")
            if kind in FREEZING
            else _("Say what is remarked.")
        )
        raise Invalid(
            sentence, code="remark-incomplete", fields={field: [sentence] for field in lacking}
        )
    return texts


class _Told(TypedDict):
    subject: str
    about: tuple[str, ...]
    remark_kind: str


def _told(claim: Claim, remark: Remark) -> _Told:
    return _Told(
        subject=f"certificate:{remark.certificate_id}",
        about=concerns(claim),
        remark_kind=remark.kind,
    )
