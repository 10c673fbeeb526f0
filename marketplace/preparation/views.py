"""The pages of preparation: roles, policies, runs, verdicts and copies of a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from desensitize.policy import Policy
from desensitize.privacy import Hierarchy, write_hierarchy
from marketplace.accounts.selectors import names_of, timeline_of
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import visible
from marketplace.core.rules import is_open
from marketplace.preparation.adapters import run_error
from marketplace.preparation.advising import advice_of
from marketplace.preparation.budgets import budget_of, charges_by_use
from marketplace.preparation.comparing import compared
from marketplace.preparation.domains import known_values
from marketplace.preparation.drawings import class_size_chart, loss_chart
from marketplace.preparation.explanation import explained
from marketplace.preparation.forms import (
    ComparisonForm,
    DestroyForm,
    HierarchyForm,
    LookForm,
    PolicyForm,
    ReasonForm,
    RolesForm,
    SyntheticForm,
    chosen_level,
    chosen_treatment,
)
from marketplace.preparation.inheritance import inherited_of
from marketplace.preparation.looking import (
    LASTS,
    columns_looked_at,
    look_in_force,
    look_needed,
    looks_at,
)
from marketplace.preparation.models import (
    ColumnFinding,
    ColumnHierarchy,
    RiskReport,
    Run,
    RunKind,
    Study,
)
from marketplace.preparation.overview import overview_of, rules_in_words
from marketplace.preparation.people import together_with
from marketplace.preparation.picturing import adopted, picture_of
from marketplace.preparation.previews import preview_of
from marketplace.preparation.proposals import policy_of_next_run, policy_to_decide
from marketplace.preparation.questions import digest_of, tradeoff_question
from marketplace.preparation.relabelling import agreed_since, unconfirmed_of
from marketplace.preparation.roles_in_words import roles_in_words, roles_of_report
from marketplace.preparation.rules import (
    acts_on_policy,
    acts_on_report,
    acts_on_run,
    acts_on_source_version,
    check_cancel_run,
    check_decides,
    check_decides_now,
    check_has_raw,
    check_inherit_hierarchies,
    check_open_look,
    check_see_values,
    check_start_composition,
)
from marketplace.preparation.selectors import (
    earlier_hierarchy,
    finding_at,
    findings_of,
    hierarchy_of,
    inheritable_columns,
    labels_of,
    last_study,
    masked_versions_of,
    newest_reports,
    policies_visible_to,
    reports_visible_to,
    runs_under_way,
    runs_visible_to,
    source_visible_to,
)
from marketplace.preparation.services.hierarchies import (
    clear_hierarchy,
    inherit_hierarchies,
    set_hierarchy,
)
from marketplace.preparation.services.looks import open_look
from marketplace.preparation.services.people import start_composition
from marketplace.preparation.services.policies import confirm_policy
from marketplace.preparation.services.reports import withdraw_report
from marketplace.preparation.services.retention import destroy_raw_data
from marketplace.preparation.services.roles import confirm_roles, return_roles
from marketplace.preparation.services.runs import cancel_run, start_masking, start_profile
from marketplace.preparation.services.studies import start_comparison, start_tradeoff
from marketplace.preparation.settings_text import masks_in_words
from marketplace.preparation.showing_roles import roles_on_page
from marketplace.preparation.source import ColumnValues, column_values
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of, open_case_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn, arranged

# The pages of looks at raw rows: why somebody looks, and who looked.

MOST_SHOWN = 200


@require_POST
@signed_in
def look_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open raw values, and go on to the page that shows them."""
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
    """Show who looked at raw values of a version, at which, and why."""
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


# The page's button that tries a version together with earlier releases.


@require_POST
@signed_in
def composition_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a masked version tried together with what was let out of the same people."""
    run = start_composition(pk, by=actor(request))
    messages.success(request, _("The releases are being tried together."))
    return redirect("run_detail", pk=run.pk)


# Pages of risk reports.


@signed_in
def risk_report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a re-identifier could do with a masked version."""
    return _report_page(request, visible(_reports(actor(request)), pk=pk), ReasonForm())


