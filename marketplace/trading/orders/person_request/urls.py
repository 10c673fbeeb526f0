from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.person_request import api, views
from marketplace.trading.orders.person_request.filters import PersonRequestFilters
from marketplace.trading.orders.person_request.selectors import person_requests_visible_to
from marketplace.trading.orders.person_request.serializers import (
    IdentityOut,
    OnePersonRequestOut,
    PersonReasonIn,
    PersonRequestOut,
)
from marketplace.trading.orders.person_request.services import (
    ask_for_person,
    close_unproven,
    confirm_removal,
    grant_person_request,
    prove_identity,
    read_identity,
    refuse_person_request,
)
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.pages import signed_in
from marketplace.web.taking import serializer_of

ALL = "person-requests/"
ONE = f"{ALL}<uuid:pk>/"

urlpatterns = [
    path(ALL, views.person_request_list, name="person_request_list"),
    path(f"{ALL}ask/", views.person_request_ask, name="person_request_ask"),
    path(f"{ALL}asked/", views.person_request_asked, name="person_request_asked"),
    path(f"{ALL}answer/", views.person_request_answer, name="person_request_answer"),
    path(f"{ALL}record/", views.person_request_record, name="person_request_record"),
    path(ONE, signed_in(views.person_request_page), name="person_request_detail"),
    path(f"{ONE}identity/", views.person_request_identity, name="person_request_identity"),
    form_page(
        f"{ONE}prove/",
        prove_identity,
        done=_("The identity is proved. The holder of the data answers now."),
        onto="person_request_detail",
        again=views.person_request_page,
        form_as="prove_form",
        name="person_request_prove",
    ),
    form_page(
        f"{ONE}close/",
        close_unproven,
        done=_("The request is closed."),
        onto="person_request_detail",
        again=views.person_request_page,
        form_as="close_form",
        name="person_request_close",
    ),
    form_page(
        f"{ONE}grant/",
        grant_person_request,
        done=_("It is granted."),
        onto="person_request_detail",
        again=views.person_request_page,
        form_as="grant_form",
        name="person_request_grant",
    ),
    form_page(
        f"{ONE}refuse/",
        refuse_person_request,
        done=_("It is refused. The person reads your reasons and whom to complain to."),
        onto="person_request_detail",
        again=views.person_request_page,
        form_as="refuse_form",
        name="person_request_refuse",
    ),
    act_page(
        f"{ONE}confirm/",
        confirm_removal,
        done=_("Confirmed: the rows leave, and what rests on them is undone."),
        onto="person_request_detail",
        name="person_request_confirm",
    ),
]

api_patterns = [
    list_view(
        ALL,
        person_requests_visible_to,
        operation="list_person_requests",
        filters=PersonRequestFilters,
        gives=PersonRequestOut,
        summary="List requests of persons",
        about="Requests of persons: for officers those of their data, for reviewers all.",
    ),
    path(f"{ALL}ask/", api.AskAsPerson.as_view(), name="api_ask_as_person"),
    path(
        f"{ALL}asked/<str:reference>/",
        api.AskedByPerson.as_view(),
        name="api_get_asked_by_person",
    ),
    path(f"{ALL}pick-up-answer/", api.PickUpAnswer.as_view(), name="api_pick_up_answer"),
    act_view(
        f"{ALL}ask-for-person/",
        ask_for_person,
        scope=Scope.TRADE,
        takes=serializer_of(
            ask_for_person,
            name="RecordIn",
            about="The same, recorded by an officer who saw how the person proved who they are.",
        ),
        gives=PersonRequestOut,
        creates=True,
        made_at="get_person_request",
        summary="Record what a person asks",
    ),
    thing_view(
        ONE,
        person_requests_visible_to,
        operation="get_person_request",
        gives=OnePersonRequestOut,
        summary="Get a request of a person",
        about="A request of a person, with the acts on it that are open to you.",
    ),
    act_view(
        f"{ONE}read-identity/",
        read_identity,
        scope=Scope.ADMINISTER,
        gives=IdentityOut,
        keeps_answer=False,
        summary="Read who asks",
    ),
    act_view(
        f"{ONE}prove/",
        prove_identity,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            prove_identity, name="ProveIn", about="How the person proved who they are."
        ),
        gives=PersonRequestOut,
        summary="State that an identity is proved",
    ),
    act_view(
        f"{ONE}close/",
        close_unproven,
        scope=Scope.ADMINISTER,
        takes=PersonReasonIn,
        gives=PersonRequestOut,
        summary="Close a request whose identity is not proved",
    ),
    act_view(
        f"{ONE}grant/",
        grant_person_request,
        scope=Scope.TRADE,
        takes=serializer_of(
            grant_person_request, name="GrantIn", about="What the person should know besides."
        ),
        gives=PersonRequestOut,
    ),
    act_view(
        f"{ONE}refuse/",
        refuse_person_request,
        scope=Scope.TRADE,
        takes=PersonReasonIn,
        gives=PersonRequestOut,
    ),
    act_view(
        f"{ONE}confirm/",
        confirm_removal,
        scope=Scope.ADMINISTER,
        gives=PersonRequestOut,
        summary="Confirm that a person's rows leave",
    ),
]
