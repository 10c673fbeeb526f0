from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.preparation.policy import api, views
from marketplace.preparation.policy.serializers import ConfirmedPolicyOut
from marketplace.preparation.policy.services import confirm_roles, return_roles
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("preparation/<uuid:pk>/synthetic/", views.synthetic_ask, name="synthetic_ask"),
    path("policies/<uuid:pk>/roles/", views.roles_review, name="roles_review"),
    path("policies/<uuid:pk>/roles/confirm/", views.roles_confirm, name="roles_confirm"),
    form_page(
        "policies/<uuid:pk>/roles/return/",
        return_roles,
        done=_("The columns are returned; the officers read the reason."),
        onto="roles_review",
        again=views.roles_page,
        form_as="return_form",
        name="roles_return",
    ),
]

api_patterns = [
    path("preparations/<uuid:pk>/policy/", api.PolicyToDecide.as_view(), name="api_get_policy"),
    path(
        "preparations/<uuid:pk>/policy/confirm/",
        api.ConfirmPolicy.as_view(),
        name="api_confirm_policy",
    ),
    path(
        "preparations/<uuid:pk>/policies-to-copy/",
        api.FormerPolicies.as_view(),
        name="api_list_policies_to_copy",
    ),
    path(
        "preparations/<uuid:pk>/policies-to-copy/<uuid:policy>/",
        api.CopiedPolicy.as_view(),
        name="api_get_copied_policy",
    ),
    act_view(
        "policies/<uuid:pk>/roles/confirm/",
        confirm_roles,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            confirm_roles,
            name="ColumnsIn",
            about="The columns that are confirmed, each by its name.",
        ),
        gives=ConfirmedPolicyOut,
        summary="Confirm relabelled columns",
        about="Agree as a reviewer to every column that a policy takes for less than was found.",
    ),
    act_view(
        "policies/<uuid:pk>/roles/return/",
        return_roles,
        scope=Scope.ADMINISTER,
        gives=ConfirmedPolicyOut,
        summary="Return relabelled columns",
        about="Disagree as a reviewer to what a policy takes columns for, with a reason.",
    ),
]
