from django.urls import path

from marketplace.preparation.preparation import api, views

urlpatterns = [
    path("preparation/<uuid:pk>/", views.preparation_detail, name="preparation_detail"),
]

api_patterns = [
    path("preparations/<uuid:pk>/", api.OnePreparation.as_view(), name="api_get_preparation"),
]
