from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.setting.models import CentreSetting
from marketplace.accounts.setting.rules import (
    acts_on_announcement,
    acts_on_setting,
    check_administers,
)
from marketplace.accounts.setting.selectors import (
    announcements_visible_to,
    centre_bank_account,
    fee_rate_on,
    settings_visible_to,
)
from marketplace.accounts.setting.services import (
    announce,
    confirm_setting,
    drop_setting,
    end_announcement,
    propose_setting,
)
from marketplace.core import Actor, NotAllowed, clock, is_open, visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

SHOWN = 20
"""Settings and announcements that the page lists, the newest first."""


@signed_in
def centre_settings(request: HttpRequest) -> HttpResponse:
    """Show what holds for the whole centre, what waits, and what was announced."""
    return settings_page(request)


@signed_in
def setting_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    visible(settings_visible_to(actor(request)), pk=pk)
    return settings_page(request)


def settings_page(
    request: HttpRequest,
    *,
    form: ActForm | None = None,
    announcement_form: ActForm | None = None,
    reason_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    if not is_centre_staff(by):
        raise NotAllowed(_("Only the centre's reviewers, auditors and administrators read this."))
    form, reason_form = form or form_of(propose_setting)(), reason_form or form_of(drop_setting)()
    announcement_form = announcement_form or form_of(announce)()
    rows = list(settings_visible_to(by)[:SHOWN])
    names = names_of(
        each for row in rows for each in (row.proposed_by_id, row.decided_by_id) if each
    )
    context = {
        "rate": (fee_rate_on(clock.today()) * 100).normalize(),
        "account": centre_bank_account(),
        "rows": [
            {
                "setting": row,
                "acts": acts_on_setting(row, by),
                "proposed_by": names.get(row.proposed_by_id, ""),
                "decided_by": names.get(row.decided_by_id, "") if row.decided_by_id else "",
            }
            for row in rows
        ],
        "announcements": [
            {
                "announcement": row,
                "is_shown": row.ended_at is None and row.until > clock.now(),
                "acts": acts_on_announcement(row, by),
            }
            for row in announcements_visible_to(by)[:SHOWN]
        ],
        "administers": is_open(check_administers, None, by),
        "form": form,
        "announcement_form": announcement_form,
        "reason_form": reason_form,
    }
    status = max(form_status(each) for each in (form, announcement_form, reason_form))
    return render(request, "accounts/centre_settings.html", context, status=status)


def _proposed(form: ActForm, by: Actor) -> CentreSetting | None:
    return attempt(form, lambda: propose_setting(**form.taken(), by=by))


@require_POST
@signed_in
def setting_propose(request: HttpRequest) -> HttpResponse:
    by, form = actor(request), form_of(propose_setting)(request.POST)
    if form.is_valid() and _proposed(form, by) is not None:
        messages.success(request, _("It is proposed: another administrator confirms it."))
        return redirect("centre_settings")
    return settings_page(request, form=form)


@require_POST
@signed_in
def setting_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm a setting as the second administrator."""
    confirm_setting(pk, by=actor(request))
    messages.success(request, _("It is set."))
    return redirect("centre_settings")


@require_POST
@signed_in
def setting_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(drop_setting)(request.POST)
    visible(settings_visible_to(by), pk=pk)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: drop_setting(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("It is dropped."))
            return redirect("centre_settings")
    return settings_page(request, reason_form=form)


@require_POST
@signed_in
def announcement_make(request: HttpRequest) -> HttpResponse:
    by, form = actor(request), form_of(announce)(request.POST)
    if form.is_valid() and attempt(form, lambda: announce(**form.taken(), by=by)) is not None:
        messages.success(request, _("It stands on every page until its end."))
        return redirect("centre_settings")
    return settings_page(request, announcement_form=form)


@require_POST
@signed_in
def announcement_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    end_announcement(pk, by=actor(request))
    messages.success(request, _("It is taken down."))
    return redirect("centre_settings")
