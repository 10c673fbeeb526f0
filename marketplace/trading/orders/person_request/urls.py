"""The addresses of requests of persons."""

from django.urls import path

from marketplace.trading.orders.person_request import api, views

ALL = "person-requests/"
ONE = f"{ALL}<uuid:pk>/"

urlpatterns = [
    path(ALL, views.person_request_list, name="person_request_list"),
    path(f"{ALL}ask/", views.person_request_ask, name="person_request_ask"),
    path(f"{ALL}asked/", views.person_request_asked, name="person_request_asked"),
    path(f"{ALL}answer/", views.person_request_answer, name="person_request_answer"),
    path(f"{ALL}record/", views.person_request_record, name="person_request_record"),
    path(ONE, views.person_request_detail, name="person_request_detail"),
    path(f"{ONE}identity/", views.person_request_identity, name="person_request_identity"),
    path(f"{ONE}prove/", views.person_request_prove, name="person_request_prove"),
    path(f"{ONE}close/", views.person_request_close, name="person_request_close"),
    path(f"{ONE}grant/", views.person_request_grant, name="person_request_grant"),
    path(f"{ONE}refuse/", views.person_request_refuse, name="person_request_refuse"),
    path(f"{ONE}confirm/", views.person_request_confirm, name="person_request_confirm"),
]

api_patterns = [
    path(ALL, api.PersonRequests.as_view(), name="api_list_person_requests"),
    path(f"{ALL}ask/", api.AskAsPerson.as_view(), name="api_ask_as_person"),
    path(
        f"{ALL}asked/<str:reference>/",
        api.AskedByPerson.as_view(),
        name="api_get_asked_by_person",
    ),
    path(f"{ALL}pick-up-answer/", api.PickUpAnswer.as_view(), name="api_pick_up_answer"),
    path(f"{ALL}ask-for-person/", api.AskForPerson.as_view(), name="api_ask_for_person"),
    path(ONE, api.OnePersonRequest.as_view(), name="api_get_person_request"),
    path(f"{ONE}read-identity/", api.ReadIdentity.as_view(), name="api_read_identity"),
    path(f"{ONE}prove/", api.ProveIdentity.as_view(), name="api_prove_identity"),
    path(f"{ONE}close/", api.CloseUnproven.as_view(), name="api_close_unproven"),
    path(f"{ONE}grant/", api.GrantPersonRequest.as_view(), name="api_grant_person_request"),
    path(f"{ONE}refuse/", api.RefusePersonRequest.as_view(), name="api_refuse_person_request"),
    path(f"{ONE}confirm/", api.ConfirmRemoval.as_view(), name="api_confirm_removal"),
]
