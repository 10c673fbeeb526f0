"""Set the rules of a dataset, and keep what they find of its versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.quality import Measured, Rule, digest_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns, open_again
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.quality.adapters import rules_read
from marketplace.catalog.quality.changes import ask_newest
from marketplace.catalog.quality.comparing import promise_less
from marketplace.catalog.quality.events import QualityAsked, QualityMeasured, QualityRulesSet
from marketplace.catalog.quality.models import QualityCheck, QualityResult, QualityRules
from marketplace.catalog.quality.rules import check_measures, check_set_quality_rules
from marketplace.catalog.quality.selectors import (
    newest_check,
    rules_in_force,
    rules_of,
    rules_to_review,
    waiting_since,
)
from marketplace.catalog.version.models import DatasetVersion, Quality, VersionKind
from marketplace.catalog.version.selectors import (
    columns_of,
    latest_source_version,
    versions_visible_to,
)
from marketplace.core import Actor, Invalid, WrongState, clock, locked
from marketplace.core.arguments import reason_of
from marketplace.ledger.selectors import last_told_at
from marketplace.ledger.services.recording import record

LEASES_TO_WAIT = 6
"""After so many leases without an answer a task may be lost with its worker."""
LONGEST_PAUSE = timedelta(hours=1)
WHY = replace(
    reason_of(QualityRules),
    label=gettext_lazy("Why the rules change"),
    help=gettext_lazy("Needed where rules stood before. It stays with them."),
    lines=2,
)


@transaction.atomic
def set_quality_rules(
    dataset_id: UUID,
    *,
    rules: Sequence[Mapping[str, Any]],
    reason: Annotated[str, WHY] = "",
    by: Actor,
) -> QualityRules:
    """Say what the versions of a dataset must keep to. The same rules again change nothing.

    Rules that replace others need a reason, which stays. They are asked of the newest version at
    once: until then it goes no further. Of data that was approved, rules that promise less open the
    content again: those before stay in force until a second person has approved it.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is retired, or has no data yet; or its content is under review and the rules
            promise less (`rules-in-review`).
        Invalid: a rule cannot be read, is about a column or a dataset that is not there, or the
            reason is missing (`reason-missing`).
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_set_quality_rules(dataset, by)
    read = rules_read(rules)
    current = rules_in_force(dataset)
    digest = digest_of(read)
    waiting = rules_to_review(dataset)
    if waiting is not None and waiting.digest == digest:
        return waiting
    if waiting is None and current is not None and current.digest == digest:
        return current
    _refuse_unknown(read, dataset, current, by)
    kept = _checked_reason(reason, needed=current is not None)
    assert by.person_id is not None, "a rule asks for a person"
    is_less = current is not None and _needs_review(dataset, read, current)
    said = QualityRules.objects.create(
        dataset=dataset,
        number=rules_of(dataset).count() + 1,
        rules=[rule.as_dict() for rule in read],
        digest=digest,
        reason=kept,
        set_by_id=by.person_id,
        promises_less=is_less,
    )
    if not is_less:
        ask_newest(dataset)
    elif dataset.is_approved:
        open_again(dataset, by=by)
    record(
        QualityRulesSet(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            number=said.number,
            rules=len(read),
            rules_sha256=digest,
        ),
        by=by,
    )
    return said


@transaction.atomic
def record_quality(
    version_id: UUID,
    *,
    rules_id: UUID,
    measured: Measured,
    references: Mapping[str, str],
    by: Actor,
) -> QualityCheck:
    """Keep what rules found of a version; a version is held or set free by the newest of them.

    The same rules asked again answer the check that there is. `references` has the digest of the
    bytes in which values were looked up, by the key of the rule.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the actor is not the centre's software.
    """
    check_measures(by)
    version = locked(versions_visible_to(by), pk=version_id)
    rules = QualityRules.objects.get(pk=rules_id, dataset_id=version.dataset_id)
    existing = QualityCheck.objects.filter(version=version, rules=rules).first()
    if existing is not None:
        return existing
    check = QualityCheck.objects.create(
        version=version,
        rules=rules,
        sha256=version.sha256,
        rules_digest=rules.digest,
        rows=measured.rows,
        cells=measured.cells,
        filled=measured.filled,
        holds=measured.holds,
    )
    _keep_results(check, measured, references)
    _follow(version, rules)
    record(
        QualityMeasured(
            subject=f"version:{version.pk}",
            about=(f"dataset:{version.dataset_id}", *concerns(version.dataset)),
            sha256=check.sha256,
            rules_sha256=check.rules_digest,
            rows=check.rows,
            failed=sum(found.outcome == "failed" for found in measured.findings),
            holds=check.holds,
        ),
        by=by,
    )
    return check


