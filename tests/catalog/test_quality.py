"""Rules of quality hold what fails them, at every door, and say why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.quality.adapters import SENTENCES
from marketplace.catalog.quality.execution import measure_version, preview_quality
from marketplace.catalog.quality.models import (
    QualityCheck,
    QualityResult,
    QualityRules,
    RuleOutcome,
    RuleReason,
)
from marketplace.catalog.quality.rules import refuse_unless_kept
from marketplace.catalog.quality.selectors import (
    characteristics_of,
    newest_check,
    past_rows,
    results_of,
)
from marketplace.catalog.quality.services import ask_lost_measures, record_quality
from marketplace.catalog.version.models import DatasetVersion, Quality
from marketplace.catalog.version.services import destroy_raw
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given import quality as given
from tests.given.catalog import (
    NEXT_MONTH,
    approved_dataset,
    draft_dataset,
    source_version,
    uploaded_version,
)
from tests.given.quality import FAILED, KEPT, WHY, rule
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)


def measured_of(dataset: Dataset) -> DatasetVersion:
    version = source_version(dataset)
    measure_version(version.pk)
    version.refresh_from_db()
    return version


def test_every_library_code_has_a_sentence() -> None:
    from desensitize.quality_sentences import QUALITY_SENTENCES  # noqa: PLC0415

    assert set(SENTENCES) == set(QUALITY_SENTENCES)
    assert {one.value for one in RuleReason} == {
        *("masked", "not-delivered", "no-past", "column-missing", "reference-missing")
    }


def test_a_version_waits_until_it_is_measured_and_then_passes(world: World) -> None:
    """Until then it goes no further, and afterwards it is on record by digests of both."""
    dataset = approved_dataset(world)
    said = given.set_rules(world, dataset)
    version = source_version(dataset)
    assert version.quality == Quality.WAITING
    with pytest.raises(WrongState) as waiting:
        refuse_unless_kept(version)
    assert waiting.value.code == "quality-unmeasured"
    check = given.measured(version)
    assert version.quality == Quality.PASSED
    refuse_unless_kept(version)
    assert (check.sha256, check.rules_digest) == (version.sha256, said.digest)
    assert (check.rows, check.cells, check.filled, check.holds) == (4, 16, 16, False)
    assert [one.outcome for one in results_of(check)] == ["passed"] * 3 + ["not_applicable"]
    assert Entry.objects.filter(kind="catalog.quality_measured").count() == 1


def test_a_rule_that_blocks_holds_and_says_why(world: World) -> None:
    """Which rule, how many rows, and what can be done."""
    dataset = approved_dataset(world)
    given.set_rules(world, dataset, FAILED)
    version = measured_of(dataset)
    assert version.quality == Quality.HELD
    with pytest.raises(WrongState) as held:
        refuse_unless_kept(version)
    assert held.value.code == "quality-failed"
    for part in ("boardings", "at most 1000", "3 of 4 rows", "corrected version", "reason"):
        assert part in held.value.sentence
    [result] = results_of(given.measured(version))
    assert result.examples == [1, 3, 4]


def test_a_reason_sets_it_free_and_stays(world: World) -> None:
    dataset = approved_dataset(world)
    given.set_rules(world, dataset, FAILED)
    measured_of(dataset)
    with pytest.raises(Invalid) as refused:
        given.set_rules(world, dataset, KEPT)
    assert refused.value.code == "reason-missing"
    assert QualityRules.objects.count() == 1
    second = given.set_rules(world, dataset, KEPT, reason=WHY)
    assert (second.number, second.reason) == (2, WHY)
    # What is held stays so until the new rules were asked.
    assert source_version(dataset).quality == Quality.HELD
    assert measured_of(dataset).quality == Quality.PASSED
    assert QualityCheck.objects.count() == 2


def test_a_corrected_version_goes_on(world: World) -> None:
    dataset = approved_dataset(world)
    given.set_rules(world, dataset, (rule("range", "boardings", at_most="1300"),))
    assert measured_of(dataset).quality == Quality.HELD
    corrected = uploaded_version(world, dataset, table=NEXT_MONTH)
    assert corrected.quality == Quality.WAITING
    given.measured(corrected)
    assert corrected.quality == Quality.PASSED


def test_the_same_rules_again_change_nothing(world: World) -> None:
    dataset = given.ruled(world)
    before = Entry.objects.count()
    first = QualityRules.objects.get()
    assert given.set_rules(world, dataset) == first
    measure_version(source_version(dataset).pk)
    assert Entry.objects.count() == before
    assert QualityCheck.objects.count() == 1


def test_a_warning_lets_it_pass(world: World) -> None:
    dataset = approved_dataset(world)
    given.set_rules(world, dataset, (rule("range", "boardings", at_most="0", severity="warns"),))
    assert measured_of(dataset).quality == Quality.PASSED
    assert newest_check(source_version(dataset)) is not None
    assert QualityResult.objects.get().outcome == RuleOutcome.FAILED


@pytest.mark.parametrize(
    ("said", "place", "words"),
    [
        (rule("present", "lines"), "rules.1", "Did you mean “line”"),
        (rule("type", "line", type="text"), "rules.1", "no type named"),
        (rule("exists", "line", dataset="x", column="line"), "rules.1", "another dataset"),
        ({"kind": "present", "columns": 7}, "rules.1", "1 to 1 columns"),
    ],
)
def test_what_is_wrong_stands_at_its_rule(
    world: World, said: dict[str, Any], place: str, words: str
) -> None:
    dataset = approved_dataset(world)
    with pytest.raises(Invalid) as refused:
        given.set_rules(world, dataset, [said])
    assert words in refused.value.fields[place][0]
    assert not QualityRules.objects.exists()


def test_values_stand_in_another_dataset_of_the_holder(world: World) -> None:
    """And in none of somebody else's: whoever asks would learn what others hold."""
    dataset, lines = approved_dataset(world), draft_dataset(world, title="Lines")
    uploaded_version(world, lines, table="line,name\n1,North\n3,South\n")
    given.set_rules(world, dataset, [rule("exists", "line", dataset=str(lines.pk), column="line")])
    version = measured_of(dataset)
    [result] = QualityResult.objects.all()
    assert (version.quality, result.failing, result.examples) == (Quality.HELD, 2, [2, 4])
    assert result.reference_sha256 == source_version(lines).sha256
    foreign = draft_dataset(world, by="stranger", title="Secret")
    uploaded_version(world, foreign, table="line,name\n1,North\n", by="stranger")
    with pytest.raises(Invalid) as refused:
        given.set_rules(
            world,
            dataset,
            [rule("exists", "line", dataset=str(foreign.pk), column="line")],
            reason=WHY,
        )
    assert "Choose another dataset of your organization" in refused.value.fields["rules.1"][0]


