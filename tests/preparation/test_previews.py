"""A few rows before and after their masks, for those alone who may see the raw data."""

from __future__ import annotations

from typing import Any

import pytest

from desensitize.masks import MASKS
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.policy.models import DatasetKey, MaskingPolicy
from marketplace.preparation.policy.previews import Preview, preview_of
from marketplace.preparation.policy.services import ensure_dataset_key, key_ring
from marketplace.preparation.version.values import SHOWN_ROWS
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.doors import policy_form
from tests.preparation.towns import TOWNS

pytestmark = pytest.mark.django_db


def previewed(version: DatasetVersion, *, level: int = 1, **masks: Any) -> Preview:
    """Preview the proposed policy with other masks for some columns."""
    return preview_of(version, given.policy_document(version, **masks)["columns"], level=level)


def test_each_column_is_masked_as_in_a_run(world: World) -> None:
    version = given.classified_version(world)
    found = previewed(
        version,
        name={"mask": "partial", "options": {"keep_first": 1}},
        mobile="drop",
        age={"mask": "generalize_bins", "options": {"width": 10}},
        city={"options": {"hierarchy": TOWNS}},
    )
    columns = {column.column: column for column in found.columns}
    assert found.rows == SHOWN_ROWS
    assert all(len(column.cells) in (0, SHOWN_ROWS) for column in found.columns)
    assert (columns["age"].cells[0].before, columns["age"].cells[0].after) == ("20", "[20, 30)")
    assert columns["name"].cells[0].before != columns["name"].cells[0].after
    assert columns["mobile"].cells == ()
    assert "does not appear" in columns["mobile"].note
    assert {cell.after for cell in columns["city"].cells} <= {"north", "south"}
    assert columns["income"].cells[0].before == columns["income"].cells[0].after


def test_levels_go_up_to_the_star(world: World) -> None:
    version = given.classified_version(world)
    most = previewed(version).levels[-1]
    top = {column.column: column for column in previewed(version, level=most + 9).columns}
    assert {cell.after for cell in top["age"].cells} == {"*"}


def test_keyed_masks_use_a_key_that_is_thrown_away(world: World) -> None:
    version = given.classified_version(world)
    ensure_dataset_key(version.dataset)
    [first, second] = [
        next(column for column in previewed(version).columns if column.column == "id_number")
        for _ in range(2)
    ]
    assert "made for this preview" in first.note
    assert {cell.after for cell in first.cells}.isdisjoint(cell.after for cell in second.cells)
    assert repr(key_ring(version.dataset, release=version.pk)) not in str(first)


@pytest.mark.parametrize(
    "mask", [name for name, mask in MASKS.items() if mask.description.whole_column]
)
def test_masks_of_a_whole_column_say_that_they_saw_a_part(world: World, mask: str) -> None:
    version = given.classified_version(world)
    rule = {"mask": mask, "options": {"size": 5} if mask == "microaggregate" else {}}
    notes = {column.column: column.note for column in previewed(version, income=rule).columns}
    assert "first 60 rows alone" in notes["income"]
    assert notes["age"] == ""


def test_wrong_rule_is_told_beside_its_column(world: World) -> None:
    found = previewed(given.classified_version(world), age="blur", sex="generalize_bins")
    problems = {column.column: column.problem for column in found.columns if column.problem}
    assert "no mask “blur”" in problems["age"]
    assert "needs the setting" in problems["sex"]


def test_page_previews_with_and_without_a_script(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    sent = policy_form({"pk": version.pk, "policy": given.policy_document(version)})
    sent.data["preview"] = "1"
    client = page_of("officer")
    unsaid = client.post(sent.path, sent.data)
    assert unsaid.status_code == 422
    assert "reason" in unsaid.context["look"].errors
    assert unsaid.context["preview"] is None
    asks = client.post(sent.path, sent.data, headers={"HX-Request": "true"}).content.decode()
    assert "Say why" not in asks
    assert "each look is recorded" in asks
    sent.data["look-reason"] = "masks"
    whole = client.post(sent.path, sent.data)
    assert whole.status_code == 200
    assert "Show generalized columns at level" in whole.content.decode()
    piece = client.post(sent.path, sent.data | {"level": "2"}, headers={"HX-Request": "true"})
    assert piece.content.decode().lstrip().startswith("<section")
    assert piece.context["preview"].level == 2
    assert not MaskingPolicy.objects.exists()
    assert not DatasetKey.objects.exists()
    broken = client.post(sent.path, sent.data | {"columns.1.mask": "magic"})
    assert broken.status_code == 422
    assert broken.context["preview"] is None


@pytest.mark.parametrize(("person", "status"), [("reviewer", 403), ("stranger", 404)])
def test_nobody_else_sees_a_row(
    world: World, page_of: PageClients, person: str, status: int
) -> None:
    version = given.classified_version(world)
    sent = policy_form({"pk": version.pk, "policy": given.policy_document(version)})
    answer = page_of(person).post(sent.path, sent.data | {"preview": "1"})
    assert answer.status_code == status
    assert "Fuzhou" not in answer.content.decode()
