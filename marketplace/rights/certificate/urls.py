"""The addresses of certificates."""

from django.urls import path

from marketplace.rights.certificate import api, views

CERTIFICATE = "certificates/<uuid:pk>/"

urlpatterns = [
    path("certificates/", views.certificate_list, name="certificate_list"),
    path(CERTIFICATE, views.certificate_detail, name="certificate_detail"),
    path(f"{CERTIFICATE}freeze/", views.certificate_freeze, name="certificate_freeze"),
    path(
        f"{CERTIFICATE}unfreeze/",
        views.certificate_unfreeze,
        name="certificate_unfreeze",
    ),
    path(f"{CERTIFICATE}cancel/", views.certificate_cancel, name="certificate_cancel"),
]

api_patterns = [
    path("certificates/", api.Certificates.as_view(), name="api_list_certificates"),
    path(CERTIFICATE, api.OneCertificate.as_view(), name="api_get_certificate"),
    path(
        f"{CERTIFICATE}freeze/",
        api.FreezeCertificate.as_view(),
        name="api_freeze_certificate",
    ),
    path(
        f"{CERTIFICATE}unfreeze/",
        api.UnfreezeCertificate.as_view(),
        name="api_unfreeze_certificate",
    ),
    path(
        f"{CERTIFICATE}cancel/",
        api.CancelCertificate.as_view(),
        name="api_cancel_certificate",
    ),
]
