"""An officer makes a dataset of the accepted labels of a project."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from django.db import transaction

from marketplace.annotation.arbitration.selectors import outcomes_of_project
from marketplace.annotation.labelled_set.events import LabelledSetMade
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.labelled_set.rules import check_make_labelled_set
from marketplace.annotation.labelled_set.writing import write_labelled
from marketplace.annotation.pay.selectors import funds_of
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.standing import hold_standing
from marketplace.catalog.dataset.choices import SourceKind
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.services import register_dataset
from marketplace.catalog.lineage.changes import add_origin
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.version.reading import CleanTable, limits, read_table
from marketplace.catalog.version.services import keep_table
from marketplace.core.actor import Actor
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming, encrypt_path
from marketplace.vault.services import work_folder

FILE = "labelled.parquet"


def make_labelled_set(project_id: UUID, *, title: str, abstract: str, by: Actor) -> LabelledSet:
    """Make a dataset of a project's accepted items, with a column of labels.

    It is a draft of the catalog, described as what it was made from, which is named as its origin:
    content review, right, preparation, value and offer go the ways of any dataset. The table is
    written before any lock is taken.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: verdict or right over the version does not hold, a batch waits to be inspected
            (`batches-undecided`), annotators disagree (`items-disputed`), no item is
            labelled as often as it must be (`nothing-labelled`), or the set is made already
            (`labelled-set-made`).
        Invalid: title or abstract is missing or too long.
    """
    project = visible(labellings_visible_to(by), pk=project_id)
    check_make_labelled_set(project, by)
    with work_folder() as folder:
        written, target = folder / FILE, folder / "table.parquet"
        items = write_labelled(project, outcomes_of_project(project), written)
        incoming = encrypt_path(written)
        info = read_table(written, target, name=FILE, limits=limits())
        table = CleanTable(target, info, incoming.sha256, FILE)
        incoming.discard()
        clean = encrypt_path(target)
    try:
        return keep_labelled_set(
            project_id, table=table, clean=clean, items=items, said=(title, abstract), by=by
        )
    finally:
        clean.discard()


@transaction.atomic
def keep_labelled_set(
    project_id: UUID,
    *,
    table: CleanTable,
    clean: Incoming,
    items: int,
    said: tuple[str, str],
    by: Actor,
) -> LabelledSet:
    """Register the dataset of a labelled set, and keep its table: the second half of making it.

    Raises:
        NotFound, NotAllowed, WrongState, Invalid: as for `make_labelled_set`.
    """
    project = locked(labellings_visible_to(by), pk=project_id)
    hold_standing(project.version)
    person_id = check_make_labelled_set(project, by)
    dataset = register_dataset(
        description=_described(project, *said), request_key=f"labels-{project.pk}", by=by
    )
    version = keep_table(dataset.pk, table=table, clean=clean, by=by)
    source = project.version
    add_origin(dataset, source.dataset, kind=OriginKind.OWN, version=source, by=by)
    made = LabelledSet.objects.create(
        project=project,
        version=version,
        items=items,
        cost=funds_of(project).paid,
        made_by_id=person_id,
    )
    record(
        LabelledSetMade(
            subject=project.subject,
            about=(*project.concerns, f"dataset:{dataset.pk}"),
            items=items,
            sha256=version.sha256,
            cost=str(made.cost),
            currency=project.currency,
        ),
        by=by,
    )
    return made


def _described(project: LabellingProject, title: str, abstract: str) -> DatasetDescription:
    """Return the description of a set: that of its source, under a title of its own."""
    source = project.version.described
    names = (field.name for field in fields(DatasetDescription))
    own = {name: getattr(source, name) for name in names}
    said = {"title": title, "abstract": abstract, "source_kind": SourceKind.DERIVED.value}
    return DatasetDescription(**(own | said))
