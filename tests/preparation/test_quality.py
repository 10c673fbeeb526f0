"""Rules of quality hold preparation, run on what is sold, and are proposed from the profile."""

from __future__ import annotations

import pytest
from django.urls import reverse

from desensitize.quality import rules_from
from marketplace.catalog.quality.models import RuleOutcome, RuleReason
from marketplace.catalog.quality.selectors import results_of
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import Quality
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.services import annotate_columns
from marketplace.core.errors import WrongState
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.quality.proposals import proposed_rules
from marketplace.preparation.run.models import Run, RunKind
from tests.conftest import ApiClients, PageClients
from tests.given import preparation as given
from tests.given import quality
from tests.given.catalog import draft_dataset, uploaded_version
from tests.given.quality import WHY, rule
from tests.given.world import World

DAYS, POINTS = range(1, 13), range(1, 5)
ABOUT_PEOPLE = (
    rule("present", "income"),
    rule("unique", "id_number"),
    rule("pattern", "mobile", pattern="1[0-9]{10}"),
    rule("codes", "city", codes=["Fuzhou", "Xiamen", "Quanzhou"]),
    rule("range", "age", at_least="0", at_most="120"),
)


def test_a_held_version_is_masked_no_further(world: World) -> None:
    """Neither is one that nobody has measured; with a reason it goes on."""
    version = given.confirmed_version(world)
    officer = world.actor("officer")
    quality.set_rules(world, version.dataset, [rule("range", "age", at_most="30")])
    for code in ("quality-unmeasured", "quality-failed"):
        with pytest.raises(WrongState) as refused:
            start_masking(version.pk, by=officer)
        assert refused.value.code == code
        assert not Run.objects.filter(kind=RunKind.MASK).exists()
        quality.measured(version)
    quality.set_rules(world, version.dataset, ABOUT_PEOPLE, reason=WHY)
    quality.measured(version)
    assert start_masking(version.pk, by=officer).kind == RunKind.MASK


def test_a_masked_column_passes_nothing(world: World) -> None:
    """What a mask has changed is said to be masked, what it left out not delivered."""
    version = given.classified_version(world)
    quality.set_rules(world, version.dataset, ABOUT_PEOPLE)
    quality.measured(version)
    policy = given.policy_document(version, name="drop", id_number="drop", mobile="redact")
    masked = given.masked(world, version, document=policy)
    assert masked.quality == Quality.WAITING
    altered = {column.name for column in columns_of(masked) if column.is_altered}
    kept = {rule["name"] for rule in policy["columns"] if rule["mask"] == "keep"}
    assert altered == {column.name for column in columns_of(masked)} - kept
    assert {"mobile"} <= altered
    check = quality.measured(masked)
    assert masked.quality == Quality.PASSED
    found = {one.rule["columns"][0]: (one.outcome, one.reason) for one in results_of(check)}
    assert found["mobile"] == (RuleOutcome.NOT_APPLICABLE, RuleReason.MASKED)
    assert found["id_number"] == (RuleOutcome.NOT_APPLICABLE, RuleReason.NOT_DELIVERED)
    for name in ("income", "city", "age"):
        expected = (RuleOutcome.NOT_APPLICABLE, RuleReason.MASKED)
        assert found[name] == ((RuleOutcome.PASSED, "") if name in kept else expected)
    assert check.cells == len(kept & {column.name for column in columns_of(masked)}) * masked.rows


def test_what_is_masked_of_held_data_is_held(world: World) -> None:
    """A rule that fails at the source is not hidden by a mask."""
    version = given.classified_version(world)
    masked = given.masked(world, version, document=given.without_trace(version))
    assert masked.quality == Quality.UNASKED
    quality.set_rules(world, version.dataset, [rule("pattern", "mobile", pattern="2.*")])
    quality.measured(version)
    masked.refresh_from_db()
    assert (version.quality, masked.quality) == (Quality.HELD, Quality.HELD)
    quality.set_rules(world, version.dataset, ABOUT_PEOPLE, reason=WHY)
    quality.measured(version)
    masked.refresh_from_db()
    assert (version.quality, masked.quality) == (Quality.PASSED, Quality.PASSED)


def test_a_synthetic_copy_keeps_no_column(world: World) -> None:
    from desensitize.policy import Policy  # noqa: PLC0415

    document = given.policy_document(given.classified_version(world))
    policy = Policy.from_dict(document)
    kept = {rule.name for rule in policy.columns if rule.mask == "keep"}
    assert set(policy.unaltered) == kept


def test_rules_are_proposed_from_the_profile(world: World, api_of: ApiClients) -> None:
    """The newest version keeps what blocks, and no value of a person is named."""
    version = given.classified_version(world)
    proposed = proposed_rules(version.dataset)
    assert rules_from([one.as_dict() for one in proposed]) == tuple(proposed)
    kinds = {(one.kind, *one.columns) for one in proposed}
    assert {("present", "income"), ("unique", "id_number"), ("type", "age"), ("volume",)} <= kinds
    assert not [one for one in proposed if one.kind == "range" and one.columns != ("income",)]
    quality.set_rules(world, version.dataset, [one.as_dict() for one in proposed])
    assert not quality.measured(version).holds
    assert version.quality == Quality.PASSED
    assert proposed_rules(version.dataset) == []
    address = reverse("api_get_proposed_quality_rules", args=[version.dataset_id])
    assert api_of("officer").get(address).json() == {"rules": []}


def test_a_key_of_two_columns_is_proposed(world: World, page_of: PageClients) -> None:
    """Day and point together tell each row from every other, and neither alone."""
    rows = [f"2026-03-{day:02d},P{point},{day * point % 7}" for day in DAYS for point in POINTS]
    table = "\n".join(["point_day,point,reading", *rows]) + "\n"
    version = given.classified_version(world, table=table)
    keys = [one.columns for one in proposed_rules(version.dataset) if one.kind == "unique"]
    assert keys == [("point_day", "point")]
    page = page_of("officer").get(reverse("quality_edit", args=[version.dataset_id]))
    assert "Values stand once: point_day, point" in page.content.decode()


def test_code_lists_are_proposed_before_any_profile(world: World) -> None:
    dataset = draft_dataset(world)
    assert proposed_rules(dataset) == []
    version = uploaded_version(world, dataset)
    said = [ColumnAnnotation("line", label="Line", code_list="1 = North\n2 = South")]
    annotate_columns(version.pk, columns=said, by=world.actor("officer"))
    [codes] = [one for one in proposed_rules(dataset) if one.kind == "codes"]
    assert list(codes.parameters["codes"]) == ["1", "2"]


def test_a_run_that_ends_later_is_measured_too(world: World) -> None:
    """Rules that come while a version is masked find what was made of it."""
    version = given.confirmed_version(world)
    run = start_masking(version.pk, by=world.actor("officer"))
    quality.set_rules(world, version.dataset, ABOUT_PEOPLE)
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.result_version is not None
    assert run.result_version.quality == Quality.WAITING
    quality.measured(version)
    run.result_version.refresh_from_db()
    assert run.result_version.quality == Quality.PASSED