@require_POST
@signed_in
def risk_report_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a report not count any more."""
    by, form = actor(request), ReasonForm(request.POST)
    if form.is_valid():
        report = attempt(
            form, lambda: withdraw_report(pk, reason=form.cleaned_data["reason"], by=by)
        )
        if report is not None:
            messages.success(request, _("The report is withdrawn, and what relied on it stops."))
            return redirect("risk_report_detail", pk=pk)
    return _report_page(request, visible(_reports(by), pk=pk), form)


def _reports(by: Actor) -> QuerySet[RiskReport]:
    return reports_visible_to(by).select_related(
        "credential", "version__dataset", "version__parent__dataset"
    )


def _report_page(request: HttpRequest, report: RiskReport, form: ReasonForm) -> HttpResponse:
    by, labels = actor(request), labels_of(report.version)
    advice = advice_of(report, labels)
    context = {
        "report": report,
        "explanation": explained(report, labels),
        "advice": advice,
        "acts": acts_on_report(report, by),
        "acts_on_source": acts_on_source_version(
            report.version.source, by, "confirm_policy", "start_tradeoff"
        )
        if advice is not None
        else None,
        "class_chart": class_size_chart(report),
        "loss_chart": loss_chart(report, labels),
        "rules": rules_in_words(Policy.from_dict(report.run.policy.document), labels)
        if report.run.policy
        else [],
        "roles": roles_of_report(report),
        "waits_for_measure": agreed_since(report),
        "is_in_date": report.valid_until >= clock.today(),
        "form": form,
        "timeline": timeline_of(f"risk_report:{report.pk}", by=by),
    }
    return render(request, "preparation/risk_report_detail.html", context, status=form_status(form))


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


# The page on which a reviewer agrees to relabelled columns, or does not.


@signed_in
def roles_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show evidence, values and reason of each relabelled column side by side."""
    return _roles_page(request, pk)


@require_POST
@signed_in
def roles_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree, column by column."""
    by = actor(request)
    form = RolesForm(request.POST, names=_names(request, pk))
    if (
        form.is_valid()
        and attempt(form, lambda: confirm_roles(pk, columns=form.ticked, by=by)) is not None
    ):
        messages.success(
            request,
            _("The columns are confirmed. The officer can have the risk measured anew."),
        )
        return redirect("roles_review", pk=pk)
    return _roles_page(request, pk, confirm_form=form)


@require_POST
@signed_in
def roles_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), ReasonForm(request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: return_roles(pk, reason=form.cleaned_data["reason"], by=by))
        is not None
    ):
        messages.success(request, _("The columns are returned; the officers read the reason."))
        return redirect("roles_review", pk=pk)
    return _roles_page(request, pk, return_form=form)


def _names(request: HttpRequest, pk: UUID) -> list[str]:
    policy = visible(policies_visible_to(actor(request)), pk=pk)
    return [one.column for one in unconfirmed_of(policy)]


def _roles_page(
    request: HttpRequest,
    pk: UUID,
    *,
    confirm_form: RolesForm | None = None,
    return_form: ReasonForm | None = None,
) -> HttpResponse:
    by = actor(request)
    policy = visible(policies_visible_to(by), pk=pk)
    case = open_case_of(CaseKind.ROLES, f"policy:{policy.pk}")
    shows = is_open(check_see_values, policy, by)
    confirm_form = confirm_form or RolesForm(names=_names(request, pk))
    return_form = return_form or ReasonForm()
    context = {
        "policy": policy,
        "version": policy.version,
        "dataset": policy.version.dataset,
        "case": case,
        "acts": acts_on_policy(policy, by),
        **roles_on_page(
            policy,
            policy.version if shows else None,
            by=by,
            onward=reverse("roles_review", args=[policy.pk]),
        ),
        "earlier": cases_of(CaseKind.ROLES, f"policy:{policy.pk}").exclude(reason=""),
        "confirm_form": confirm_form,
        "return_form": return_form,
        "timeline": timeline_of(f"policy:{policy.pk}", by=by),
    }
    status = max(form_status(confirm_form), form_status(return_form))
    return render(request, "preparation/roles_review.html", context, status=status)


# Pages of runs that only look: the picture of treatments, and the comparison of versions.


@signed_in
def tradeoff_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what treatments keep and what attackers reach then, as far as it was asked."""
    by = actor(request)
    version = source_visible_to(by, pk)
    policy = policy_of_next_run(version)
    study = last_study(version, RunKind.TRADEOFF)
    picture = picture_of(study, policy, labels_of(version)) if study is not None else None
    context = _shared(version, study, by) | {
        "picture": picture,
        "is_current": study is not None
        and study.digest == digest_of(tradeoff_question(version, policy)),
    }
    return render(request, "preparation/tradeoff.html", context)


