"""Keep what models found of the labels of a project."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.quality.events import LabelsCompared
from marketplace.annotation.quality.likely import LikelyError, counted_labels
from marketplace.annotation.quality.models import LabelComparison
from marketplace.core import Actor, NotAllowed, clock, locked
from marketplace.ledger.services.recording import record


@transaction.atomic
def keep_comparison(
    project_id: UUID, *, labels_sha256: str, found: Sequence[LikelyError] | None, by: Actor
) -> LabelComparison | None:
    """Keep which labels of a project are likely wrong, in place of what was found before.

    Nothing is kept where other labels count by now: those are compared by themselves.

    Raises:
        NotFound: there is no such project.
        NotAllowed: the actor is not the centre's software.
    """
    if not by.is_system:
        raise NotAllowed(_("Only the centre's own software compares labels."))
    project = locked(labellings_visible_to(by), pk=project_id)
    labels = counted_labels(project)
    if labels.sha256 != labels_sha256:
        return None
    kept, _is_new = LabelComparison.objects.update_or_create(
        project=project,
        defaults={
            "compared_at": clock.now(),
            "labels_sha256": labels_sha256,
            "items": len(labels.outcomes),
            "found": None if found is None else [one.as_json() for one in found],
        },
    )
    record(
        LabelsCompared(
            subject=project.subject,
            about=project.concerns,
            items=kept.items,
            found=len(found or ()),
            labels_sha256=labels_sha256,
        ),
        by=by,
    )
    return kept