def test_a_reference_that_is_gone_fails(world: World) -> None:
    """What cannot be asked any more must not pass."""
    dataset, lines = approved_dataset(world), draft_dataset(world, title="Lines")
    other = uploaded_version(world, lines, table="line,name\n1,North\n2,South\n")
    given.set_rules(world, dataset, [rule("exists", "line", dataset=str(lines.pk), column="line")])
    destroy_raw(other.pk, by=world.actor("officer"))
    assert measured_of(dataset).quality == Quality.HELD
    assert QualityResult.objects.get().reason == RuleReason.REFERENCE_MISSING


def test_a_column_that_left_fails_until_the_rule_goes(world: World) -> None:
    dataset = given.ruled(world)
    fewer = uploaded_version(world, dataset, table="day,line\n2026-04-01,1\n2026-04-01,2\n")
    given.measured(fewer)
    assert fewer.quality == Quality.HELD
    lost = QualityResult.objects.filter(reason=RuleReason.COLUMN_MISSING)
    assert [one.rule["columns"] for one in lost] == [["boardings"]]
    # A rule about what is gone may stay while others change; a new one may not come.
    given.set_rules(world, dataset, KEPT[2:], reason=WHY)
    with pytest.raises(Invalid):
        given.set_rules(world, dataset, [rule("present", "boardings")], reason=WHY)


def test_the_past_is_what_passed(world: World) -> None:
    """What was held is no measure of how many rows there should be."""
    dataset = approved_dataset(world)
    given.set_rules(world, dataset, (rule("range", "boardings", at_most="1300"),))
    measured_of(dataset)
    second = uploaded_version(world, dataset, table=NEXT_MONTH)
    assert past_rows(second) == []
    given.measured(second)
    third = uploaded_version(world, dataset, table="day,line,boardings\n2026-05-01,1,5\n")
    assert past_rows(third) == [4]


def test_more_rules_dilute_nothing(world: World) -> None:
    """Whoever adds rules that nothing fails must gain nothing by them."""
    dataset = approved_dataset(world)
    given.set_rules(world, dataset, FAILED)
    measured_of(dataset)
    alone = characteristics_of(QualityCheck.objects.get())
    more = [*FAILED, *(rule("range", "boardings", at_least=str(-n)) for n in range(1, 20))]
    given.set_rules(world, dataset, more, reason=WHY)
    measured_of(dataset)
    check = newest_check(source_version(dataset))
    assert check is not None
    assert characteristics_of(check) == alone
    assert {one.code: str(one.share) for one in alone} == {
        "completeness": "1.0000",
        "accuracy": "0.2500",
    }


