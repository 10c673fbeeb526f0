"""A version becomes a revision of its product, and goes live."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, NotAllowed, clock, locked
from marketplace.ledger.services.recording import record
from marketplace.preparation.release.selectors import run_that_made
from marketplace.preparation.report.selectors import membership_of
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.product.services import register_product
from marketplace.trading.listings.revision.differing import Difference
from marketplace.trading.listings.revision.events import RevisionRegistered, RevisionWentLive
from marketplace.trading.listings.revision.models import Revision, RevisionDifference
from marketplace.trading.listings.revision.rules import check_release_revision
from marketplace.trading.listings.revision.selectors import revisions_visible_to


@transaction.atomic
def register_revision(version_id: UUID, *, by: Actor) -> Revision:
    """Return the revision that a desensitized version is; made the first time, as is its product.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized (`not-desensitized`).
    """
    product = register_product(version_id, by=by)
    found = product.revisions.filter(version_id=version_id).first()
    if found is not None:
        return found
    version = locked(versions_visible_to(by), pk=version_id)
    run, digest, verdict = _made_by(version)
    last = product.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        product=product,
        number=last + 1,
        version=version,
        run=run,
        policy_sha256=digest,
        sha256=version.sha256,
        verdict=verdict,
        period=version.described.time_scope,
    )
    record(
        RevisionRegistered(
            subject=f"revision:{revision.pk}",
            about=revision.concerns,
            number=revision.number,
            policy_sha256=revision.policy_sha256,
            bytes_sha256=revision.sha256,
        ),
        by=by,
    )
    return revision


def _made_by(version: DatasetVersion) -> tuple[Run | None, str, str]:
    """Return the run that made a version, the digest of what it followed, and what was found."""
    if version.is_model:
        report = membership_of(version)
        return None, str(report.figures["declaration_digest"]), report.verdict
    run = run_that_made(version)
    return run, run.followed.digest, run.risk_report.verdict


@transaction.atomic
def keep_difference(revision_id: UUID, *, difference: Difference, by: Actor) -> RevisionDifference:
    """Keep how a revision differs from the one before. Keeping it again changes nothing.

    It follows from bytes whose digests are on record, and is no fact of its own.

    Raises:
        NotFound: there is no such revision.
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    revision = locked(revisions_visible_to(by), pk=revision_id)
    kept, _is_new = RevisionDifference.objects.get_or_create(
        revision=revision, defaults=asdict(difference)
    )
    return kept


@transaction.atomic
def release_revision(revision_id: UUID, *, by: Actor) -> Revision:
    """Note that an offer of a revision is on the market. The first time alone counts.

    Raises:
        NotFound: there is no such revision among those the actor may see.
        NotAllowed: the actor is no reviewer, and no officer of the seller whose offers move on.
    """
    revision = locked(revisions_visible_to(by), pk=revision_id)
    check_release_revision(revision, by)
    if revision.live_at is not None:
        return revision
    revision.live_at = clock.now()
    revision.save(update_fields=["live_at"])
    record(
        RevisionWentLive(
            subject=f"revision:{revision.pk}", about=revision.concerns, number=revision.number
        ),
        by=by,
    )
    return revision
