"""The pages of a sandbox: ask, read the answer, see the budget run down."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import Rule, allowed, is_open, visible
from marketplace.delivery.grant import selectors as grant_selectors
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import (
    check_active,
    check_read_answers,
    check_reads,
    check_revoke_grant,
)
from marketplace.delivery.sandbox import selectors
from marketplace.delivery.sandbox.forms import QuestionForm
from marketplace.delivery.sandbox.presentation import answer_view, answer_views, budget_state
from marketplace.delivery.sandbox.rules import check_ask_question
from marketplace.delivery.sandbox.services import ask_question
from marketplace.trading.listings.sheet.presentation import facts_of_sandbox
from marketplace.trading.orders.delivery.rules import check_accept_delivery
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

NEWEST_ANSWERS = 30
OFFERED: Mapping[str, Rule[Grant]] = {
    "ask_question": check_ask_question,
    "revoke_grant": check_revoke_grant,
}


@signed_in
def grant_sandbox(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _sandbox_page(request, visible(grant_selectors.grants_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def grant_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    grant = visible(grant_selectors.grants_visible_to(by), pk=pk)
    form = QuestionForm(request.POST, sandbox=selectors.sandbox_of_grant(grant))
    if form.is_valid():
        before = selectors.answers_of(grant).count()
        asked, epsilon = form.question(), form.cleaned_data["epsilon"]
        given = attempt(form, lambda: ask_question(pk, question=asked, epsilon=epsilon, by=by))
        if given is not None:
            if selectors.answers_of(grant).count() == before:
                messages.info(
                    request,
                    _("You have this answer already. It is the same again, and cost nothing."),
                )
            return redirect("answer_detail", pk=given.pk)
    return _sandbox_page(request, grant, form=form)


@signed_in
def answer_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    given = visible(selectors.answers_visible_to(actor(request)), pk=pk)
    grant = given.grant
    sandbox = selectors.sandbox_of_grant(grant)
    context = {
        "view": answer_view(given, with_chart=True),
        "grant": grant,
        "budget": budget_state(grant, sandbox, selectors.budget_of(grant)),
    }
    return render(request, "delivery/answer_detail.html", context)


def _sandbox_page(
    request: HttpRequest, grant: Grant, *, form: QuestionForm | None = None
) -> HttpResponse:
    by = actor(request)
    sandbox = selectors.sandbox_of_grant(grant)
    form = form or QuestionForm(sandbox=sandbox)
    budget = budget_state(grant, sandbox, selectors.budget_of(grant))
    answers = selectors.answers_of(grant)
    context = {
        "grant": grant,
        "order": grant.order,
        "listing": grant.listing,
        "sandbox": sandbox,
        "declared": facts_of_sandbox(sandbox),
        "budget": budget,
        "acts": allowed(OFFERED, grant, by),
        "is_buyer": is_open(check_reads, grant, by),
        "why_over": allowed({"use": check_active}, grant, by).why.get("use", ""),
        "awaits_acceptance": is_open(check_accept_delivery, grant.order, by),
        "asked": answers.count(),
        "answers": answer_views(answers[:NEWEST_ANSWERS])
        if is_open(check_read_answers, grant, by)
        else None,
        "form": form,
        "timeline": timeline_of(f"grant:{grant.pk}", by=by),
    }
    return render(request, "delivery/sandbox.html", context, status=form_status(form))
