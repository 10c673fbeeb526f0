"""Compare the labels of a project, outside any transaction."""

from uuid import UUID

from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.standing import standstill_of
from marketplace.annotation.quality.likely import counted_labels, likely_errors_among
from marketplace.annotation.quality.selectors import comparison_of
from marketplace.annotation.quality.services import keep_comparison
from marketplace.core import Actor, Door, visible


def compare_labels(project_id: UUID) -> None:
    """Compare the labels of a project that count, unless these were compared already.

    Those of a project whose data may be shown to nobody now are left alone.
    """
    by = Actor.system(Door.TASK)
    project = visible(labellings_visible_to(by), pk=project_id)
    if not project.scheme.kind.has_one or standstill_of(project.version) is not None:
        return
    labels, kept = counted_labels(project), comparison_of(project)
    if kept is not None and kept.labels_sha256 == labels.sha256:
        return
    found = likely_errors_among(project, labels)
    keep_comparison(project.pk, labels_sha256=labels.sha256, found=found, by=by)
