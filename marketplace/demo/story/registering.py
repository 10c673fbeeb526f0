"""A dataset is registered, filled, explained, graded and approved."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.events import (
    DatasetApproved,
    DatasetGraded,
    DatasetRegistered,
    DatasetSubmitted,
)
from marketplace.catalog.dataset.services import register_dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.new_version.services import receive_upload
from marketplace.catalog.version.events import ColumnsAnnotated, VersionReceived
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.services import annotate_columns
from marketplace.demo.story.cast import REVIEWER
from marketplace.demo.story.findings import dataset_of, source_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.telling import Done, Step, recorded
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.vault.services import work_folder
from marketplace.vault.uploads import upload_of_path


def registering(goods: Goods) -> tuple[Step, ...]:
    """Return the steps from the description to approved content."""
    return (
        Step(
            gettext_lazy("The officer registers the dataset"),
            partial(look_registered, goods),
            partial(register, goods),
        ),
        Step(
            gettext_lazy("The officer uploads the table"),
            partial(look_uploaded, goods),
            partial(upload, goods),
        ),
        Step(
            gettext_lazy("The officer explains each column"),
            partial(look_annotated, goods),
            partial(annotate, goods),
        ),
        Step(
            gettext_lazy("The officer grades the data"),
            partial(look_graded, goods),
            partial(grade, goods),
        ),
        Step(
            gettext_lazy("The officer submits it for content review"),
            partial(look_submitted, goods),
            partial(submit, goods),
        ),
        Step(
            gettext_lazy("A reviewer approves the content"),
            partial(look_approved, goods),
            partial(approve, goods),
        ),
    )


def look_registered(goods: Goods, stage: Stage) -> Done | None:
    dataset = dataset_of(goods)
    return Done(dataset.title, f"dataset:{dataset.pk}", DatasetRegistered) if dataset else None


def register(goods: Goods, stage: Stage) -> None:
    register_dataset(description=goods.description, by=stage.actor(goods.officer))


def look_uploaded(goods: Goods, stage: Stage) -> Done | None:
    version = source_of(goods)
    if version is None:
        return None
    return Done(
        _("%(rows)s rows, %(columns)d columns, encrypted in the vault")
        % {"rows": f"{version.rows:,}", "columns": version.column_count},
        f"version:{version.pk}",
        VersionReceived,
    )


def upload(goods: Goods, stage: Stage) -> None:
    """Write the table into a private folder and upload it."""
    with work_folder() as folder:
        path = folder / goods.file_name
        goods.write(path, stage.rows)
        with upload_of_path(path, content_type="text/csv") as sent:
            receive_upload(the(dataset_of(goods)).pk, upload=sent, by=stage.actor(goods.officer))


def look_annotated(goods: Goods, stage: Stage) -> Done | None:
    version = the(source_of(goods))
    labels = list(columns_of(version).values_list("label", flat=True))
    if not all(labels):
        return None
    return Done(
        _("%(count)d columns with label, meaning and unit") % {"count": len(labels)},
        f"version:{version.pk}",
        ColumnsAnnotated,
    )


def annotate(goods: Goods, stage: Stage) -> None:
    annotate_columns(
        the(source_of(goods)).pk, columns=goods.annotations, by=stage.actor(goods.officer)
    )


def look_graded(goods: Goods, stage: Stage) -> Done | None:
    dataset = the(dataset_of(goods))
    if not dataset.grade:
        return None
    return Done(dataset.get_grade_display(), f"dataset:{dataset.pk}", DatasetGraded)


def grade(goods: Goods, stage: Stage) -> None:
    grade_dataset(
        the(dataset_of(goods)).pk,
        impacts=goods.impacts,
        negative_list=(),
        by=stage.actor(goods.officer),
    )


def look_submitted(goods: Goods, stage: Stage) -> Done | None:
    """Look for the first time: a feed and weaker rules have it submitted again."""
    subject, what = f"dataset:{the(dataset_of(goods)).pk}", _("given to a second person")
    return recorded(subject, DatasetSubmitted, what, is_first=True)


def submit(goods: Goods, stage: Stage) -> None:
    submit_dataset(the(dataset_of(goods)).pk, by=stage.actor(goods.officer))


def look_approved(goods: Goods, stage: Stage) -> Done | None:
    subject, what = f"dataset:{the(dataset_of(goods)).pk}", str(DatasetState.APPROVED.label)
    return recorded(subject, DatasetApproved, what, is_first=True)


def approve(goods: Goods, stage: Stage) -> None:
    """Approve the content, each point of the checklist ticked."""
    approve_dataset(
        the(dataset_of(goods)).pk, checklist=points_of(CaseKind.CONTENT), by=stage.actor(REVIEWER)
    )


def points_of(kind: CaseKind) -> tuple[str, ...]:
    """Return every point of a reviewer's checklist."""
    return tuple(code for code, _sentence in CHECKLISTS[kind])
