from django.urls import path

from marketplace.delivery.sandbox import api, views

urlpatterns = [
    path("grants/<uuid:pk>/sandbox/", views.grant_sandbox, name="grant_sandbox"),
    path("grants/<uuid:pk>/ask/", views.grant_ask, name="grant_ask"),
    path("answers/<uuid:pk>/", views.answer_detail, name="answer_detail"),
]

api_patterns = [
    path(
        "grants/<uuid:pk>/sandbox/",
        api.GrantSandbox.as_view(),
        name="api_get_grant_sandbox",
    ),
    path("grants/<uuid:pk>/ask/", api.AskQuestion.as_view(), name="api_ask_question"),
    path(
        "grants/<uuid:pk>/answers/",
        api.GrantAnswers.as_view(),
        name="api_list_grant_answers",
    ),
]