@require_POST
@signed_in
def tradeoff_start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the picture drawn."""
    start_tradeoff(pk, by=actor(request))
    messages.success(request, _("Treatments are being tried."))
    return redirect("tradeoff_detail", pk=pk)


@signed_in
def comparison_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what masked versions have lost against their source; start a comparison."""
    by = actor(request)
    version = source_visible_to(by, pk)
    masked = list(masked_versions_of(version))
    form = ComparisonForm(request.POST if request.method == "POST" else None, masked=masked)
    if form.is_valid():
        wanted = form.cleaned_data["masked"]
        run = attempt(form, lambda: start_comparison(pk, masked=wanted, by=by))
        if run is not None:
            messages.success(request, _("The versions are being compared."))
            return redirect("comparison_detail", pk=pk)
    study = last_study(version, RunKind.COMPARE)
    is_answered = study is not None and study.run.is_done
    context = _shared(version, study, by) | {
        "form": form,
        "masked": masked,
        "compared": compared(
            study, findings_of(version), newest_reports(version), labels_of(version)
        )
        if study is not None and is_answered
        else None,
    }
    return render(request, "preparation/comparison.html", context, status=form_status(form))


def _shared(version: DatasetVersion, study: Study | None, by: Actor) -> dict[str, object]:
    run = study.run if study else None
    return {
        "version": version,
        "dataset": version.dataset,
        "study": study,
        "run": run,
        "error": run_error(run) if run else "",
        "acts": acts_on_source_version(
            version, by, "confirm_policy", "start_tradeoff", "start_comparison"
        ),
        "cancels": run is not None and is_open(check_cancel_run, run, by),
    }


# The page on which an officer asks for a synthetic copy in place of masked rows.


@signed_in
def synthetic_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an officer say how much may be told, and which values there can be."""
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides_now(version, by)
    decided = policy_to_decide(version)
    budget = budget_of(version.dataset_id)
    form = SyntheticForm(
        request.POST or None,
        findings=list(findings_of(version)),
        labels=labels_of(version),
        known=known_values(version, decided.policy, looked_at=columns_looked_at(version, by=by)),
        budget=budget,
    )
    if request.method == "POST" and form.is_valid():
        document = form.document(decided.policy.to_dict())
        policy = attempt(
            form,
            lambda: confirm_policy(pk, policy=document, reasons=decided.reasons, by=by),
        )
        if policy is not None:
            messages.success(request, _("The synthetic copy is confirmed. It can be drawn."))
            return redirect("preparation_detail", pk=pk)
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "rows": form.listed(),
        "budget": budget,
    }
    return render(request, "preparation/synthetic.html", context, status=form_status(form))


# Pages of a source version on its way to a masked one.


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


class RunTable(CentreTable):
    """Runs, newest first."""

    caption = gettext_lazy("Preparation runs")
    kind = tables.Column(linkify=("run_detail", {"pk": tables.A("pk")}))
    dataset = tables.Column(
        accessor="version__dataset__title",
        verbose_name=gettext_lazy("Dataset"),
        linkify=("preparation_detail", {"pk": tables.A("version_id")}),
    )
    state = StateColumn()
    created_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Requested"), format="SHORT_DATETIME_FORMAT"
    )
    ended_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Ended"), format="SHORT_DATETIME_FORMAT"
    )

    class Meta(CentreTable.Meta):
        model = Run
        fields = ("kind", "dataset", "state", "created_at", "ended_at")
        order_by = "-created_at"
        empty_text = gettext_lazy("Nothing has been profiled or desensitized yet.")


# Pages of runs.


@signed_in
def run_list(request: HttpRequest) -> HttpResponse:
    """List the runs."""
    table = arranged(request, RunTable(runs_visible_to(actor(request)).order_by("-created_at")))
    return render(request, "preparation/run_list.html", {"table": table})


@signed_in
def run_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a run: how far it is, or how it ended."""
    by = actor(request)
    run = visible(runs_visible_to(by).select_related("result_version"), pk=pk)
    context = {
        "run": run,
        "error": run_error(run),
        "report": getattr(run, "risk_report", None),
        "acts": acts_on_run(run, by),
        "timeline": timeline_of(f"run:{run.pk}", by=by),
    }
    return render(request, "preparation/run_detail.html", context)


