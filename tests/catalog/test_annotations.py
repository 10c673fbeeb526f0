"""Officers say what columns mean."""

from __future__ import annotations

import pytest

from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.services import annotate_columns
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from tests.given.catalog import (
    WIDER,
    annotated_version,
    draft_dataset,
    source_version,
    submitted_dataset,
    uploaded_version,
)
from tests.given.world import World


def labels_of(version: DatasetVersion) -> dict[str, str]:
    """Return the labels by column."""
    return {column.name: column.label for column in columns_of(version)}


def test_columns_are_explained(world: World) -> None:
    version = uploaded_version(world, draft_dataset(world))
    annotate_columns(
        version.pk,
        columns=[
            ColumnAnnotation("line", " Line ", "Number of the line", "", " 1 = Harbour\n\n2=Hill "),
            ColumnAnnotation("delay_minutes", "Mean delay", unit="min"),
        ],
        by=world.actor("officer"),
    )
    line = columns_of(version).get(name="line")
    assert (line.label, line.meaning) == ("Line", "Number of the line")
    assert line.code_list == "1 = Harbour\n2=Hill"
    assert labels_of(version)["day"] == ""
    entry = Entry.objects.get(kind="catalog.columns_annotated")
    assert entry.payload == {"columns": 2}
    assert entry.about[0] == f"dataset:{version.dataset_id}"


def test_the_same_explanation_again_changes_nothing(world: World) -> None:
    version = annotated_version(world, draft_dataset(world))
    entries = Entry.objects.count()
    annotate_columns(
        version.pk, columns=[ColumnAnnotation("day", "Day")], by=world.actor("officer")
    )
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("annotation", "column", "words"),
    [
        (ColumnAnnotation("boarding", "Boardings"), "boarding", "Did you mean “boardings”"),
        (ColumnAnnotation("xyz", "X"), "xyz", "names in the header"),
        (ColumnAnnotation("day", "x" * 61), "day", "61 characters; at most 60"),
        (ColumnAnnotation("day", "Day", meaning="x" * 301), "day", "meaning"),
        (ColumnAnnotation("day", "Day", unit="x" * 31), "day", "unit"),
        (ColumnAnnotation("day", "Day", code_list="1 = one\n2"), "day", "Line 2"),
        (ColumnAnnotation("day", "Day", code_list="= one"), "day", "Line 1"),
        (ColumnAnnotation("day", "Da\x00y"), "day", "cannot be stored"),
    ],
)
def test_an_explanation_that_breaks_a_rule_is_refused(
    world: World, annotation: ColumnAnnotation, column: str, words: str
) -> None:
    version = uploaded_version(world, draft_dataset(world))
    entries = Entry.objects.count()
    with pytest.raises(Invalid) as refusal:
        annotate_columns(version.pk, columns=[annotation], by=world.actor("officer"))
    assert words in refusal.value.fields[column][0]
    assert Entry.objects.count() == entries
    assert set(labels_of(version).values()) == {""}


def test_a_column_is_explained_once(world: World) -> None:
    version = uploaded_version(world, draft_dataset(world))
    twice = [ColumnAnnotation("day", "Day"), ColumnAnnotation("day", "Date")]
    with pytest.raises(Invalid, match="corrections"):
        annotate_columns(version.pk, columns=twice, by=world.actor("officer"))


@pytest.mark.parametrize(
    ("person", "kind"), [("stranger", NotFound), ("finance", NotAllowed), ("reviewer", NotAllowed)]
)
def test_who_may_not_annotate_is_refused(world: World, person: str, kind: type[Exception]) -> None:
    version = uploaded_version(world, draft_dataset(world))
    with pytest.raises(kind):
        annotate_columns(
            version.pk, columns=[ColumnAnnotation("day", "Day")], by=world.actor(person)
        )
    assert set(labels_of(version).values()) == {""}


def test_only_the_newest_data_of_an_open_dataset_is_explained(world: World) -> None:
    officer = world.actor("officer")
    dataset = draft_dataset(world)
    older = uploaded_version(world, dataset)
    uploaded_version(world, dataset, table=WIDER)
    frozen = source_version(submitted_dataset(world))
    for version in (older, frozen):
        with pytest.raises(WrongState):
            annotate_columns(version.pk, columns=[ColumnAnnotation("day", "D")], by=officer)
