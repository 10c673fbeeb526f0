"""The API of relabelled columns: a reviewer agrees, or does not."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.preparation import serializers
from marketplace.preparation.models import MaskingPolicy
from marketplace.preparation.roles.serializers import ColumnsIn
from marketplace.preparation.services.roles import confirm_roles, return_roles
from marketplace.web.api import ActView
from marketplace.web.serializers import ReasonIn


class ConfirmRoles(ActView):
    """Agree as a reviewer to every column that a policy takes for less than was found."""

    takes = ColumnsIn
    gives = serializers.ConfirmedPolicyOut
    operation = "confirm_roles"
    summary = "Confirm relabelled columns"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> MaskingPolicy:
        return confirm_roles(ids["pk"], columns=data["columns"], by=by)


class ReturnRoles(ActView):
    """Disagree as a reviewer to what a policy takes columns for, with a reason."""

    takes = ReasonIn
    gives = serializers.ConfirmedPolicyOut
    operation = "return_roles"
    summary = "Return relabelled columns"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> MaskingPolicy:
        return return_roles(ids["pk"], reason=data["reason"], by=by)
