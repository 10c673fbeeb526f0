"""Confirm what happens to each column, and agree to what takes a class away."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.crypto import KeyRing
from desensitize.policy import Policy
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, NotAllowed, locked, visible
from marketplace.core.arguments import Columns
from marketplace.core.envelope import new_key, unwrap, wrap
from marketplace.core.versions import compare_expected
from marketplace.ledger.services.recording import record
from marketplace.preparation.budget.selectors import budget_of
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.column.rules import check_decides_now
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.policy.changes import digest_of, hide_values, keep_hierarchies_of
from marketplace.preparation.policy.checking import checked_policy
from marketplace.preparation.policy.events import PolicyConfirmed, RolesConfirmed, RolesReturned
from marketplace.preparation.policy.models import (
    DatasetKey,
    MaskingPolicy,
    Relabelling,
    RoleConfirmation,
    Station,
)
from marketplace.preparation.policy.relabelling import (
    Taken,
    cleaned_reason,
    confirmed_of,
    reason_fault,
    relabellings_of,
    taken_roles,
    unconfirmed_of,
    with_reason,
)
from marketplace.preparation.policy.rules import check_confirm_roles, check_return_roles
from marketplace.preparation.policy.selectors import policies_visible_to, policy_of
from marketplace.preparation.version.locks import locked_source
from marketplace.review.models import CaseKind
from marketplace.review.services import CASE_REASON, decide, open_case, withdraw_case
from marketplace.review.states import CaseState


@transaction.atomic
def confirm_policy(
    version_id: UUID,
    *,
    policy: Mapping[str, object],
    reasons: Mapping[str, str] | None = None,
    by: Actor,
) -> MaskingPolicy:
    """Decide for each column of a classified source version what it is and which mask it gets.

    `policy` has the form of `desensitize.policy.Policy.to_dict`; missing limits are the centre's.
    `reasons` says by column why a class is taken away of which the detectors are fairly sure; of
    what the last policy of this version says just so, its reason stands where none is sent. A
    reviewer is asked to confirm what none has confirmed before. The same again changes nothing.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or it is not classified yet.
        Invalid: the policy breaks a rule, a copy tells more than is free, or a reason is missing
            (`reason-missing`); `fields` has the place of each fault, such as `columns.2.mask`.
    """
    version = locked_source(version_id, by=by)
    check_decides_now(version, by)
    assert by.person_id is not None, "Nobody decides who is not signed in."
    findings = list(findings_of(version))
    checked = checked_policy(policy, findings)
    digest = digest_of(checked)
    latest = policy_of(version)
    before = {one.digest: one for one in relabellings_of(latest)} if latest else {}
    written = _reasoned(checked, findings, reasons or {}, before)
    if latest is not None and _says_the_same(latest, digest, before, written):
        return latest
    _refuse_beyond_budget(checked, version)
    confirmed = MaskingPolicy.objects.create(
        version=version,
        document=checked.to_dict(),
        digest=digest,
        confirmed_by_id=by.person_id,
    )
    keep_hierarchies_of(confirmed)
    hide_values(findings, checked)
    _keep_reasons(confirmed, written, before)
    record(
        PolicyConfirmed(
            subject=f"policy:{confirmed.pk}",
            about=(
                f"version:{version.pk}",
                f"dataset:{version.dataset_id}",
                f"organization:{version.dataset.organization_id}",
            ),
            digest=digest,
            relabelled=len(written),
        ),
        by=by,
    )
    _ask_reviewer(confirmed, instead_of=latest, by=by)
    return confirmed


def _says_the_same(
    latest: MaskingPolicy,
    digest: str,
    before: Mapping[str, Relabelling],
    written: Sequence[tuple[Taken, str]],
) -> bool:
    relabelled = {taken.digest(reason) for taken, reason in written}
    return latest.digest == digest and before.keys() == relabelled


def _refuse_beyond_budget(policy: Policy, version: DatasetVersion) -> None:
    """Refuse a copy that the budget of the dataset does not hold now: its run would fail."""
    if policy.synthetic is None:
        return
    refusal = budget_of(version.dataset_id).refusal(Decimal(policy.synthetic.epsilon))
    if refusal:
        raise Invalid(refusal, fields={"synthetic.epsilon": [refusal]})


def _reasoned(
    policy: Policy,
    findings: Sequence[ColumnFinding],
    reasons: Mapping[str, str],
    before: Mapping[str, Relabelling],
) -> list[tuple[Taken, str]]:
    """Return what the policy relabels with the reasons, and refuse where one is missing."""
    places = {finding.name: place for place, finding in enumerate(findings)}
    standing = {one.column: one.reason for one in before.values()}
    written, faults = [], {}
    for taken in taken_roles(policy, findings):
        name = taken.finding.name
        kept = standing.get(name, "")
        if taken.digest(kept) not in before:
            kept = ""
        reason = cleaned_reason(reasons.get(name, kept))
        if not reason and not taken.needs_reason:
            continue
        fault = reason_fault(taken, reason)
        if fault:
            faults[f"columns.{places[name]}.reason"] = [fault]
        written.append((taken, reason))
    if faults:
        raise Invalid(next(iter(faults.values()))[0], code="reason-missing", fields=faults)
    return written


def _keep_reasons(
    policy: MaskingPolicy, written: Sequence[tuple[Taken, str]], before: Mapping[str, Relabelling]
) -> None:
    """Keep the reasons; one that stands already stays whose it was."""
    rows = [with_reason(taken, reason, policy=policy) for taken, reason in written]
    for row in rows:
        if row.digest in before:
            row.written_by_id = before[row.digest].written_by_id
            row.written_at = before[row.digest].written_at
    Relabelling.objects.bulk_create(rows)


def _ask_reviewer(policy: MaskingPolicy, *, instead_of: MaskingPolicy | None, by: Actor) -> None:
    """Open a case of the columns to be confirmed, and take back that of the policy before."""
    about = (f"version:{policy.version_id}", f"dataset:{policy.version.dataset_id}")
    if instead_of is not None:
        withdraw_case(kind=CaseKind.ROLES, subject=f"policy:{instead_of.pk}", about=about, by=by)
    if unconfirmed_of(policy):
        open_case(
            kind=CaseKind.ROLES,
            subject=f"policy:{policy.pk}",
            organization_id=policy.version.dataset.organization_id,
            about=about,
            by=by,
        )


# Let second persons agree, by name, to each column whose class was taken away.


RELABELLED = Columns(label=gettext_lazy("Columns with a lower class than detected"))


@transaction.atomic
def confirm_roles(
    policy_id: UUID, *, columns: Annotated[Sequence[str], RELABELLED] = (), by: Actor
) -> MaskingPolicy:
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
def return_roles(
    policy_id: UUID, *, reason: Annotated[str, CASE_REASON], by: Actor
) -> MaskingPolicy:
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


def _locked(policy_id: UUID, by: Actor) -> MaskingPolicy:
    policy = visible(policies_visible_to(by), pk=policy_id)
    # As whoever confirms another policy does.
    locked(datasets_visible_to(by), pk=policy.version.dataset_id)
    compare_expected(policy)
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


# The master key of a dataset's pseudonyms. For the acts of this app and its engine runs.


def ensure_dataset_key(dataset: Dataset) -> DatasetKey:
    """Return the dataset's key, made now where there is none; the caller has locked the dataset."""
    existing = DatasetKey.objects.filter(dataset=dataset).first()
    if existing is not None:
        return existing
    wrapped = wrap(new_key(), purpose=key_purpose(dataset.pk))
    return DatasetKey.objects.create(dataset=dataset, wrapped_key=wrapped)


def key_ring(dataset: Dataset, *, release: UUID, recipient: str = "") -> KeyRing:
    """Open the keys of a dataset's pseudonyms; they are never written down.

    `release` is the run: no two files that are handed out have their rows in the same order.
    """
    kept = DatasetKey.objects.get(dataset=dataset)
    return KeyRing(
        unwrap(kept.wrapped_key, purpose=key_purpose(dataset.pk)),
        dataset=str(dataset.pk),
        recipient=recipient,
        release=str(release),
    )


def key_purpose(dataset_id: UUID) -> str:
    """Return the purpose under which the key of a dataset's pseudonyms is wrapped."""
    return f"preparation:pseudonyms:{dataset_id}"
