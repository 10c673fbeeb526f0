"""Pages of a source version on its way to a masked one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desensitize.policy import Policy
from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.models import DatasetVersion, VersionKind
from marketplace.catalog.selectors import versions_visible_to
from marketplace.core.locking import visible
from marketplace.core.rules import is_open
from marketplace.preparation.adapters import run_error
from marketplace.preparation.budgets import budget_of, charges_by_use
from marketplace.preparation.explanation import explained
from marketplace.preparation.forms import LookForm, PolicyForm, chosen_level, chosen_treatment
from marketplace.preparation.looking import look_in_force
from marketplace.preparation.models import RunKind
from marketplace.preparation.overview import overview_of
from marketplace.preparation.people import together_with
from marketplace.preparation.picturing import adopted
from marketplace.preparation.previews import preview_of
from marketplace.preparation.proposals import policy_to_decide
from marketplace.preparation.relabelling import unconfirmed_of
from marketplace.preparation.roles_in_words import roles_in_words
from marketplace.preparation.rules.versions import (
    acts_on_source_version,
    check_decides_now,
    check_inherit_hierarchies,
    check_start_composition,
)
from marketplace.preparation.selectors import (
    findings_of,
    inheritable_columns,
    labels_of,
    last_study,
    source_visible_to,
)
from marketplace.preparation.services.looks import open_look
from marketplace.preparation.services.policies import confirm_policy
from marketplace.preparation.services.runs import start_masking, start_profile
from marketplace.preparation.settings_text import masks_in_words
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def preparation_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far the preparation of a version is, and what comes next."""
    by = actor(request)
    version = visible(versions_visible_to(by), pk=pk)
    if version.kind == VersionKind.MASKED:
        return redirect("preparation_detail", pk=version.parent_id)
    overview = overview_of(version)
    together = together_with(overview.report.version) if overview.report else []
    budget = budget_of(version.dataset_id)
    context = {
        "version": version,
        "dataset": version.dataset,
        "together": together,
        "budget": budget,
        "charges": charges_by_use(version.dataset_id) if budget.spent else [],
        "overview": overview,
        "run": overview.run,
        "error": run_error(overview.run) if overview.run else "",
        "report": overview.report,
        "explanation": explained(overview.report, overview.labels) if overview.report else None,
        "roles": roles_in_words(overview.policy),
        "acts": acts_on_source_version(
            version, by, "start_profile", "confirm_policy", "start_masking"
        ),
        "composes": overview.report is not None
        and is_open(check_start_composition, overview.report.version, by),
        "timeline": timeline_of(f"version:{version.pk}", by=by),
    }
    return render(request, "preparation/detail.html", context)


@require_POST
@signed_in
def profile_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the columns profiled and classified."""
    start_profile(pk, by=actor(request))
    messages.success(request, _("The columns are being profiled."))
    return redirect("preparation_detail", pk=pk)


@signed_in
def policy_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an officer decide what happens to each column; `preview` decides nothing.

    Raw rows are shown once it was said why.
    """
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides_now(version, by)
    decided, treatment = policy_to_decide(version), _adopted(request, version)
    form = PolicyForm(
        request.POST or None,
        findings=list(findings_of(version)),
        policy=treatment or decided.policy,
        hierarchies=decided.hierarchies,
        labels=labels_of(version),
        reasons=decided.reasons,
    )
    previews = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not previews:
        policy = attempt(
            form,
            lambda: confirm_policy(pk, policy=form.document(), reasons=form.written(), by=by),
        )
        if policy is not None:
            messages.success(request, _("The policy is confirmed. The desensitizing can start."))
            if unconfirmed_of(policy):
                messages.info(
                    request, _("A reviewer is asked about the columns that you took for less.")
                )
            return redirect("preparation_detail", pk=pk)
    is_piece = previews and getattr(request, "htmx", False)
    looks = look_in_force(version, by=by) is not None
    # A page that follows each change asks, and finds no fault before anything was chosen.
    says_why = previews and not looks and (not is_piece or bool(request.POST.get("look-reason")))
    look = LookForm(request.POST if says_why else None, prefix="look")
    if says_why and form.is_valid() and look.is_valid():
        looks = attempt(look, lambda: open_look(pk, **look.told(), by=by)) is not None
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "rows": form.rows(),
        "look": look,
        "is_open": looks,
        "is_confirmed": decided.is_confirmed,
        "masks": masks_in_words(),
        "has_treatment": treatment is not None,
        "inheritable": inheritable_columns(version)
        if is_open(check_inherit_hierarchies, version, by)
        else [],
        "preview": preview_of(version, form.rules(), level=chosen_level(request.POST))
        if previews and looks and form.has_rules
        else None,
    }
    if is_piece:
        return render(request, "preparation/partials/preview.html", context)
    status = max(form_status(form), form_status(look))
    return render(request, "preparation/policy.html", context, status=status)


def _adopted(request: HttpRequest, version: DatasetVersion) -> Policy | None:
    """Return the policy of the treatment that the address names; None where it names none."""
    place = chosen_treatment(request.GET)
    study = None if place is None else last_study(version, RunKind.TRADEOFF)
    return None if place is None or study is None else adopted(study, place)


@require_POST
@signed_in
def masking_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a version desensitized by its confirmed policy."""
    start_masking(pk, by=actor(request))
    messages.success(request, _("The version is being desensitized."))
    return redirect("preparation_detail", pk=pk)
