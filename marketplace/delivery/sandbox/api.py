from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, Scope, visible
from marketplace.delivery.grant import selectors as grant_selectors
from marketplace.delivery.sandbox import selectors, serializers
from marketplace.delivery.sandbox.models import Answer
from marketplace.delivery.sandbox.presentation import budget_state
from marketplace.delivery.sandbox.services import ask_question
from marketplace.web.api import ActView, ListView, ThingView


class AskQuestion(ActView):
    """Ask a bought sandbox. The same question again is answered the same and costs nothing."""

    takes = serializers.QuestionIn
    gives = serializers.AnswerOut
    scope = Scope.DELIVER
    summary = "Ask a sandbox"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Answer:
        question = serializers.QuestionIn.question(data)
        return ask_question(ids["pk"], question=question, epsilon=data["epsilon"], by=by)


class GrantSandbox(ThingView):
    """What can be asked of a bought sandbox, and what is left of its budget."""

    gives = serializers.SandboxOut
    operation = "get_grant_sandbox"
    summary = "Get the sandbox of a grant"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        grant = visible(grant_selectors.grants_visible_to(by), pk=ids["pk"])
        sandbox = selectors.sandbox_of_grant(grant)
        budget = budget_state(grant, sandbox, selectors.budget_of(grant))
        return {
            "declaration": sandbox.declaration,
            "epsilon_question": sandbox.epsilon_question,
            "budget": budget,
        }


class GrantAnswers(ListView):
    """The private answers that one's organization was given through a grant."""

    gives = serializers.AnswerOut
    operation = "list_grant_answers"
    summary = "List the answers of a sandbox"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        grant = visible(grant_selectors.grants_visible_to(by), pk=ids["pk"])
        return selectors.answers_visible_to(by).filter(grant=grant)
