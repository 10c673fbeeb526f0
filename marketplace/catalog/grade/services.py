"""Grade datasets."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset import rules
from marketplace.catalog.dataset.events import DatasetGraded
from marketplace.catalog.dataset.grading import Impact, NegativeItem, grade_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.selectors import column_impacts
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import Several
from marketplace.ledger.services.recording import record

NEGATIVE_LIST = Several(
    label=gettext_lazy("Negative list"),
    help=gettext_lazy("Data to which any of these applies can be registered and never be listed."),
    choices=NegativeItem,
)


@transaction.atomic
def grade_dataset(
    dataset_id: UUID,
    *,
    impacts: Sequence[Impact],
    negative_list: Annotated[Sequence[str], NEGATIVE_LIST] = (),
    by: Actor,
) -> Dataset:
    """Grade a dataset by the harm that its misuse could do. The same again changes nothing.

    The highest of these impacts and those of its columns wins.

    Raises:
        NotFound, NotAllowed, WrongState: as for `revise_dataset`.
        Invalid: an object of harm is named twice, or the negative list has no such item.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_change_dataset(dataset, by)
    if len({impact.object for impact in impacts}) != len(impacts):
        sentence = _("Name each object of harm once, with the worst degree.")
        raise Invalid(sentence, fields={"impacts": [sentence]})
    if sentence := NEGATIVE_LIST.refused(negative_list):
        raise Invalid(sentence, fields={"negative_list": [sentence]})
    grade = grade_of([*impacts, *column_impacts(dataset)])
    harm = [
        {"object": impact.object.value, "degree": impact.degree.value}
        for impact in sorted(impacts, key=lambda impact: impact.object)
    ]
    items = sorted(set(negative_list))
    if (dataset.grade, dataset.impacts, dataset.negative_list) == (grade, harm, items):
        return dataset
    dataset.grade, dataset.impacts, dataset.negative_list = grade, harm, items
    dataset.save(update_fields=["grade", "impacts", "negative_list"])
    record(
        DatasetGraded(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            grade=grade,
            negative_list=tuple(items),
        ),
        by=by,
    )
    return dataset
