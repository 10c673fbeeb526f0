"""The notices API."""

from typing import Any

from marketplace.core import Actor, Scope
from marketplace.notices import serializers
from marketplace.notices.choices import own_choices
from marketplace.notices.services import (
    choose_emails,
    mark_all_read,
)
from marketplace.web.api import ActView, ThingView


class MarkAllRead(ActView):
    """Note that the caller has read every notice."""

    gives = serializers.CountOut
    compares = False
    scope = Scope.ADMINISTER
    summary = "Mark every notice as read"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, int]:
        """Mark all."""
        return {"count": mark_all_read(by=by)}


class EmailChoices(ThingView):
    """Which kinds of notices are e-mailed to the caller too."""

    gives = serializers.ChoicesOut
    operation = "get_email_choices"
    summary = "Get what is e-mailed"

    def thing(self, by: Actor, **ids: Any) -> dict[str, Any]:
        return {"choices": own_choices(by)}


class ChooseEmails(ActView):
    """Choose which kinds of notices are e-mailed to the caller too."""

    takes = serializers.ChoicesIn
    gives = serializers.ChoicesOut
    compares = False
    scope = Scope.ADMINISTER
    summary = "Choose what is e-mailed"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, Any]:
        return {"choices": choose_emails(wanted=data["wanted"], by=by)}