@signed_in
def run_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece that shows how far a run is; when it ends, the page around it is renewed."""
    run = visible(runs_visible_to(actor(request)), pk=pk)
    answer = render(
        request, "preparation/partials/run_state.html", {"run": run, "error": run_error(run)}
    )
    if run.is_final and getattr(request, "htmx", False):
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@signed_in
def run_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a run that waits or works."""
    run = cancel_run(pk, by=actor(request))
    messages.success(request, _("The run is cancelled. Nothing of it is kept."))
    return redirect("preparation_detail", pk=run.version_id)


# A hierarchy as a page shows it: how many labels each level has, and what lacks.

FIRST_LABELS = 6
MOST_ROWS_TO_EDIT = 2_000


@dataclass(frozen=True)
class Level:
    """A level: its number from 0 on, how many different labels it has, and some of them."""

    number: int
    labels: int
    examples: tuple[str, ...]
    has_more: bool


@dataclass(frozen=True)
class HierarchyInUse:
    """The hierarchy of a column: the one that was set, else the one made from its values.

    `earlier` is that of an earlier version where this one has none of its own; `shows_earlier`
    tells that the rows are its.
    """

    column: str
    rows: tuple[tuple[str, ...], ...]
    kept: ColumnHierarchy | None
    values: ColumnValues
    earlier: ColumnHierarchy | None = None
    shows_earlier: bool = False

    @property
    def is_editable(self) -> bool:
        """Return whether it is short enough for a field on a page."""
        return len(self.rows) <= MOST_ROWS_TO_EDIT

    def unnamed(self, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the values of the column that some rows do not name."""
        named = {row[0] for row in rows}
        return tuple(value for value in self.values.values if value not in named)


def hierarchy_in_use(
    version: DatasetVersion, finding: ColumnFinding, *, earlier: bool = False
) -> HierarchyInUse:
    """Read the hierarchy of a column and its values. The actor may see the source.

    `earlier` asks for the rows of an earlier version, to start from.

    Raises:
        Invalid: the column has too many different values for a hierarchy.
        WrongState: the file was removed or is damaged.
    """
    kept, values = hierarchy_of(version, finding.name), column_values(version, finding.name)
    before = earlier_hierarchy(version, finding.name) if kept is None else None
    shown = kept or (before if earlier else None)
    rows = Hierarchy.checked(finding.name, shown.rows).rows if shown else values.hierarchy().rows
    shows_earlier = before is not None and shown is before
    return HierarchyInUse(finding.name, rows, kept, values, before, shows_earlier)


def levels_of(rows: Sequence[Sequence[str]]) -> list[Level]:
    """Count the different labels of each level, in the order of the rows."""
    return [
        _level(number, dict.fromkeys(labels))
        for number, labels in enumerate(zip(*rows, strict=True))
    ]


def _level(number: int, labels: dict[str, None]) -> Level:
    some = tuple(labels)[:FIRST_LABELS]
    return Level(number, len(labels), some, len(labels) > len(some))


# Pages of what the values of a column become, level by level.

EXAMPLES = 5


@signed_in
def hierarchy_edit(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Show the levels of a column, and let an officer change them; `preview` changes nothing.

    The values of the column are shown once it was said why.
    """
    by = actor(request)
    version, finding = _column(by, pk, position)
    is_open = look_in_force(version, column=finding.name, by=by) is not None
    if not is_open and request.method != "POST":
        check_has_raw(version)
        return asks_for_reason(request, version, column=finding.name)
    try:
        in_use = hierarchy_in_use(version, finding, earlier="earlier" in request.GET)
    except Invalid as refusal:
        return _without_levels(request, pk, refusal)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    text = write_hierarchy(in_use.rows) if in_use.is_editable else ""
    form = HierarchyForm(*sent, column=finding.name, initial={"rows": text})
    previews = "preview" in request.POST
    if form.is_bound and form.is_valid() and not previews:
        kept = attempt(form, lambda: set_hierarchy(pk, column=finding.name, rows=form.read, by=by))
        if kept is not None:
            messages.success(request, _("The hierarchy is saved. The next policy uses it."))
            return redirect("hierarchy_edit", pk=pk, position=position)
    if not is_open:
        raise look_needed()
    rows = form.read if form.is_bound and form.is_valid() else in_use.rows
    piece, unnamed = previews and getattr(request, "htmx", False), in_use.unnamed(rows)
    context = {
        "version": version,
        "dataset": version.dataset,
        "finding": finding,
        "label": labels_of(version).get(finding.name, ""),
        "in_use": in_use,
        "acts": acts_on_source_version(version, by, "set_hierarchy"),
        "form": form,
        "levels": levels_of(rows),
        "unnamed": unnamed,
        "some_unnamed": unnamed[:EXAMPLES],
        "previews": previews and not form.errors,
        "is_piece": piece,
    }
    template = "partials/levels.html" if piece else "hierarchy.html"
    status = 200 if piece else form_status(form)
    return render(request, f"preparation/{template}", context, status=status)


@require_POST
@signed_in
def hierarchy_clear(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Let the hierarchy be made from the values again."""
    by = actor(request)
    _version, finding = _column(by, pk, position)
    clear_hierarchy(pk, column=finding.name, by=by)
    messages.success(request, _("The hierarchy is made from the values again."))
    return redirect("hierarchy_edit", pk=pk, position=position)


@signed_in
def hierarchies_inherit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the hierarchies of earlier versions, and let an officer take over those that fit."""
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides(version, by)
    if request.method == "POST":
        taken = [one for one in inherit_hierarchies(pk, by=by) if one.covers]
        messages.success(
            request,
            ngettext(
                "%(count)d hierarchy was taken over. The next policy uses it.",
                "%(count)d hierarchies were taken over. The next policy uses them.",
                len(taken),
            )
            % {"count": len(taken)},
        )
        return redirect("policy_confirm", pk=pk)
    check_has_raw(version)
    inherited = inherited_of(version)
    context = {
        "version": version,
        "dataset": version.dataset,
        "inherited": inherited,
        "fits": any(one.covers for one in inherited),
        "acts": acts_on_source_version(version, by, "inherit_hierarchies"),
    }
    return render(request, "preparation/inherited.html", context)


@signed_in
def hierarchy_download(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Give the hierarchy as a file in ARX's form, once it was said why."""
    by = actor(request)
    version, finding = _column(by, pk, position)
    if look_in_force(version, column=finding.name, by=by) is None:
        check_has_raw(version)
        return asks_for_reason(request, version, column=finding.name)
    try:
        text = write_hierarchy(hierarchy_in_use(version, finding).rows)
    except Invalid as refusal:
        return _without_levels(request, pk, refusal)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"version-{version.number}_hierarchy_{finding.position}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _without_levels(request: HttpRequest, pk: UUID, refusal: Invalid) -> HttpResponse:
    # The policy leads to each column's levels without reading its values, which may be too many.
    if request.method == "POST":
        raise refusal
    messages.warning(request, refusal.sentence)
    return redirect("policy_confirm", pk=pk)


def _column(by: Actor, pk: UUID, position: int) -> tuple[DatasetVersion, ColumnFinding]:
    version = source_visible_to(by, pk)
    check_decides(version, by)
    return version, finding_at(version, position)
