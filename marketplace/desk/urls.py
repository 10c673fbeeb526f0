"""The addresses of the desk app."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

from marketplace.desk import views

urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
    path("desk/", views.desk, name="desk"),
    path("datasets/<uuid:pk>/path/", views.dataset_path, name="dataset_path"),
    path("review/", views.review_queue, name="review_queue"),
    path("help/", TemplateView.as_view(template_name="desk/help.html"), name="help"),
    path("legal/", TemplateView.as_view(template_name="desk/legal.html"), name="legal"),
]
api_patterns: list[URLPattern] = []
