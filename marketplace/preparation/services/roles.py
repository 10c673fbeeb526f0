"""Let second persons agree, by name, to each column whose class was taken away."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.preparation.events import RolesConfirmed, RolesReturned
from marketplace.preparation.models import (
    MaskingPolicy,
    Relabelling,
    RiskReport,
    RoleConfirmation,
    Station,
)
from marketplace.preparation.relabelling import confirmed_of, relabellings_of, unconfirmed_of
from marketplace.preparation.rules import check_confirm_roles, check_no_writer, check_return_roles
from marketplace.preparation.selectors import policies_visible_to
from marketplace.review.models import CaseKind
from marketplace.review.services import decide
from marketplace.review.states import CaseState


@transaction.atomic
def confirm_roles(policy_id: UUID, *, columns: Sequence[str], by: Actor) -> MaskingPolicy:
    """Agree as a reviewer to every column that a policy relabels and that nobody confirmed yet.

    Raises:
        NotFound: there is no such policy among those the actor may see.
        NotAllowed: the actor is no reviewer, wrote a reason, or belongs to the organization.
        WrongState: nothing waits for a reviewer, or another policy was confirmed since.
        Invalid: a column is not named (`roles-unnamed`).
    """
    policy = _locked(policy_id, by)
    check_confirm_roles(policy, by)
    waiting = unconfirmed_of(policy)
    decide(
        kind=CaseKind.ROLES,
        subject=f"policy:{policy.pk}",
        decision=CaseState.APPROVED,
        about=_concerns(policy),
        by=by,
    )
    _confirm(waiting, columns, Station.REVIEWER, f"policy:{policy.pk}", _concerns(policy), by)
    return policy


@transaction.atomic
def return_roles(policy_id: UUID, *, reason: str, by: Actor) -> MaskingPolicy:
    """Disagree as a reviewer, with a reason: the columns go on counting as what was found.

    Raises:
        NotFound, NotAllowed, WrongState: as for `confirm_roles`.
        Invalid: there is no reason.
    """
    policy = _locked(policy_id, by)
    check_return_roles(policy, by)
    decide(
        kind=CaseKind.ROLES,
        subject=f"policy:{policy.pk}",
        decision=CaseState.RETURNED,
        reason=reason,
        about=_concerns(policy),
        by=by,
    )
    record(RolesReturned(subject=f"policy:{policy.pk}", about=_concerns(policy)), by=by)
    return policy


@transaction.atomic
def confirm_published_roles(
    report_id: UUID, *, columns: Sequence[str], subject: str, about: tuple[str, ...], by: Actor
) -> None:
    """Agree as the publisher of `subject` to every column that a report's data relabels.

    Called by the act that publishes, which has checked who may, in its transaction.

    Raises:
        NotAllowed: the actor wrote a reason.
        Invalid: a column is not named (`roles-unnamed`).
    """
    report = RiskReport.objects.select_related("run__policy").get(pk=report_id)
    kept = report.run.policy
    rows = relabellings_of(kept) if kept is not None else []
    check_no_writer(rows, by)
    _confirm(rows, columns, Station.PUBLISHER, subject, about, by)


def _locked(policy_id: UUID, by: Actor) -> MaskingPolicy:
    policy = visible(policies_visible_to(by), pk=policy_id)
    # As whoever confirms another policy does.
    locked(datasets_visible_to(by), pk=policy.version.dataset_id)
    return policy


def _confirm(
    rows: Sequence[Relabelling],
    columns: Sequence[str],
    station: Station,
    subject: str,
    about: tuple[str, ...],
    by: Actor,
) -> None:
    names = [one.column for one in rows]
    unnamed = [name for name in names if name not in columns]
    if unnamed:
        sentence = _(
            "Confirm each of these columns by its name, or return it with a reason: %(columns)s."
        ) % {"columns": ", ".join(unnamed)}
        raise Invalid(sentence, code="roles-unnamed", fields={"columns": [sentence]})
    foreign = sorted(set(columns) - set(names))
    if foreign:
        sentence = _("There is nothing to confirm of these columns: %(columns)s.") % {
            "columns": ", ".join(foreign)
        }
        raise Invalid(sentence, code="roles-unnamed", fields={"columns": [sentence]})
    before = confirmed_of((one.digest for one in rows), station, subject) if rows else frozenset()
    digests = [one.digest for one in rows if one.digest not in before]
    if not digests:
        return
    if by.person_id is None:
        raise NotAllowed(_("Sign in to confirm a column."))
    RoleConfirmation.objects.bulk_create(
        RoleConfirmation(
            digest=digest, station=station, subject=subject, confirmed_by_id=by.person_id
        )
        for digest in digests
    )
    record(
        RolesConfirmed(subject=subject, about=about, station=station, digests=tuple(digests)),
        by=by,
    )


def _concerns(policy: MaskingPolicy) -> tuple[str, ...]:
    version = policy.version
    return (
        f"version:{version.pk}",
        f"dataset:{version.dataset_id}",
        f"organization:{version.dataset.organization_id}",
    )
