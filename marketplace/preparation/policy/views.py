"""The pages of policies: decide on columns, ask for a synthetic copy, agree."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desensitize.policy import Policy
from marketplace.accounts.draft.pages import draft_answer, drafted, keep_quietly
from marketplace.accounts.draft.services import forget_draft
from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import is_open, visible
from marketplace.core.versions import version_of
from marketplace.preparation.budget.selectors import budget_of
from marketplace.preparation.column.selectors import (
    findings_of,
    inheritable_columns,
    known_values,
    labels_of,
    units_of,
)
from marketplace.preparation.policy.copying import CopiedPolicy, copied_policy, formers_of
from marketplace.preparation.policy.forms import (
    PRESETS,
    PolicyForm,
    PresetForm,
    RolesForm,
    SyntheticForm,
    TickedColumnsForm,
)
from marketplace.preparation.policy.mask_words import masks_in_words
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.presentation import roles_on_page
from marketplace.preparation.policy.previews import preview_of
from marketplace.preparation.policy.proposals import (
    PolicyToDecide,
    policy_to_decide,
    proposed_policy,
    with_hierarchies,
)
from marketplace.preparation.policy.relabelling import unconfirmed_of
from marketplace.preparation.policy.rules import acts_on_policy, check_see_values
from marketplace.preparation.policy.selectors import policies_visible_to
from marketplace.preparation.policy.services import confirm_policy, confirm_roles, return_roles
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.run.services import start_masking
from marketplace.preparation.study.forms import chosen_level, chosen_treatment
from marketplace.preparation.study.presentation import adopted
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.version.forms import LookForm
from marketplace.preparation.version.rules import check_decides_now, check_inherit_hierarchies
from marketplace.preparation.version.selectors import (
    columns_looked_at,
    look_in_force,
    source_visible_to,
)
from marketplace.preparation.version.services import open_look
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of, open_case_of
from marketplace.web.forms import CopyForm
from marketplace.web.pages import attempt, form_status, goes_on, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def _confirmed(
    request: HttpRequest, version: DatasetVersion, form: PolicyForm
) -> MaskingPolicy | None:
    """Confirm what a form says, unless somebody else has decided since it was opened."""
    by = actor(request)
    return attempt(
        form,
        unless_changed(
            request,
            version,
            lambda: confirm_policy(
                version.pk, policy=form.document(), reasons=form.written(), by=by
            ),
        ),
    )


@signed_in
def policy_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an officer decide what happens to each column; `preview` decides nothing.

    Raw rows are shown once it was said why.
    """
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides_now(version, by)
    decided = policy_to_decide(version)
    place = f"policy:{version.pk}"
    answer = draft_answer(request, place)
    if answer is not None:
        return answer
    draft = drafted(request, place)
    begun = _begun(request, version, decided)
    ticked = TickedColumnsForm(request.POST or None, findings=list(findings_of(version)))
    sent = draft.fields if draft else request.POST
    form, notes = _policy_form(sent, version, decided, begun, ticked)
    previews, sets = "preview" in request.POST, "set_ticked" in request.POST
    if request.method == "POST" and form.is_valid() and not (previews or sets):
        policy = _confirmed(request, version, form)
        if policy is not None:
            forget_draft(place, by=by)
            return _goes_on(request, policy)
    is_piece = previews and getattr(request, "htmx", False)
    if is_piece:
        keep_quietly(request, place)
    look, looks = _look(request, version, form, asks=previews)
    preview = None
    if (previews or sets) and looks and form.has_rules:
        preview = preview_of(version, form.rules(), level=chosen_level(request.POST))
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "rows": form.rows(preview),
        "look": look,
        "is_open": looks,
        "masks": masks_in_words(),
        "begun": begun,
        "presets": PRESETS,
        "draft": draft,
        "ticked": ticked,
        "sets_ticked": sets,
        "tick_notes": notes,
        "formers": [] if is_piece else formers_of(version, by=by),
        "seen_version": (draft and draft.seen_version) or version_of(version),
        "inheritable": inheritable_columns(version)
        if is_open(check_inherit_hierarchies, version, by)
        else [],
        "preview": preview,
        "is_piece": is_piece,
    }
    if is_piece:
        return render(request, "preparation/partials/preview.html", context)
    status = 200 if draft else max(form_status(form), form_status(look))
    return render(request, "preparation/policy.html", context, status=status)


