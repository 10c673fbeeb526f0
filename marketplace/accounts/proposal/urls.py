from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.proposal import api, views
from marketplace.accounts.proposal.filters import ProposalFilters
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.proposal.serializers import ChangeProposalOut, OneChangeProposalOut
from marketplace.accounts.proposal.services import approve_change, refuse_change, withdraw_change
from marketplace.accounts.proposal.tables import ProposalTable
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

PROPOSAL = "people/changes/<uuid:pk>/"

urlpatterns = [
    list_of(
        "people/changes/",
        proposals_visible_to,
        ProposalTable,
        "accounts/change_list.html",
        filters=ProposalFilters,
        name="change_list",
    ),
    path(PROPOSAL, views.proposal_detail, name="change_detail"),
    act_page(
        f"{PROPOSAL}approve/",
        approve_change,
        done=_("The change is approved; whom it concerns is told."),
        onto="change_detail",
        name="change_approve",
    ),
    form_page(
        f"{PROPOSAL}refuse/",
        refuse_change,
        done=_("The change is refused."),
        onto="change_detail",
        again=views.proposal_page,
        name="change_refuse",
    ),
    act_page(
        f"{PROPOSAL}withdraw/",
        withdraw_change,
        done=_("The change is taken back."),
        onto="change_detail",
        name="change_withdraw",
    ),
    path("people/<uuid:pk>/propose/", views.person_propose, name="person_propose"),
    path(
        "organizations/<uuid:pk>/propose/", views.organization_propose, name="organization_propose"
    ),
]

api_patterns = [
    list_view(
        "people/changes/",
        proposals_visible_to,
        operation="list_change_proposals",
        filters=ProposalFilters,
        gives=ChangeProposalOut,
        about="The changes of people that the caller may see, newest first.",
    ),
    thing_view(
        PROPOSAL,
        proposals_visible_to,
        operation="get_change_proposal",
        gives=OneChangeProposalOut,
        about="A change of people, and the acts on it that are open to the caller.",
    ),
    act_view(
        f"{PROPOSAL}approve/", approve_change, scope=Scope.ADMINISTER, gives=ChangeProposalOut
    ),
    act_view(
        f"{PROPOSAL}refuse/",
        refuse_change,
        scope=Scope.ADMINISTER,
        gives=ChangeProposalOut,
    ),
    act_view(
        f"{PROPOSAL}withdraw/", withdraw_change, scope=Scope.ADMINISTER, gives=ChangeProposalOut
    ),
    path("people/<uuid:pk>/propose/", api.ProposeChange.as_view(), name="api_propose_change"),
    path(
        "organizations/<uuid:pk>/propose/",
        api.ProposeInvitation.as_view(),
        name="api_propose_invitation",
    ),
]
