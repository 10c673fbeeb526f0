from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.roles import Role
from marketplace.accounts.token.rules import acts_on_account, acts_on_token
from marketplace.accounts.token.selectors import TokenPolicy, token_policy_for, token_rows
from marketplace.accounts.token.services import create_token, revoke_token, usual_days
from marketplace.core import Scope
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def account_tokens(request: HttpRequest) -> HttpResponse:
    by, secret = actor(request), ""
    policy = token_policy_for(by)
    form = _token_form(policy, request.POST or None)
    if request.method == "POST" and form.is_valid():
        issued = attempt(form, lambda: create_token(**form.taken(), by=by))
        if issued is not None:
            # Shown once, in the answer itself: a redirect would have to keep it somewhere.
            form = _token_form(policy)
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


def _token_form(policy: TokenPolicy, sent: QueryDict | None = None) -> ActForm:
    """Make the form of a new token of a person whose organization lets tokens be used for some."""
    scopes = [(each.value, each.explained) for each in Scope if each.value in policy.scopes]
    form = form_of(create_token)(sent, offered={"scopes": scopes})
    form.initial.update({"scopes": [Scope.READ.value], "days": usual_days(policy.days)})
    form.fields["days"].help_text = _("At most %(most)d.") % {"most": policy.days}
    return form


@require_POST
@signed_in
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    revoke_token(pk, by=actor(request))
    messages.success(request, _("The token is revoked."))
    return redirect("account_tokens")
