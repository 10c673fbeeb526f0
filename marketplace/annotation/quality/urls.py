from django.urls import path

from marketplace.annotation.quality import views

urlpatterns = [
    path("labelling/<uuid:pk>/likely-errors/", views.likely_errors, name="likely_errors"),
]
