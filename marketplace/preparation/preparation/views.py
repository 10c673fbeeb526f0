"""The page of a source version on its way to a masked one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.version.models import VersionKind
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import is_open, visible
from marketplace.preparation.budget.selectors import budget_of, charges_by_use
from marketplace.preparation.column.presentation import kind_label
from marketplace.preparation.policy.presentation import roles_in_words
from marketplace.preparation.preparation.presentation import overview_of
from marketplace.preparation.preparation.rules import acts_on_source_version
from marketplace.preparation.release.people import releases_of_others, together_with
from marketplace.preparation.release.rules import check_start_composition
from marketplace.preparation.report.presentation import explained
from marketplace.preparation.run.presentation import run_error
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


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
