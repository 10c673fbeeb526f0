from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.proposal import views
from marketplace.accounts.proposal.filters import ProposalFilters
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.proposal.serializers import ChangeProposalOut, OneChangeProposalOut
from marketplace.accounts.proposal.services import (
    approve_change,
    propose_change,
    propose_invitation,
    refuse_change,
    withdraw_change,
)
from marketplace.accounts.proposal.tables import ProposalTable
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

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
    act_view(
        "people/<uuid:pk>/propose/",
        propose_change,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            propose_change, about="A change of a person; `roles` where it sets them."
        ),
        gives=ChangeProposalOut,
        creates=True,
        made_at="get_change_proposal",
        summary="Propose a change of a person",
        about="Propose a change of a person, which another decides.",
    ),
    act_view(
        "organizations/<uuid:pk>/propose/",
        propose_invitation,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            propose_invitation,
            about="Whom to invite: with roles at the centre, else as an owner.",
        ),
        gives=ChangeProposalOut,
        creates=True,
        made_at="get_change_proposal",
        about="Propose to invite somebody to the centre, or an owner to an organization.",
    ),
]
