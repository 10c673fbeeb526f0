from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from marketplace.accounts.person.services import prove_address, remember_language
from marketplace.core import NotAllowed
from marketplace.web.requests import actor


@csrf_exempt
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Show the pages in another language.

    A visitor's form has no token, since it would make each page one of their own that no cache may
    show to the next; the browser tells whether the form was on a page of ours.
    """
    if request.user.is_authenticated:
        return _choose_for_person(request)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise NotAllowed(_("Choose the language on a page of the centre."))
    return set_language(request)


@csrf_protect
def _choose_for_person(request: HttpRequest) -> HttpResponse:
    """Write the person's e-mails in the language too."""
    by, chosen = actor(request), request.POST.get("language", "")
    if by.person_id is not None and chosen in dict(settings.LANGUAGES):
        remember_language(by.person_id, chosen)
    return set_language(request)


def address_prove(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask whoever follows the link whether they applied, and note that the mailbox is theirs."""
    if request.method == "POST":
        prove_address(signed=signed, by=actor(request))
        messages.success(
            request, _("Your address is proved. The centre can decide on your application now.")
        )
        return redirect("account_login")
    return render(request, "accounts/address_prove.html")