@transaction.atomic
def ask_lost_measures(*, by: Actor) -> list[UUID]:
    """Ask again for versions that wait to be measured, whose task may be lost; return them.

    At intervals that double, up to an hour: a broker may be away for long.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    check_measures(by)
    asked, now = [], clock.now()
    patience = timedelta(seconds=LEASES_TO_WAIT * settings.CENTRE["RUN_LEASE_SECONDS"])
    for version in waiting_since(now - patience).select_related("dataset")[:50]:
        subject = f"version:{version.pk}"
        last = last_told_at(subject, kind=QualityAsked.kind)
        if last is not None and now - last < min((now - version.created_at) / 2, LONGEST_PAUSE):
            continue
        about = (f"dataset:{version.dataset_id}", *concerns(version.dataset))
        record(QualityAsked(subject=subject, about=about), by=by)
        asked.append(version.pk)
    return asked


def _needs_review(dataset: Dataset, read: Sequence[Rule], current: QualityRules) -> bool:
    """Return whether rules promise less than those that were approved.

    Raises:
        WrongState: they do, and the content is under review (`rules-in-review`).
    """
    if not dataset.approvals.exists() or not promise_less(read, current.read):
        return False
    if dataset.state == DatasetState.IN_REVIEW:
        raise WrongState(
            _(
                "These rules promise less, and the content is under review. Set them after the "
                "decision: a second person has to approve them."
            ),
            code="rules-in-review",
        )
    return True


def _keep_results(check: QualityCheck, measured: Measured, references: Mapping[str, str]) -> None:
    QualityResult.objects.bulk_create(
        QualityResult(
            check_of=check,
            position=position,
            key=found.rule.key,
            rule=found.rule.as_dict(),
            characteristic=found.rule.characteristic,
            outcome=str(found.outcome),
            reason=str(found.reason or ""),
            checked=found.checked,
            failing=found.failing,
            examples=list(found.examples),
            reference_sha256=references.get(found.rule.key, ""),
        )
        for position, found in enumerate(measured.findings, start=1)
    )


def _follow(version: DatasetVersion, rules: QualityRules) -> None:
    """Set a locked version by its newest check, and what was masked of it with it."""
    in_force = rules_in_force(version.dataset)
    if in_force is None or in_force.pk != rules.pk:
        # Newer rules are still to be asked.
        return
    _settle(version)
    if version.kind == VersionKind.SOURCE:
        children = DatasetVersion.objects.select_for_update().filter(parent=version)
        for child in children.order_by("pk"):
            child.parent = version
            _settle(child)


def _settle(version: DatasetVersion) -> None:
    check = newest_check(version)
    found = version.quality if check is None else Quality.HELD if check.holds else Quality.PASSED
    if version.parent is not None and version.parent.quality == Quality.HELD:
        found = Quality.HELD
    if found != version.quality:
        version.quality = found
        version.save(update_fields=["quality"])


def _refuse_unknown(
    rules: Sequence[Rule], dataset: Dataset, current: QualityRules | None, by: Actor
) -> None:
    """Refuse columns and datasets that are not there, unless a rule before was about them too."""
    newest = latest_source_version(dataset)
    names = [column.name for column in columns_of(newest)] if newest is not None else []
    before = {rule.key for rule in current.read} if current is not None else set()
    faults: dict[str, list[str]] = {}
    for place, rule in enumerate(rules, start=1):
        if rule.key in before:
            continue
        lost = [name for name in rule.columns if name not in names]
        sentence = _no_column(lost[0], names) if lost else _no_reference(rule, dataset, by)
        if sentence:
            faults[f"rules.{place}"] = [sentence]
    if faults:
        raise Invalid(_("Some rules need corrections."), code="unknown-column", fields=faults)


def _no_column(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1)
    if near:
        return _("There is no column of this name. Did you mean “%(near)s”?") % {"near": near[0]}
    return _("There is no column of this name. Use the names in the header of the file.")


def _no_reference(rule: Rule, dataset: Dataset, by: Actor) -> str:
    """Say what is wrong with the dataset that values are looked up in; "" where nothing is."""
    if rule.kind != "exists":
        return ""
    try:
        other = UUID(str(rule.parameters["dataset"]))
    except ValueError:
        return _("Choose another dataset of your organization that has data.")
    own = datasets_visible_to(by).filter(organization_id=dataset.organization_id)
    found = own.filter(pk=other).first()
    newest = latest_source_version(found) if found is not None else None
    if newest is None:
        return _("Choose another dataset of your organization that has data.")
    if not columns_of(newest).filter(name=rule.parameters["column"]).exists():
        return _no_column(rule.parameters["column"], [one.name for one in columns_of(newest)])
    return ""


def _checked_reason(reason: str, *, needed: bool) -> str:
    if not needed and not reason.strip():
        return ""
    return WHY.given(reason)
