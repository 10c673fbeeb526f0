from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.listings.demand import api, views
from marketplace.trading.listings.demand.filters import DemandFilters
from marketplace.trading.listings.demand.selectors import answers_visible_to, demands_visible_to
from marketplace.trading.listings.demand.serializers import DemandAnswerOut, DemandOut, OneDemandOut
from marketplace.trading.listings.demand.services import answer_demand, close_demand
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("demands/", views.demand_list, name="demand_list"),
    path("demands/new/", views.demand_post, name="demand_post"),
    path("demands/<uuid:pk>/", views.demand_detail, name="demand_detail"),
    path("demands/<uuid:pk>/answer/", views.demand_answer, name="demand_answer"),
    act_page(
        "demands/<uuid:pk>/close/",
        close_demand,
        done=_("The request is closed."),
        onto="demand_detail",
        name="demand_close",
    ),
]

api_patterns = [
    list_view(
        "demands/",
        demands_visible_to,
        operation="list_demands",
        filters=DemandFilters,
        gives=DemandOut,
        summary="List requests for data",
        about="The requests for data: the open ones for officers, and one's own organization's.",
    ),
    path("demands/post/", api.PostDemand.as_view(), name="api_post_demand"),
    thing_view(
        "demands/<uuid:pk>/",
        demands_visible_to,
        operation="get_demand",
        gives=OneDemandOut,
        summary="Get a request for data",
        about="A request for data, with the acts on it that are open to whoever asks.",
    ),
    path(
        "demands/<uuid:pk>/answers/",
        api.DemandAnswers.as_view(),
        name="api_list_demand_answers",
    ),
    thing_view(
        "demand-answers/<uuid:pk>/",
        answers_visible_to,
        operation="get_demand_answer",
        gives=DemandAnswerOut,
        summary="Get an answer to a request for data",
        about="An answer to a request for data.",
    ),
    act_view(
        "demands/<uuid:pk>/answer/",
        answer_demand,
        scope=Scope.TRADE,
        takes=serializer_of(answer_demand, about="A listing of one's own, or a message, or both."),
        gives=DemandAnswerOut,
        creates=True,
        made_at="get_demand_answer",
        summary="Answer a request for data",
        about="Answer a request with a listing, or with words.",
    ),
    act_view(
        "demands/<uuid:pk>/close/",
        close_demand,
        scope=Scope.TRADE,
        gives=DemandOut,
        summary="Close a request for data",
        about="Take a request off the board.",
    ),
]
