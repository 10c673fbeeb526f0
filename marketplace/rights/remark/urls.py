"""The addresses of remarks."""

from django.urls import path

from marketplace.rights.remark import api, views

CERTIFICATE = "certificates/<uuid:pk>/"
REMARK = "remarks/<uuid:pk>/"

urlpatterns = [
    path(f"{CERTIFICATE}remark/", views.certificate_remark, name="certificate_remark"),
    path(f"{REMARK}decide/", views.remark_decide, name="remark_decide"),
    path(f"{REMARK}lift/", views.remark_lift, name="remark_lift"),
]

api_patterns = [
    path(
        f"{CERTIFICATE}remarks/",
        api.CertificateRemarks.as_view(),
        name="api_list_remarks",
    ),
    path(f"{CERTIFICATE}enter-remark/", api.EnterRemark.as_view(), name="api_enter_remark"),
    path(REMARK, api.OneRemark.as_view(), name="api_get_remark"),
    path(f"{REMARK}decide/", api.DecideRemark.as_view(), name="api_decide_remark"),
    path(f"{REMARK}lift/", api.LiftRemark.as_view(), name="api_lift_remark"),
]
