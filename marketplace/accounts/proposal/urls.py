"""The addresses of changes that take two."""

from django.urls import path

from marketplace.accounts.proposal import api, views

PROPOSAL = "people/changes/<uuid:pk>/"

urlpatterns = [
    path("people/changes/", views.proposal_list, name="change_list"),
    path(PROPOSAL, views.proposal_detail, name="change_detail"),
    path(f"{PROPOSAL}approve/", views.proposal_approve, name="change_approve"),
    path(f"{PROPOSAL}refuse/", views.proposal_refuse, name="change_refuse"),
    path(f"{PROPOSAL}withdraw/", views.proposal_withdraw, name="change_withdraw"),
    path("people/<uuid:pk>/propose/", views.person_propose, name="person_propose"),
    path(
        "organizations/<uuid:pk>/propose/", views.organization_propose, name="organization_propose"
    ),
]

api_patterns = [
    path("people/changes/", api.Proposals.as_view(), name="api_list_change_proposals"),
    path(PROPOSAL, api.OneProposal.as_view(), name="api_get_change_proposal"),
    path(f"{PROPOSAL}approve/", api.ApproveChange.as_view(), name="api_approve_change"),
    path(f"{PROPOSAL}refuse/", api.RefuseChange.as_view(), name="api_refuse_change"),
    path(f"{PROPOSAL}withdraw/", api.WithdrawChange.as_view(), name="api_withdraw_change"),
    path("people/<uuid:pk>/propose/", api.ProposeChange.as_view(), name="api_propose_change"),
    path(
        "organizations/<uuid:pk>/propose/",
        api.ProposeInvitation.as_view(),
        name="api_propose_invitation",
    ),
]