def test_only_the_software_measures(world: World) -> None:
    dataset = given.ruled(world)
    check = QualityCheck.objects.get()
    for person in ("officer", "reviewer"):
        with pytest.raises(NotAllowed):
            record_quality(
                check.version_id,
                rules_id=check.rules_id,
                measured=preview_quality(dataset.pk, rules=KEPT, by=world.actor("officer")),
                references={},
                by=world.actor(person),
            )
        with pytest.raises(NotAllowed):
            ask_lost_measures(by=world.actor(person))


def test_what_waits_too_long_is_asked_for_again(world: World) -> None:
    """After some leases, then at intervals that double, and not once it was measured."""
    dataset = approved_dataset(world)
    given.set_rules(world, dataset)
    version = source_version(dataset)
    asked = []
    for seconds in range(0, 600, 15):
        with clock.stopped_at(version.created_at + timedelta(seconds=seconds)):
            if ask_lost_measures(by=SYSTEM):
                asked.append(seconds)
    assert asked == [135, 270, 540]
    measured_of(dataset)
    with clock.stopped_at(version.created_at + timedelta(days=1)):
        assert ask_lost_measures(by=SYSTEM) == []


@pytest.mark.parametrize("model", [QualityRules, QualityCheck, QualityResult])
def test_what_was_found_stays(world: World, model: Any) -> None:
    """The database itself refuses change and removal."""
    given.ruled(world)
    row = model.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(created_at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete(using="default")


def test_rows_that_fail_are_told_to_officers_alone(world: World, api_of: ApiClients) -> None:
    """No cell at all, and to the centre's staff only how many."""
    dataset = approved_dataset(world)
    given.set_rules(world, dataset, FAILED)
    measured_of(dataset)
    address = reverse("api_list_quality_checks", args=[dataset.pk])
    [own] = api_of("officer").get(address).json()["results"]
    assert own["results"][0]["examples"] == [1, 3, 4]
    assert "1204" not in str(own)
    [seen] = api_of("reviewer").get(address).json()["results"]
    assert (seen["results"][0]["examples"], seen["results"][0]["failing"]) == ([], 3)


def form_of(*rules: dict[str, str], **said: str) -> dict[str, str]:
    """Return the form of rules as a browser sends it."""
    sent = {"count": str(len(rules))}
    for place, one in enumerate(rules):
        sent |= {f"rule-{place}-{name}": value for name, value in one.items()}
    return sent | said


CEILING = {
    "keep": "on",
    "kind": "range",
    "column": "boardings",
    "at_most": "1000",
    "tolerance": "0",
    "severity": "blocks",
}


def test_the_page_tries_rules_and_keeps_nothing(world: World, page_of: PageClients) -> None:
    dataset = approved_dataset(world)
    address = reverse("quality_edit", args=[dataset.pk])
    shown = page_of("officer").post(address, form_of(CEILING, preview="1"))
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "3 of 4 fail" in text
    assert "1, 3, 4" in text
    # The card of a rule says of which column it is.
    assert "Values lie in a range: boardings</legend>" in text
    assert not QualityRules.objects.exists()
    added = page_of("officer").post(address, form_of(CEILING, add="1", add_kind="codes"))
    assert [form.rule_kind for form in added.context["forms"]] == ["range", "codes"]
    half = {**CEILING, "keep": "", "column": "gone", "tolerance": "much"}
    kept = page_of("officer").post(address, form_of({**CEILING, "tolerance": "75 %"}, half))
    assert kept.status_code == 302
    [one] = QualityRules.objects.get().rules
    assert one["tolerance"] == {"share": "0.75"}
    page = page_of("officer").get(reverse("dataset_quality", args=[dataset.pk])).content.decode()
    assert "“boardings” is at most 1000" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"at_most": ""}, "Give a lower bound"),
        ({"tolerance": "much"}, "Write a share such as 5 %"),
        ({"tolerance": "300 %"}, "a share from 0 to 1"),
        ({"column": "weather"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_told_on_the_page(
    world: World, page_of: PageClients, changes: dict[str, str], words: str
) -> None:
    dataset = approved_dataset(world)
    address = reverse("quality_edit", args=[dataset.pk])
    answer = page_of("officer").post(address, form_of({**CEILING, **changes}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not QualityRules.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"count": "x"}, {"count": "-1"}, {"count": "99999"}])
def test_a_form_of_nonsense_is_answered(
    world: World, page_of: PageClients, sent: dict[str, str]
) -> None:
    dataset = approved_dataset(world)
    answer = page_of("officer").post(reverse("quality_edit", args=[dataset.pk]), sent)
    assert answer.status_code in (302, 422)
