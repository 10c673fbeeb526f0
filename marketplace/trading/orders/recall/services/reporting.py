"""Anybody reports that a person can be found in data, without an account."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, WrongState
from marketplace.core.locking import share_locked, visible
from marketplace.ledger.services.recording import record
from marketplace.preparation.causes import RecallCause
from marketplace.preparation.models import RiskReport
from marketplace.preparation.selectors import reports_visible_to
from marketplace.trading.orders.recall.events import RecallProposed, ReidentificationReported
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.rules import check_examiner
from marketplace.trading.orders.recall.selectors import named_data
from marketplace.trading.orders.recall.states import (
    REIDENTIFICATION,
    UNDECIDED,
    ReidentificationState,
)
from marketplace.trading.orders.settlement.references import new_reference

LONGEST = {"found": 2000, "how": 2000, "contact": 200}
LONGEST_REASON = 1000


@transaction.atomic
def report_reidentification(
    *, named: str, found: str, how: str, contact: str = "", by: Actor
) -> Reidentification:
    """Report that a person can be found in data. Nobody is recorded as the one who did.

    `named` is a listing or number, as for `named_data`. The same words on the same data, while they
    wait, answer the same report.

    Raises:
        Invalid: nothing has that name (`data-unknown`), or a text is missing or too long.
        WrongState: the verdict on this data was recalled already (`already-recalled`).
    """
    texts = {"found": found.strip(), "how": how.strip(), "contact": contact.strip()}
    _check(texts)
    report, listing = named_data(named)
    _refuse_recalled(report)
    waiting = Reidentification.objects.filter(
        risk_report=report, found=texts["found"], how=texts["how"], state__in=UNDECIDED
    )
    known = waiting.first()
    if known is not None:
        return known
    doubt = Reidentification.objects.create(
        reference=new_reference(), risk_report=report, listing=listing, **texts
    )
    record(
        ReidentificationReported(
            subject=f"reidentification:{doubt.pk}",
            about=doubt.concerns,
            text_sha256=text_digest(texts["found"], texts["how"]),
        ),
        # Whoever is signed in reports as nobody, too.
        by=Actor(door=by.door),
    )
    return doubt


@transaction.atomic
def propose_recall(
    report_id: UUID, *, cause: RecallCause, reason: str, by: Actor
) -> Reidentification:
    """Propose to recall a verdict which the centre itself doubts; a second reviewer confirms it.

    The same again, while it waits, answers the same proposal.

    Raises:
        NotFound: there is no such risk report.
        NotAllowed: the actor is no reviewer, or belongs to the organization of the data.
        WrongState: the verdict was recalled already (`already-recalled`).
        Invalid: there is no reason.
    """
    report = visible(reports_visible_to(by), pk=report_id)
    person_id = check_examiner(report, by)
    _refuse_recalled(report)
    text = given_reason(reason)
    waiting = Reidentification.objects.filter(risk_report=report, cause=cause, found=text)
    known = waiting.filter(state__in=UNDECIDED).first()
    if known is not None:
        return known
    doubt = Reidentification(
        reference=new_reference(),
        risk_report=report,
        cause=cause,
        found=text,
        outcome=True,
        reason=text,
        examined_by_id=person_id,
    )
    REIDENTIFICATION.move(doubt, ReidentificationState.EXAMINED)
    doubt.save(force_insert=True)
    record(
        RecallProposed(
            subject=f"reidentification:{doubt.pk}",
            about=doubt.concerns,
            cause=cause.value,
            reason_sha256=text_digest(text),
        ),
        by=by,
    )
    return doubt


def given_reason(reason: str) -> str:
    """Return a reason without its margins, or refuse none and too long a one."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        sentence = _("Give the reasons, in at most %(most)d characters.") % {"most": LONGEST_REASON}
        raise Invalid(sentence, fields={"reason": [sentence]})
    return reason.strip()


def text_digest(*texts: str) -> str:
    """Return the SHA-256 of what somebody wrote."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _check(texts: dict[str, str]) -> None:
    fields: dict[str, list[str]] = {}
    if not texts["found"]:
        fields["found"] = [_("Say what can be found, without naming the person.")]
    if not texts["how"]:
        fields["how"] = [_("Say how it is found: what one has to know, and which columns tell.")]
    for name, most in LONGEST.items():
        if len(texts[name]) > most:
            fields[name] = [_("Shorten this to %(most)d characters.") % {"most": most}]
    if fields:
        raise Invalid(_("The report needs corrections. See the fields."), fields=fields)


def _refuse_recalled(report: RiskReport) -> None:
    """Refuse to doubt a verdict that was recalled; it is held still."""
    held = share_locked(RiskReport.objects.all(), pk=report.pk)
    if held.recall:
        raise WrongState(
            _("The verdict on this data was recalled already. It is sold no more."),
            code="already-recalled",
        )
