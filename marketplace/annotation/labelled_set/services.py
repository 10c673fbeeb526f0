"""An officer makes a dataset of the accepted labels of a project, and takes it out as a file."""

import hashlib
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.arbitration.selectors import known_of
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.formats import FormatError
from marketplace.annotation.formats.splits import SplitBy
from marketplace.annotation.labelled_set.choices import LabelFormat, LabelSplit
from marketplace.annotation.labelled_set.events import LabelledSetMade, LabelsTakenOut
from marketplace.annotation.labelled_set.exporting import keys_of, told_of
from marketplace.annotation.labelled_set.files import LabelFile, in_parts, written
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.labelled_set.rules import (
    check_make_labelled_set,
    check_take_out_labels,
)
from marketplace.annotation.labelled_set.selectors import labelled_sets_visible_to
from marketplace.annotation.labelled_set.sentences import refused_split
from marketplace.annotation.labelled_set.writing import explained, write_labelled
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.standing import hold_standing
from marketplace.catalog.dataset.descriptions import derived_from
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import register_dataset
from marketplace.catalog.lineage.changes import add_origin
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.new_version.services import keep_table
from marketplace.catalog.version.reading import CleanTable, limits, read_table
from marketplace.catalog.version.services import annotate_columns
from marketplace.core import Actor, Invalid, locked, longest_of, visible
from marketplace.core.arguments import Text
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming, encrypt_path
from marketplace.vault.services import work_folder

FILE = "labelled.parquet"
Title = Annotated[str, Text(label=gettext_lazy("Title"), longest=longest_of(Dataset, "title"))]
Abstract = Annotated[
    str,
    Text(
        label=gettext_lazy("What is in it"),
        help=gettext_lazy("What is labelled, by which classes, by how many people."),
        longest=longest_of(Dataset, "abstract"),
        lines=3,
    ),
]


def make_labelled_set(
    project_id: UUID, *, title: Title, abstract: Abstract, by: Actor
) -> LabelledSet:
    """Make a dataset of a project's accepted items, with a column of labels.

    Items that the officer labelled as gold are part of it. It is a draft of the catalog, described
    as what it was made from, which is named as its origin, and so are its columns: content review,
    right, preparation, value and offer go the ways of any dataset. The table is written before any
    lock is taken.

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
        items = write_labelled(project, known_of(project), written)
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
        description=derived_from(project.version.described, title=said[0], abstract=said[1]),
        request_key=f"labels-{project.pk}",
        by=by,
    )
    version = keep_table(dataset.pk, table=table, clean=clean, by=by)
    annotate_columns(version.pk, columns=explained(project), by=by)
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


@transaction.atomic
def take_out_labels(
    set_id: UUID, *, form: str, split_by: str = "", column: str = "", by: Actor
) -> LabelFile:
    """Take a labelled set out in a format that others read. That it was is kept.

    `split_by` divides it into parts for training, validation and test, by a column that annotators
    were shown; by class without one.

    Raises:
        NotFound: there is no such labelled set among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: verdict or right over what was labelled does not hold, the right over the
            labelled set is frozen (`right-frozen`), or the file is damaged.
        Invalid: there is no such format, split or column, or one part would tell of another
            (`no-key`, `split-leaks`).
    """
    made = visible(labelled_sets_visible_to(by), pk=set_id)
    project = made.project
    hold_standing(project.version)
    check_take_out_labels(made, by)
    _check_asked(project, form, split_by, column)
    told = told_of(made)
    keys = keys_of(project, told, column) if column else {}
    try:
        told = in_parts(told, SplitBy(split_by) if split_by else None, keys)
    except FormatError as error:
        raise refused_split(error) from error
    file = written(told, form, f"labels-{made.pk}")
    record(
        LabelsTakenOut(
            subject=project.subject,
            about=(*project.concerns, f"dataset:{made.version.dataset_id}"),
            format=form,
            items=len(told.items),
            sha256=hashlib.sha256(file.content).hexdigest(),
        ),
        by=by,
    )
    return file


def _check_asked(project: LabellingProject, form: str, split_by: str, column: str) -> None:
    """Refuse a format, split or column that there is not.

    Raises:
        Invalid: there is none of that name, or the split needs a column.
    """
    fields: dict[str, list[str]] = {}
    if form not in LabelFormat.values:
        fields["form"] = [_("Choose one of the formats.")]
    if split_by and split_by not in LabelSplit.values:
        fields["split_by"] = [_("Choose how the set is split.")]
    needs_one = split_by in (LabelSplit.GROUP, LabelSplit.TIME)
    if (column and column not in project.columns) or (needs_one and not column):
        fields["column"] = [_("Choose a column that annotators were shown.")]
    if fields:
        raise Invalid(_("The file needs corrections. See the fields."), fields=fields)
