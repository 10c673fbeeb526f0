"""Remind of what is due, before its last day."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.workdays import calendar
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.due.events import DueApproaching
from marketplace.rights.due.selectors import (
    certificates_to_remind,
    claims_to_remind,
    objections_to_remind,
)
from marketplace.rights.due.terms import Due, due_of_certificate, due_of_claim, due_of_objection
from marketplace.rights.objection.models import Objection

WORKDAYS_BEFORE = 2
DAYS_BEFORE_END = 30
"""How long before its end a certificate's renewal is called to mind again."""


@transaction.atomic
def remind_of_dues(*, by: Actor) -> list[UUID]:
    """Note what is due soon, once for each last day; return the things. The pipeline tells people.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    today, reminded = clock.today(), []
    until = calendar().add_workdays(today, WORKDAYS_BEFORE)
    for claim in claims_to_remind(until).select_for_update(of=("self",)):
        reminded.append(_remind(claim, claim, f"claim:{claim.pk}", due_of_claim(claim), by=by))
    for objection in objections_to_remind(until).select_for_update(of=("self",)):
        subject, due = f"objection:{objection.pk}", due_of_objection(objection)
        reminded.append(_remind(objection, objection.claim, subject, due, by=by))
    end = today + timedelta(days=DAYS_BEFORE_END)
    for certificate in certificates_to_remind(today, end).select_for_update(of=("self",)):
        subject, due = f"certificate:{certificate.pk}", due_of_certificate(certificate)
        reminded.append(_remind(certificate, certificate.claim, subject, due, by=by))
    return reminded


def _remind(
    thing: Claim | Objection | Certificate,
    claim: Claim,
    subject: str,
    due: Due | None,
    *,
    by: Actor,
) -> UUID:
    assert due is not None
    what, thing.reminded_of = due
    thing.save(update_fields=["reminded_of"])
    record(
        DueApproaching(
            subject=subject,
            about=concerns(claim),
            what=what.value,
            due_on=thing.reminded_of.isoformat(),
        ),
        by=by,
    )
    return thing.pk
