from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.roles import Role
from marketplace.accounts.token.forms import TokenForm
from marketplace.accounts.token.rules import acts_on_account, acts_on_token
from marketplace.accounts.token.selectors import token_policy_for, token_rows
from marketplace.accounts.token.services import create_token, revoke_token
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def account_tokens(request: HttpRequest) -> HttpResponse:
    by, secret = actor(request), ""
    policy = token_policy_for(by)
    form = TokenForm(request.POST or None, scopes=policy.scopes, longest_days=policy.days)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        issued = attempt(
            form,
            lambda: create_token(
                name=sent["name"], days=sent["days"], scopes=frozenset(sent["scopes"]), by=by
            ),
        )
        if issued is not None:
            # Shown once, in the answer itself: a redirect would have to keep it somewhere.
            form = TokenForm(scopes=policy.scopes, longest_days=policy.days)
            secret = issued.secret
    context = {
        "form": form,
        "secret": secret,
        "tokens": [(row, acts_on_token(row.token, by)) for row in token_rows(by)],
        "policy": policy,
        "acts": acts_on_account(by),
        "is_of_all": by.has(Role.ADMINISTRATOR),
    }
    return render(request, "accounts/tokens.html", context, status=form_status(form))


@require_POST
@signed_in
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    revoke_token(pk, by=actor(request))
    messages.success(request, _("The token is revoked."))
    return redirect("account_tokens")
