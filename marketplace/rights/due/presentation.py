"""What is due, and when, for a person's desk."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from marketplace.core import Actor, clock
from marketplace.core.terms import marked
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.due.choices import DueKind
from marketplace.rights.due.selectors import certificates_due, claims_due, objections_due
from marketplace.rights.due.terms import (
    Due,
    due_of_certificate,
    due_of_claim,
    due_of_objection,
    is_provisional_due,
)
from marketplace.rights.objection.models import Objection
from marketplace.rights.procedure.clocks import clocks

MOST = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class ShownDue:
    """One thing that is due; `workdays_left` counts the days after today, 0 on the last."""

    what: str
    name: str
    url: str
    last_day: date
    shown: str
    workdays_left: int
    is_over: bool


def dues_of(by: Actor) -> list[ShownDue]:
    """Return what is due by the actor in the register, the earliest last day first."""
    today = clock.today()
    rows: list[ShownDue | None] = []
    for claim in _any(claims_due(by)):
        due = due_of_claim(claim)
        page = "claim_detail" if due and due[0] == DueKind.SUPPLEMENT else "claim_review"
        rows.append(_shown(claim, due, claim.dataset.title, reverse(page, args=[claim.pk])))
    for objection in _any(objections_due(by)):
        page = reverse("objection_detail", args=[objection.pk])
        title = objection.claim.dataset.title
        rows.append(_shown(objection, due_of_objection(objection), title, page))
    for certificate in _any(certificates_due(by, on=today)):
        page = reverse("certificate_detail", args=[certificate.pk])
        due = due_of_certificate(certificate)
        rows.append(_shown(certificate, due, certificate.dataset.title, page))
    return sorted((row for row in rows if row is not None), key=lambda row: row.last_day)


def _any(rows: QuerySet[Row]) -> QuerySet[Row]:
    # Mostly nothing is due, and a row comes with all that its days are reckoned by.
    return rows[:MOST] if rows.exists() else rows.none()


def _shown(
    thing: Claim | Objection | Certificate, due: Due | None, name: str, url: str
) -> ShownDue | None:
    if due is None:
        return None
    kind, last_day = due
    is_provisional = is_provisional_due(thing, kind)
    today = clock.today()
    return ShownDue(
        what=str(kind.label),
        name=name,
        url=url,
        last_day=last_day,
        shown=marked(date_format(last_day, "SHORT_DATE_FORMAT"), is_provisional=is_provisional),
        workdays_left=clocks().days_left(today, last_day),
        is_over=today > last_day and not is_provisional,
    )
