"""A second person decides on the content before anything goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from marketplace.catalog.approval.rules import submission_faults
from marketplace.catalog.approval.services import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.grade.services import grade_dataset
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, NotFound, Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case, CaseKind
from marketplace.review.selectors import open_case_of
from marketplace.review.states import CaseState
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    SLIGHT,
    annotated_version,
    approved_dataset,
    draft_dataset,
    ready_dataset,
    source_version,
    submitted_dataset,
    uploaded_version,
)
from tests.given.threads import at_once
from tests.given.world import World

Act = Callable[[Dataset, Actor], Dataset]


def submit(dataset: Dataset, by: Actor) -> Dataset:
    return submit_dataset(dataset.pk, by=by)


def approve(dataset: Dataset, by: Actor) -> Dataset:
    """Approve with every point ticked."""
    return approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=by)


def send_back(dataset: Dataset, by: Actor) -> Dataset:
    return return_dataset(dataset.pk, reason="Name the units.", by=by)


def assert_refused(kind: type[Exception], act: Act, dataset: Dataset, by: Actor) -> None:
    """A refusal changes nothing."""

    def now() -> list[object]:
        return [
            *Dataset.objects.filter(pk=dataset.pk).values(),
            *Case.objects.values(),
            Entry.objects.count(),
        ]

    before = now()
    with pytest.raises(kind):
        act(dataset, by)
    assert now() == before


def test_submitting_opens_a_case(world: World) -> None:
    dataset = submitted_dataset(world)
    assert dataset.state == DatasetState.IN_REVIEW
    case = open_case_of(CaseKind.CONTENT, f"dataset:{dataset.pk}")
    assert case is not None
    assert case.submitted_by_id == world.person("officer").pk
    assert case.organization_id == dataset.organization_id


def test_what_is_missing_is_told_in_order(world: World) -> None:
    dataset = draft_dataset(world)
    codes = [code for code, _ in submission_faults(dataset)]
    assert codes == ["version-missing", "grade-missing"]
    uploaded_version(world, dataset)
    faults = dict(submission_faults(dataset))
    assert list(faults) == ["columns-unlabelled", "grade-missing"]
    assert "4 have none yet" in faults["columns-unlabelled"]
    annotated_version(world, dataset)
    assert [code for code, _ in submission_faults(dataset)] == ["grade-missing"]
    grade_dataset(dataset.pk, impacts=SLIGHT, negative_list=(), by=world.actor("officer"))
    dataset.refresh_from_db()
    assert submission_faults(dataset) == []


def test_what_is_not_complete_is_not_submitted(world: World) -> None:
    dataset = draft_dataset(world)
    with pytest.raises(Invalid) as refusal:
        submit(dataset, world.actor("officer"))
    assert refusal.value.code == "version-missing"
    assert len(refusal.value.fields[""]) == 2
    assert_refused(Invalid, submit, dataset, world.actor("officer"))


def test_a_reviewer_approves(world: World) -> None:
    dataset = approved_dataset(world)
    assert dataset.state == DatasetState.APPROVED
    case = Case.objects.get(subject=f"dataset:{dataset.pk}")
    assert case.state == CaseState.APPROVED
    assert case.decided_by_id == world.person("reviewer").pk
    version = source_version(dataset)
    entry = Entry.objects.get(kind="catalog.dataset_approved")
    assert entry.payload == {"version": str(version.pk), "form_sha256": ""}
    assert f"version:{version.pk}" in entry.about


def test_approval_needs_every_point(world: World) -> None:
    dataset = submitted_dataset(world)

    def approve_some(dataset: Dataset, by: Actor) -> Dataset:
        return approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST[:-1], by=by)

    assert_refused(Invalid, approve_some, dataset, world.actor("reviewer"))


def test_a_returned_dataset_is_corrected_and_submitted_again(world: World) -> None:
    dataset = send_back(submitted_dataset(world), world.actor("reviewer"))
    assert (dataset.state, dataset.reason) == (DatasetState.RETURNED, "Name the units.")
    dataset = submit(dataset, world.actor("colleague"))
    dataset = approve(dataset, world.actor("second_reviewer"))
    assert (dataset.state, dataset.reason) == (DatasetState.APPROVED, "")
    assert Case.objects.filter(subject=f"dataset:{dataset.pk}").count() == 2


def test_returning_needs_a_reason(world: World) -> None:
    def without(dataset: Dataset, by: Actor) -> Dataset:
        return return_dataset(dataset.pk, reason=" ", by=by)

    assert_refused(Invalid, without, submitted_dataset(world), world.actor("reviewer"))


def test_the_reason_is_not_in_the_ledger(world: World) -> None:
    dataset = submitted_dataset(world)
    return_dataset(dataset.pk, reason="Ask Wang Wu for the units.", by=world.actor("reviewer"))
    assert "Wang" not in str(list(Entry.objects.values("payload", "subject", "about")))


@pytest.mark.parametrize("act", [approve, send_back])
@pytest.mark.parametrize(
    ("person", "kind"),
    [
        ("stranger", NotFound),
        ("officer", NotAllowed),
        ("colleague", NotAllowed),
        ("auditor", NotAllowed),
        ("administrator", NotAllowed),
    ],
)
def test_who_may_not_decide_is_refused(
    world: World, act: Act, person: str, kind: type[Exception]
) -> None:
    assert_refused(kind, act, submitted_dataset(world), world.actor(person))


@pytest.mark.parametrize("act", [approve, send_back])
def test_only_what_is_under_review_is_decided(world: World, act: Act) -> None:
    assert_refused(WrongState, act, ready_dataset(world), world.actor("reviewer"))
    approved = approved_dataset(world, table="a,b\n1,2\n")
    assert_refused(WrongState, act, approved, world.actor("reviewer"))


@pytest.mark.parametrize(
    ("person", "kind"), [("stranger", NotFound), ("finance", NotAllowed), ("reviewer", NotAllowed)]
)
def test_who_may_not_submit_is_refused(world: World, person: str, kind: type[Exception]) -> None:
    assert_refused(kind, submit, ready_dataset(world), world.actor(person))


def test_what_is_under_review_is_not_submitted_again(world: World) -> None:
    assert_refused(WrongState, submit, submitted_dataset(world), world.actor("colleague"))


@pytest.mark.postgres
def test_of_six_decisions_at_once_one_wins(committed_database: None) -> None:
    world = World()
    dataset = submitted_dataset(world)
    reviewers = [world.actor("reviewer"), world.actor("second_reviewer")]

    def decide(number: int) -> Dataset:
        act = approve if number % 3 else send_back
        return act(dataset, reviewers[number % 2])

    answers = at_once(6, decide)
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refusals) == 5
    assert all(isinstance(refusal, WrongState) for refusal in refusals)
    assert Case.objects.exclude(state=CaseState.OPEN).count() == 1
    assert Entry.objects.filter(kind="review.case_decided").count() == 1
