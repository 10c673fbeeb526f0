"""The addresses of projects that go on over a version made anew."""

from django.urls import path

from marketplace.annotation.renewal import api, views

urlpatterns = [path("labelling/<uuid:pk>/renew/", views.labelling_renew, name="labelling_renew")]
api_patterns = [
    path("labellings/<uuid:pk>/renew/", api.RenewLabelling.as_view(), name="api_renew_labelling")
]
