"""Confirm what happens to each column."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.policy import Policy
from desensitize.profile import ColumnProfile
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.services.recording import record
from marketplace.preparation.checking import checked_policy
from marketplace.preparation.events import PolicyConfirmed
from marketplace.preparation.guards import locked_source, refuse_others, refuse_unless_current
from marketplace.preparation.models import ColumnFinding, MaskingPolicy
from marketplace.preparation.selectors import findings_of, policy_of
from marketplace.preparation.services.hierarchies import keep_hierarchies_of


@transaction.atomic
def confirm_policy(version_id: UUID, *, policy: Mapping[str, object], by: Actor) -> MaskingPolicy:
    """Decide for each column of a classified source version what it is and which mask it gets.

    `policy` has the form of `desensitize.policy.Policy.to_dict`; missing limits are the centre's.
    The same policy again changes nothing.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or it is not classified yet.
        Invalid: the policy breaks a rule; `fields` has the place of each fault, such as
            `columns.2.mask`.
    """
    version = locked_source(version_id, by=by)
    refuse_others(by, version)
    if by.person_id is None:
        raise NotAllowed(_("Sign in to confirm a policy."))
    refuse_unless_current(version)
    findings = list(findings_of(version))
    if not findings:
        raise WrongState(
            _("The columns are not classified yet. Wait until the profile is done."),
            code="not-classified",
        )
    checked = checked_policy(policy, findings)
    digest = _digest_of(checked)
    latest = policy_of(version)
    if latest is not None and latest.digest == digest:
        return latest
    confirmed = MaskingPolicy.objects.create(
        version=version,
        document=checked.to_dict(),
        digest=digest,
        confirmed_by_id=by.person_id,
    )
    keep_hierarchies_of(confirmed)
    _hide_values(findings, checked)
    record(
        PolicyConfirmed(
            subject=f"policy:{confirmed.pk}",
            about=(
                f"version:{version.pk}",
                f"dataset:{version.dataset_id}",
                f"organization:{version.dataset.organization_id}",
            ),
            digest=digest,
        ),
        by=by,
    )
    return confirmed


def _hide_values(findings: Sequence[ColumnFinding], policy: Policy) -> None:
    """Take from the profiles what a class forbids that the officer gave a column."""
    for finding in findings:
        shown = ColumnProfile.from_dict(finding.profile).shown(policy.rule(finding.name).role)
        finding.profile = shown.as_dict()
    ColumnFinding.objects.bulk_update(findings, ["profile"])


def _digest_of(policy: Policy) -> str:
    try:
        canonical = rfc8785.dumps(policy.to_dict())
    except (rfc8785.CanonicalizationError, UnicodeError):
        canonical = b"\\u0000"
    # No database of ours keeps a zero character in JSON.
    if b"\\u0000" in canonical:
        raise Invalid(_("A setting holds a text or number that cannot be kept."))
    return hashlib.sha256(canonical).hexdigest()
