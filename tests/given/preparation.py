"""Versions in each state of preparation, reached by acts and real engine runs."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import reopen_dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor, Door
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.proposals import proposed_policy
from marketplace.preparation.policy.services import confirm_policy
from marketplace.preparation.profile.services import start_profile
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.selectors import last_run
from marketplace.preparation.version.models import Look, LookReason
from marketplace.preparation.version.services import open_look
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    annotated_version,
    approved_dataset,
    source_version,
)
from tests.given.shelf import kept
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)
REASON = "These are the animals of a herd; no person is behind a row of this table."
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨黄赵周吴"
GIVEN_NAMES = ("伟", "芳", "娜", "敏", "静", "丽", "强", "磊")
CITIES = ("Fuzhou", "Xiamen", "Quanzhou")


def identity_number(born: date, serial: int) -> str:
    """Make up an identity number whose check digit fits (GB 11643, MOD 11-2)."""
    body = f"{350102 + serial // 1000}{born:%Y%m%d}{serial % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


@cache
def people(count: int = 60) -> str:
    """Make up a table of people as CSV; the same every time."""
    lines = ["name,id_number,mobile,age,sex,city,income"]
    for number in range(count):
        age = 20 + number % 12 * 4
        born = date(2026 - age, 1 + number % 12, 1 + number % 28)
        name = SURNAMES[number % 10] + GIVEN_NAMES[number // 10 % 8] + GIVEN_NAMES[number % 8]
        mobile = f"138{(number * 7919 + 12345) % 10**8:08d}"
        lines.append(
            f"{name},{identity_number(born, number + 1)},{mobile},{age},"
            f"{'FM'[number % 2]},{CITIES[number % 3]},{3000 + number * 137 % 9000}"
        )
    return "\n".join(lines) + "\n"


@kept
def approved_source(
    world: World, *, table: str = "", personal_basis: str = "law", **changes: Any
) -> DatasetVersion:
    """Return the source version of an approved dataset about people, or of the given table."""
    dataset = approved_dataset(
        world, table=table or people(), personal_basis=personal_basis, **changes
    )
    return source_version(dataset)


def queued_profile(world: World, **given: Any) -> Run:
    """Return a profile run that waits for a worker."""
    return start_profile(approved_source(world, **given).pk, by=SYSTEM)


def classified(version: DatasetVersion) -> DatasetVersion:
    """Profile and classify a source version."""
    run = start_profile(version.pk, by=SYSTEM)
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "done", (run.error_code, run.error_parameters)
    return version


@kept
def classified_version(world: World, **given: Any) -> DatasetVersion:
    """Return a source version that is profiled and classified."""
    return classified(approved_source(world, **given))


def next_version(world: World, version: DatasetVersion, *, table: str) -> DatasetVersion:
    """Bring newer data of the same dataset through content review, and classify it."""
    officer = world.actor("officer")
    dataset = reopen_dataset(version.dataset_id, by=officer)
    annotated_version(world, dataset, table=table)
    submit_dataset(dataset.pk, by=officer)
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    dataset.refresh_from_db()
    return classified(source_version(dataset))


def looking(
    world: World, version: DatasetVersion, *, column: str = "", by: str = "officer"
) -> Look:
    """Let an officer say why they look at raw rows, or at the values of a column."""
    reason = LookReason.LEVELS if column else LookReason.MASKS
    return open_look(version.pk, column=column, reason=reason, by=world.actor(by))


def policy_document(version: DatasetVersion, **masks: str | dict[str, Any]) -> dict[str, Any]:
    """Return the proposed policy of a classified version with other rules for some columns.

    A rule is the name of a mask, or what it changes of role, mask and options.
    """
    document = proposed_policy(findings_of(version)).to_dict()
    for rule in document["columns"]:
        change = masks.get(rule["name"], {})
        rule.update({"mask": change} if isinstance(change, str) else change)
    return document


def without_trace(version: DatasetVersion) -> dict[str, Any]:
    """Return a policy after which no column tells one person from another."""
    return policy_document(version, name="drop", id_number="drop", mobile="redact")


def confirmed(
    world: World, version: DatasetVersion, *, by: str = "officer", document: Any = None
) -> MaskingPolicy:
    """Confirm a policy of a classified version: the given one, else the proposed one.

    What it relabels, if anything, has a reason.
    """
    policy = document or policy_document(version)
    return confirm_policy(
        version.pk,
        policy=policy,
        reasons={rule["name"]: REASON for rule in policy["columns"]},
        by=world.actor(by),
    )


@kept
def confirmed_version(world: World, **given: Any) -> DatasetVersion:
    """Return a source version with a confirmed policy."""
    version = classified_version(world, **given)
    confirmed(world, version)
    return version


def queued_masking(world: World, **given: Any) -> Run:
    """Return a masking run that waits for a worker."""
    version = confirmed_version(world, **given)
    return start_masking(version.pk, by=world.actor("officer"))


def masked(
    world: World, version: DatasetVersion, *, by: str = "officer", document: Any = None
) -> DatasetVersion:
    """Desensitize a classified source version; answer the masked version."""
    confirmed(world, version, by=by, document=document)
    run = start_masking(version.pk, by=world.actor(by))
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.result_version is not None, (run.error_code, run.error_parameters)
    return run.result_version


@kept
def masked_version(world: World, **given: Any) -> DatasetVersion:
    """Return a masked version with a passed risk report, no longer personal."""
    version = classified_version(world, **given)
    return masked(world, version, document=without_trace(version))


def masked_version_of(world: World, dataset: Dataset, *, by: str = "officer") -> DatasetVersion:
    """Carry an approved dataset through preparation by the proposed policy."""
    return masked(world, classified(source_version(dataset)), by=by)


@kept
def passed_report(world: World, **given: Any) -> RiskReport:
    """Return a risk report that passed."""
    report = report_of(masked_version(world, **given).pk)
    assert report is not None
    assert report.passed, report.failures
    return report


def newest_run(version: DatasetVersion, kind: RunKind) -> Run:
    """Return the newest run of a kind, which there is."""
    run = last_run(version, kind)
    assert run is not None
    return run
