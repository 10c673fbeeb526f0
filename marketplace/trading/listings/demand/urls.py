"""The addresses of requests."""

from django.urls import path

from marketplace.trading.listings.demand import api, views

urlpatterns = [
    path("demands/", views.demand_list, name="demand_list"),
    path("demands/new/", views.demand_post, name="demand_post"),
    path("demands/<uuid:pk>/", views.demand_detail, name="demand_detail"),
    path("demands/<uuid:pk>/answer/", views.demand_answer, name="demand_answer"),
    path("demands/<uuid:pk>/close/", views.demand_close, name="demand_close"),
]

api_patterns = [
    path("demands/", api.Demands.as_view(), name="api_list_demands"),
    path("demands/post/", api.PostDemand.as_view(), name="api_post_demand"),
    path("demands/<uuid:pk>/", api.OneDemand.as_view(), name="api_get_demand"),
    path(
        "demands/<uuid:pk>/answers/",
        api.DemandAnswers.as_view(),
        name="api_list_demand_answers",
    ),
    path("demand-answers/<uuid:pk>/", api.OneDemandAnswer.as_view(), name="api_get_demand_answer"),
    path("demands/<uuid:pk>/answer/", api.AnswerDemand.as_view(), name="api_answer_demand"),
    path("demands/<uuid:pk>/close/", api.CloseDemand.as_view(), name="api_close_demand"),
]
