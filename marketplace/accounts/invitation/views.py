from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.invitation.services import accept_invitation
from marketplace.web.pages import attempt, form_status
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
    form = form_of(accept_invitation)(request.POST or None, without=("secret",))
    if request.method == "POST" and form.is_valid():
        person = attempt(
            form,
            lambda: accept_invitation(**form.taken() | {"secret": secret}, by=actor(request)),
        )
        if person is not None:
            messages.success(request, _("Welcome. Sign in with your e-mail address and password."))
            return redirect("account_login")
    return render(request, "accounts/invitation.html", {"form": form}, status=form_status(form))
