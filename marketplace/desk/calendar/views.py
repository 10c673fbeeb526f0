"""The page of a person's calendar, and its address for calendar programs."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts.token.rules import acts_on_account
from marketplace.accounts.token.selectors import token_policy_for
from marketplace.accounts.token.services import create_token, use_token
from marketplace.core import clock
from marketplace.desk.calendar.forms import CalendarForm
from marketplace.desk.calendar.icalendar import written
from marketplace.desk.calendar.selectors import MOST, ONLY, addresses_of, calendar_of
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

MEDIA = "text/calendar; charset=utf-8"


@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@signed_in
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Make an address by which a calendar program reads the calendar; it is shown once."""
    if not request.POST.get("make"):
        return _page(request)
    by = actor(request)
    days = token_policy_for(by).days
    issued = create_token(name=_("Calendar"), days=days, scopes=frozenset(ONLY), by=by)
    address = reverse("calendar_feed", args=[issued.secret])
    return _page(request, address=request.build_absolute_uri(address))


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar to whoever has its address.

    Raises:
        Http404: the address has ended, or its token opens more than a calendar: such a one must
            not stand in an address.
    """
    used = use_token(secret, address=request.META.get("REMOTE_ADDR", ""))
    if used is None or used.token.scopes != ONLY or not used.by.scopes:
        raise Http404
    with translation.override(used.token.person.language):
        body = written(
            calendar_of(used.by), name=_("My calendar"), address=request.build_absolute_uri
        )
    answer = HttpResponse(body, content_type=MEDIA)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer


def _page(request: HttpRequest, *, address: str = "") -> HttpResponse:
    by, form = actor(request), CalendarForm(request.GET)
    dues = calendar_of(by)
    shown = [due for due in dues if due.is_mine] if form.only_mine() else dues
    context = {
        "form": form,
        "months": [
            (month, list(rows)) for month, rows in groupby(shown, lambda due: due.on.replace(day=1))
        ],
        "today": clock.today(),
        "address": address,
        "addresses": addresses_of(by),
        "policy": token_policy_for(by),
        "acts": acts_on_account(by),
        "most": MOST,
    }
    return render(request, "desk/calendar/calendar.html", context)
