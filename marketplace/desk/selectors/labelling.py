"""What waits where records are labelled: for who labels, and for the owner of the data."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.roles import Role
from marketplace.annotation.acceptance.presentation import why_returned
from marketplace.annotation.acceptance.rules import check_inspect_batch
from marketplace.annotation.acceptance.selectors import last_inspections
from marketplace.annotation.arbitration.rules import check_arbitrate_item
from marketplace.annotation.arbitration.selectors import disputed_items
from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.rules import check_take_batch, check_works_on
from marketplace.annotation.batch.selectors import (
    batches_seen_by_owner,
    labelled_whole,
    own_batches,
    work_open_to,
)
from marketplace.annotation.batch.states import LABELLED, BatchState
from marketplace.annotation.labelled_set.rules import check_make_labelled_set
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.core import Actor
from marketplace.desk.selectors.kind import Waiting, has


def work_to_take(by: Actor) -> QuerySet[LabellingProject]:
    """Return the projects that are open to an annotator who has no batch there."""
    begun = own_batches(by).filter(annotator__project=OuterRef("pk"), state__in=LABELLED)
    return work_open_to(by).filter(~Exists(begun)).order_by("created_at")


def batches_to_go_on_with(by: Actor) -> QuerySet[Batch]:
    """Return the batches that an annotator has begun."""
    return own_batches(by).filter(state=BatchState.OPEN).order_by("created_at")


def batches_to_mend(by: Actor) -> QuerySet[Batch]:
    """Return the batches that came back to an annotator."""
    return own_batches(by).filter(state=BatchState.RETURNED).order_by("created_at")


def samples_to_inspect(by: Actor) -> QuerySet[Batch]:
    """Return the batches that wait for the owner of the data."""
    return batches_seen_by_owner(by).filter(state=BatchState.HANDED_IN).order_by("handed_in_at")


def sets_to_make(by: Actor) -> QuerySet[LabellingProject]:
    """Return the projects that are labelled whole and of which no set is made."""
    rows = labellings_visible_to(by).filter(labelled_set__isnull=True)
    return labelled_whole(rows).order_by("created_at")


def keeps_projects(by: Actor) -> bool:
    """Return whether somebody keeps the projects of their organization."""
    return by.has(Role.OFFICER) and by.organization_id is not None


def _why_returned(batches: Sequence[Batch], by: Actor) -> Mapping[UUID, str]:
    """Return what the owner of the data found wrong in batches."""
    return {pk: why_returned(one) for pk, one in last_inspections(batches).items()}


def project_of(row: Batch | Item) -> str:
    return row.annotator.project.title if isinstance(row, Batch) else row.project.title


LABELLING = (
    Waiting(
        _("Go on with a batch of items"),
        "highlighter",
        "item_batch",
        has(Role.ANNOTATOR),
        batches_to_go_on_with,
        project_of,
        (check_works_on,),
    ),
    Waiting(
        _("Mend a batch that came back"),
        "refresh-cw",
        "item_batch",
        has(Role.ANNOTATOR),
        batches_to_mend,
        project_of,
        (check_works_on,),
        reasons=_why_returned,
    ),
    Waiting(
        _("Take a batch of items"),
        "highlighter",
        "labelling_work",
        has(Role.ANNOTATOR),
        work_to_take,
        str,
        (check_take_batch,),
    ),
    Waiting(
        _("Inspect a batch of labels"),
        "clipboard-check",
        "batch_inspect",
        keeps_projects,
        samples_to_inspect,
        project_of,
        (check_inspect_batch,),
    ),
    Waiting(
        _("Decide what an item is"),
        "scale",
        "item_arbitrate",
        keeps_projects,
        disputed_items,
        project_of,
        (check_arbitrate_item,),
    ),
    Waiting(
        _("Make a labelled set"),
        "package-plus",
        "labelled_set_make",
        keeps_projects,
        sets_to_make,
        str,
        (check_make_labelled_set,),
    ),
)
