"""The pages of a version: the way it goes, looks at raw values, their end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import names_of, timeline_of
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import is_open, visible
from marketplace.preparation.adapters import run_error
from marketplace.preparation.budget.selectors import budget_of, charges_by_use
from marketplace.preparation.column.presentation import kind_label
from marketplace.preparation.policy.presentation import roles_in_words
from marketplace.preparation.release.people import releases_of_others, together_with
from marketplace.preparation.report.presentation import explained
from marketplace.preparation.run.selectors import runs_under_way
from marketplace.preparation.version.forms import DestroyForm, LookForm
from marketplace.preparation.version.presentation import overview_of
from marketplace.preparation.version.rules import (
    acts_on_source_version,
    check_decides,
    check_open_look,
    check_start_composition,
)
from marketplace.preparation.version.selectors import LASTS, looks_at, source_visible_to
from marketplace.preparation.version.services import destroy_raw_data, open_look
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

# The pages of looks at raw rows: why somebody looks, and who looked.

MOST_SHOWN = 200


# Pages of a source version on its way to a masked one.


@signed_in
def preparation_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
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
        "of_others": [
            (one.earlier, [kind_label(kind) for kind in one.kinds])
            for one in releases_of_others(version)
        ],
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
def look_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), LookForm(request.POST)
    version = source_visible_to(by, pk)
    if form.is_valid() and attempt(form, lambda: open_look(pk, **form.told(), by=by)) is not None:
        onward = form.cleaned_data["onward"]
        if url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
            return redirect(onward)
        return redirect("look_list", pk=pk)
    return asks_for_reason(request, version, form)


@signed_in
def look_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    version = source_visible_to(actor(request), pk)
    looks = list(looks_at(version)[: MOST_SHOWN + 1])
    is_cut = len(looks) > MOST_SHOWN
    looks = looks[:MOST_SHOWN]
    names = names_of([look.person_id for look in looks])
    context = {
        "version": version,
        "dataset": version.dataset,
        "looks": [(names.get(look.person_id, ""), look) for look in looks],
        "is_cut": is_cut,
    }
    return render(request, "preparation/look_list.html", context)


def asks_for_reason(
    request: HttpRequest,
    version: DatasetVersion,
    form: LookForm | None = None,
    *,
    column: str = "",
) -> HttpResponse:
    """Ask why somebody looks, in place of the page that they came for.

    Raises:
        NotAllowed: the actor may not see raw values of this data.
        WrongState: the raw data was destroyed.
    """
    check_open_look(version, actor(request))
    form = form or LookForm(initial={"column": column, "onward": request.get_full_path()})
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "column": form["column"].value(),
        "minutes": int(LASTS.total_seconds() // 60),
    }
    return render(request, "preparation/look.html", context, status=form_status(form))


# The page on which raw data is destroyed early.


@signed_in
def raw_data_destroy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what would be gone and what stays, and destroy the raw data once that is confirmed."""
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides(version, by)
    form = DestroyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        destroy_raw_data(pk, by=by)
        messages.success(request, _("The raw data is destroyed."))
        return redirect("dataset_detail", pk=version.dataset_id)
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "run": runs_under_way(version).first(),
        "acts": acts_on_source_version(version, by, "destroy_raw_data"),
    }
    return render(request, "preparation/raw_data.html", context, status=form_status(form))
