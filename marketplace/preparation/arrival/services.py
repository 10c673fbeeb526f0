"""Prepare what a feed brought by the policy in force, or hold it with the reason."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.feed.changes import hold_arrival
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.selectors import feed_that_brought
from marketplace.catalog.version.models import DatasetVersion, Quality
from marketplace.core import Actor, Invalid, NotAllowed, WrongState
from marketplace.ledger.services.recording import record
from marketplace.preparation.arrival.selectors import found_anew, policy_before
from marketplace.preparation.column.selectors import findings_of, is_classified
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.changes import digest_of, hide_values, keep_hierarchies_of
from marketplace.preparation.policy.checking import checked_policy
from marketplace.preparation.policy.events import PolicyCarried
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.relabelling import relabellings_of, taken_roles
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.version.locks import locked_source


@transaction.atomic
def prepare_arrival(version_id: UUID, *, by: Actor) -> MaskingPolicy | None:
    """Let the policy of the version before decide for what a feed brought, and start its run.

    Nothing is decided anew: the columns are those of before, the detectors take each for what it
    was, and find nothing in them that the policy does not count already. Else it is held, and an
    officer decides. Return the policy, None where it is held, where no policy was confirmed before,
    or where one was confirmed for this version already.

    Raises:
        NotFound: there is no such source version.
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    version = locked_source(version_id, by=by)
    if not is_classified(version) or version.quality == Quality.WAITING:
        # What is missing comes, and asks again.
        return None
    before = policy_before(version)
    if feed_that_brought(version) is None or before is None or policy_of(version) is not None:
        return None
    carried = _carried(version, before, by=by)
    if carried is None:
        return None
    try:
        with transaction.atomic():
            start_masking(version.pk, by=by)
    except WrongState as refusal:
        hold_arrival(version.arrival, Held.REFUSED, details=[refusal.code], by=by)
        return None
    return carried


def _carried(version: DatasetVersion, before: MaskingPolicy, *, by: Actor) -> MaskingPolicy | None:
    findings = list(findings_of(version))
    if relabellings_of(before):
        columns = [one.column for one in relabellings_of(before)]
        hold_arrival(version.arrival, Held.RELABELLED, details=columns, by=by)
        return None
    found = found_anew(findings, before.version)
    try:
        policy = checked_policy(before.document, findings)
    except Invalid as refusal:
        # Whose columns are others than they were reads which, rather than that the policy fails.
        held, details = (Held.FOUND, found) if found else (Held.REFUSED, [refusal.code])
        hold_arrival(version.arrival, held, details=details, by=by)
        return None
    taken = [one.finding.name for one in taken_roles(policy, findings) if one.needs_reason]
    found = [*taken, *(name for name in found if name not in taken)]
    if found:
        hold_arrival(version.arrival, Held.FOUND, details=found, by=by)
        return None
    carried = MaskingPolicy.objects.create(
        version=version,
        document=policy.to_dict(),
        digest=digest_of(policy),
        confirmed_by_id=before.confirmed_by_id,
    )
    keep_hierarchies_of(carried)
    hide_values(findings, policy)
    record(
        PolicyCarried(
            subject=f"policy:{carried.pk}",
            about=(
                f"version:{version.pk}",
                f"dataset:{version.dataset_id}",
                f"organization:{version.dataset.organization_id}",
            ),
            digest=carried.digest,
            before=str(before.pk),
        ),
        by=by,
    )
    return carried
