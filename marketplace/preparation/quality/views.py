"""The page on which an officer decides on the rules of a dataset, and sees what they find."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desensitize.quality import Finding, Measured
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.quality.execution import preview_quality
from marketplace.catalog.quality.models import RuleOutcome, RuleReason
from marketplace.catalog.quality.presentation import KIND_LABELS, rule_lines
from marketplace.catalog.quality.rules import acts_on_quality, check_set_quality_rules
from marketplace.catalog.quality.selectors import (
    checks_of,
    rules_in_force,
    rules_of,
    rules_to_review,
)
from marketplace.catalog.quality.services import set_quality_rules
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.core import Actor, Invalid, is_open, visible
from marketplace.preparation.quality.forms import (
    RuleForm,
    RulesForm,
    blank_of,
    initial_of,
    kinds_sent,
)
from marketplace.preparation.quality.presentation import check_views
from marketplace.preparation.quality.proposals import proposed_rules
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor

CHECKS_SHOWN = 24


@signed_in
def dataset_quality(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    is_own = is_open(check_owner, dataset, by)
    context = {
        "dataset": dataset,
        "rules": rule_lines(rules_in_force(dataset)),
        "through_time": list(rules_of(dataset)[:CHECKS_SHOWN]),
        "checks": check_views(list(checks_of(dataset)[:CHECKS_SHOWN]), is_own=is_own),
        "acts": acts_on_quality(dataset, by),
        "is_own": is_own,
    }
    return render(request, "preparation/quality.html", context)


@signed_in
def quality_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take, change and drop rules; `preview` tries them, `add` shows an empty one more."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_set_quality_rules(dataset, by)
    needs_reason = rules_in_force(dataset) is not None
    sent = request.POST if request.method == "POST" else None
    said: RulesForm = RulesForm(sent, needs_reason=needs_reason)
    shown = _forms(request, dataset, by)
    measured: Measured | None = None
    if request.method == "POST" and _may_send(request, said, shown):
        kept = [form for form in shown if form.is_kept]
        rules = [form.rule() for form in kept]
        try:
            if "preview" in request.POST:
                measured = preview_quality(pk, rules=rules, by=by)
                _tell(kept, measured.findings)
            else:
                set_quality_rules(pk, rules=rules, **said.taken(), by=by)
                messages.success(request, _said_of(dataset))
                return redirect("dataset_quality", pk=pk)
        except Invalid as refusal:
            _place(refusal, said, kept)
    context = {
        "dataset": dataset,
        "form": said,
        "forms": shown,
        "kinds": list(KIND_LABELS.items()),
        "measured": measured,
    }
    wrong = any(form.is_bound and form.errors for form in shown)
    status = 422 if wrong and "add" not in request.POST else form_status(said)
    return render(request, "preparation/quality_edit.html", context, status=status)


def _said_of(dataset: Dataset) -> str:
    if rules_to_review(dataset) is None:
        return _("The rules are set. They are being asked of the newest version.")
    return _(
        "These rules promise less. Submit the dataset for content review: the rules before stay in "
        "force until a second person has approved it."
    )


def _forms(request: HttpRequest, dataset: Dataset, by: Actor) -> list[RuleForm]:
    version = latest_source_version(dataset)
    columns = [column.name for column in columns_of(version)] if version is not None else []
    current = rules_in_force(dataset)
    lost = [name for rule in (current.read if current else ()) for name in rule.columns]
    others = datasets_visible_to(by).filter(organization_id=dataset.organization_id)
    fixed: dict[str, Any] = {
        "columns": list(dict.fromkeys((*columns, *lost))),
        "datasets": [(str(other.pk), other.title) for other in others.exclude(pk=dataset.pk)],
    }
    if request.method == "POST":
        kinds = kinds_sent(request.POST)
        shown = [
            RuleForm(request.POST, prefix=f"rule-{place}", rule_kind=kind, **fixed)
            for place, kind in enumerate(kinds)
        ]
        added = str(request.POST.get("add_kind", ""))
        if "add" in request.POST and added in KIND_LABELS:
            initial = blank_of(added)
            prefix = f"rule-{len(shown)}"
            shown.append(RuleForm(initial=initial, prefix=prefix, rule_kind=added, **fixed))
        return shown
    wanted = [initial_of(rule, keep=True) for rule in (current.read if current else ())]
    wanted += [initial_of(rule, keep=False) for rule in proposed_rules(dataset)]
    return [
        RuleForm(initial=initial, prefix=f"rule-{place}", rule_kind=initial["kind"], **fixed)
        for place, initial in enumerate(wanted)
    ]


def _may_send(request: HttpRequest, said: RulesForm, shown: Sequence[RuleForm]) -> bool:
    """Return whether what was sent goes to the act; what is not kept may hold anything."""
    if "add" in request.POST:
        return False
    for form in shown:
        if not request.POST.get(f"{form.prefix}-keep"):
            form.full_clean()
            form.errors.clear()
    return said.is_valid() and all(form.is_valid() for form in shown)


def _tell(kept: Sequence[RuleForm], findings: Sequence[Finding]) -> None:
    """Hang on each form what its rule would find."""
    for form, finding in zip(kept, findings, strict=True):
        reason = RuleReason(finding.reason).label if finding.reason else ""
        form.finding = finding
        form.told = reason or RuleOutcome(finding.outcome).label


def _place(refusal: Invalid, said: RulesForm, kept: Sequence[RuleForm]) -> None:
    """Put the sentences on the rules that they are about."""
    placed = False
    for name, sentences in refusal.fields.items():
        _rules, _dot, place = name.partition(".")
        for sentence in sentences:
            if place.isdigit() and 0 < int(place) <= len(kept):
                kept[int(place) - 1].add_error(None, sentence)
                placed = True
    if not placed:
        field = "reason" if {"reason"} <= set(refusal.fields) & set(said.fields) else None
        said.add_error(field, refusal.sentence)