def _goes_on(request: HttpRequest, policy: MaskingPolicy) -> HttpResponse:
    """Say what follows a policy that was confirmed, and start it where the button says so."""
    by, pk = actor(request), policy.version_id
    messages.success(request, _("The policy is confirmed. The desensitizing can start."))
    if unconfirmed_of(policy):
        messages.info(request, _("A reviewer is asked about the columns that you took for less."))
    if goes_on(request, lambda: start_masking(pk, by=by)):
        messages.success(request, _("The desensitizing has started."))
    return redirect("preparation_detail", pk=pk)


def _look(
    request: HttpRequest, version: DatasetVersion, form: PolicyForm, *, asks: bool
) -> tuple[LookForm, bool]:
    """Return the form that asks why somebody looks, and whether raw rows are open to them now."""
    by = actor(request)
    looks = look_in_force(version, by=by) is not None
    # A page that follows each change asks, and finds no fault before anything was chosen.
    is_piece = bool(getattr(request, "htmx", False))
    says_why = asks and not looks and (not is_piece or bool(request.POST.get("look-reason")))
    look = LookForm(request.POST if says_why else None, prefix="look")
    if says_why and form.is_valid() and look.is_valid():
        looks = attempt(look, lambda: open_look(version.pk, **look.told(), by=by)) is not None
    return look, looks


@dataclass(frozen=True)
class _Begun:
    """What the form begins with: what stands, or what the address asks for in its place."""

    policy: Policy
    copied: CopiedPolicy | None = None
    is_preset: bool = False
    is_treatment: bool = False


def _begun(request: HttpRequest, version: DatasetVersion, decided: PolicyToDecide) -> _Begun:
    copied = _copied(request, version)
    if copied is not None:
        return _Begun(copied.policy, copied=copied)
    preset = _preset(request, version, decided)
    if preset is not None:
        return _Begun(preset, is_preset=True)
    treatment = _adopted(request, version)
    return _Begun(treatment or decided.policy, is_treatment=treatment is not None)


def _policy_form(
    sent: QueryDict,
    version: DatasetVersion,
    decided: PolicyToDecide,
    begun: _Begun,
    ticked: TickedColumnsForm,
) -> tuple[PolicyForm, list[str]]:
    """Return the form, which begins with what was adopted or copied, else with what stands.

    What is chosen for ticked columns stands in it, and which of them it does not fit is told.
    """
    notes: list[str] = []
    if "set_ticked" in sent and ticked.is_valid():
        sent, notes = ticked.over(sent)
    form = PolicyForm(
        sent or None,
        findings=ticked.findings,
        policy=begun.policy,
        hierarchies=decided.hierarchies,
        labels=labels_of(version),
        units=units_of(version),
        # What was written of other values is written anew.
        reasons={} if begun.copied else decided.reasons,
    )
    return form, notes


def _preset(
    request: HttpRequest, version: DatasetVersion, decided: PolicyToDecide
) -> Policy | None:
    """Return the policy by the preset that the address names; None where it names none."""
    asked = PresetForm(request.GET)
    if not asked.is_valid():
        return None
    policy = proposed_policy(findings_of(version), asked.cleaned_data["preset"])
    return with_hierarchies(policy, decided.hierarchies)


def _copied(request: HttpRequest, version: DatasetVersion) -> CopiedPolicy | None:
    """Return what the policy that the address names becomes here; None where it names none."""
    asked = CopyForm.asked(request)
    return None if asked is None else copied_policy(version, asked, by=actor(request))


def _adopted(request: HttpRequest, version: DatasetVersion) -> Policy | None:
    """Return the policy of the treatment that the address names; None where it names none."""
    place = chosen_treatment(request.GET)
    study = None if place is None else last_study(version, RunKind.TRADEOFF)
    return None if place is None or study is None else adopted(study, place)


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


# The page on which a reviewer agrees to relabelled columns, or does not.


@signed_in
def roles_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show evidence, values and reason of each relabelled column side by side."""
    return roles_page(request, pk)


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
    return roles_page(request, pk, confirm_form=form)


def _names(request: HttpRequest, pk: UUID) -> list[str]:
    policy = visible(policies_visible_to(actor(request)), pk=pk)
    return [one.column for one in unconfirmed_of(policy)]


def roles_page(
    request: HttpRequest,
    pk: UUID,
    *,
    confirm_form: RolesForm | None = None,
    return_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    policy = visible(policies_visible_to(by), pk=pk)
    case = open_case_of(CaseKind.ROLES, f"policy:{policy.pk}")
    shows = is_open(check_see_values, policy, by)
    confirm_form = confirm_form or RolesForm(names=_names(request, pk))
    return_form = return_form or form_of(return_roles)()
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
