"""The page on which an officer decides what happens to each column."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desensitize.policy import Policy
from marketplace.accounts.draft.pages import draft_answer, drafted, keep_quietly
from marketplace.accounts.draft.services import forget_draft
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import is_open
from marketplace.core.versions import version_of
from marketplace.preparation.column.rules import check_decides_now, check_inherit_hierarchies
from marketplace.preparation.column.selectors import (
    findings_of,
    inheritable_columns,
    labels_of,
    units_of,
)
from marketplace.preparation.decision.forms import chosen_level
from marketplace.preparation.mask.words import masks_in_words
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.copying import CopiedPolicy, copied_policy, formers_of
from marketplace.preparation.policy.forms import PRESETS, PolicyForm, PresetForm, TickedColumnsForm
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.previews import preview_of
from marketplace.preparation.policy.proposals import (
    PolicyToDecide,
    policy_to_decide,
    proposed_policy,
    with_hierarchies,
)
from marketplace.preparation.policy.relabelling import unconfirmed_of
from marketplace.preparation.policy.services import confirm_policy
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.study.forms import chosen_treatment
from marketplace.preparation.study.presentation import adopted
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.version.forms import LookForm
from marketplace.preparation.version.selectors import look_in_force, source_visible_to
from marketplace.preparation.version.services import open_look
from marketplace.web.forms import CopyForm
from marketplace.web.pages import attempt, form_status, goes_on, signed_in, unless_changed
from marketplace.web.requests import actor


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
        looks = attempt(look, lambda: open_look(version.pk, **look.taken(), by=by)) is not None
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
