"""The API of relabelled columns: a reviewer agrees, or does not."""

from __future__ import annotations

from marketplace.preparation import serializers
from marketplace.preparation.roles.serializers import ColumnsIn
from marketplace.preparation.services.roles import confirm_roles, return_roles
from marketplace.web.api import act_view
from marketplace.web.serializers import ReasonIn

ConfirmRoles = act_view(
    confirm_roles,
    takes=ColumnsIn,
    gives=serializers.ConfirmedPolicyOut,
    summary="Confirm relabelled columns",
    about="Agree as a reviewer to every column that a policy takes for less than was found.",
)

ReturnRoles = act_view(
    return_roles,
    takes=ReasonIn,
    gives=serializers.ConfirmedPolicyOut,
    summary="Return relabelled columns",
    about="Disagree as a reviewer to what a policy takes columns for, with a reason.",
)
