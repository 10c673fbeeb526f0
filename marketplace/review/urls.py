"""The addresses of the review app. Its pages are those of the things that are decided on."""

from django.urls import URLPattern, path

from marketplace.review import api

urlpatterns: list[URLPattern] = []
api_patterns = [
    path("review/queue/", api.OpenCases.as_view(), name="api_list_open_cases"),
    path("review/cases/", api.Cases.as_view(), name="api_list_cases"),
    path("review/cases/<uuid:pk>/", api.OneCase.as_view(), name="api_get_case"),
]
