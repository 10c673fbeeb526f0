"""The notices page."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.notices.choices import own_groups
from marketplace.notices.forms import EmailForm
from marketplace.notices.selectors import notices_in_order, unread_count
from marketplace.notices.services import (
    choose_emails,
    mark_all_read,
    mark_notice_read,
    send_email_again,
)
from marketplace.notices.texts import worded
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

NOTICES_A_PAGE = 25


@signed_in
def notice_list(request: HttpRequest) -> HttpResponse:
    """List the reader's notices, unread first."""
    by = actor(request)
    page = Paginator(notices_in_order(by), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(notice, worded(notice.kind, notice.parameters)) for notice in page.object_list],
        "unread": unread_count(by),
    }
    return render(request, "notices/notice_list.html", context)


@require_POST
@signed_in
def notice_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open what a notice is about, and note that it was read."""
    notice = mark_notice_read(pk, by=actor(request))
    return redirect(notice.url)


@require_POST
@signed_in
def email_send_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    send_email_again(pk, by=actor(request))
    messages.success(request, _("It is sent again. Reload the page in a minute."))
    return redirect("failed_email_list")


@require_POST
@signed_in
def notices_read(request: HttpRequest) -> HttpResponse:
    mark_all_read(by=actor(request))
    messages.success(request, _("All notices are read."))
    return redirect("notice_list")


@signed_in
def notice_choices(request: HttpRequest) -> HttpResponse:
    by, form = actor(request), EmailForm()
    if request.method == "POST":
        form = EmailForm(request.POST)
        if (
            form.is_valid()
            and attempt(form, lambda: choose_emails(wanted=form.wanted(), by=by)) is not None
        ):
            messages.success(request, _("Your choice is saved."))
            return redirect("notice_choices")
    context = {"form": form, "groups": own_groups(by)}
    status = form_status(form)
    return render(request, "notices/notice_choices.html", context, status=status)
