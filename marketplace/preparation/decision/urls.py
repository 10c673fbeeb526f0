from django.urls import URLPattern, path

from marketplace.preparation.decision import views

urlpatterns = [
    path("preparation/<uuid:pk>/policy/", views.policy_confirm, name="policy_confirm"),
]

api_patterns: list[URLPattern] = []
