"""The reviewers' pages of remarks on certificates."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core import visible
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.entry.forms import LiftRemarkForm, RemarkForm
from marketplace.rights.entry.services import decide_remark, enter_remark, lift_remark
from marketplace.rights.remark.rules import check_decides_remarks, check_remarks
from marketplace.rights.remark.selectors import remarks_visible_to
from marketplace.web.pages import attempt, form_status, signed_in, yes_or_no
from marketplace.web.requests import actor


@signed_in
def certificate_remark(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    certificate = visible(certificates_visible_to(by), pk=pk)
    if request.method != "POST":
        check_remarks(certificate, by)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remark = attempt(form, lambda: enter_remark(pk, **form.cleaned_data, by=by))
        if remark is not None:
            done = (
                _("Entered. It holds once a second reviewer confirms it.")
                if remark.is_freezing
                else _("The remark is in force.")
            )
            messages.success(request, done)
            return redirect("certificate_detail", pk=pk)
    context = {"form": form, "certificate": certificate}
    return render(request, "rights/certificate_remark.html", context, status=form_status(form))


@signed_in
def remark_lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    remark = visible(remarks_visible_to(by), pk=pk)
    if request.method != "POST":
        check_decides_remarks(remark, by)
    form = LiftRemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lifted = attempt(form, lambda: lift_remark(pk, **form.cleaned_data, by=by))
        if lifted is not None:
            done = (
                _("Entered. The remark is lifted once a second reviewer confirms it.")
                if lifted.is_freezing
                else _("The remark is lifted.")
            )
            messages.success(request, done)
            return redirect("certificate_detail", pk=remark.certificate_id)
    context = {"form": form, "remark": remark}
    return render(request, "rights/remark_lift.html", context, status=form_status(form))


@require_POST
@signed_in
def remark_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm a freeze or its lifting, or do not."""
    is_confirmed = yes_or_no(request, "is_confirmed")
    remark = decide_remark(pk, is_confirmed=is_confirmed, by=actor(request))
    messages.success(request, _("Decided: %(state)s.") % {"state": remark.get_state_display()})
    return redirect("certificate_detail", pk=remark.certificate_id)
