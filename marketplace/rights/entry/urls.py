from django.urls import path

from marketplace.core import Scope
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.entry import views
from marketplace.rights.entry.serializers import DecideRemarkIn, EnterRemarkIn, LiftRemarkIn
from marketplace.rights.entry.services import decide_remark, enter_remark, lift_remark
from marketplace.rights.remark.selectors import remarks_of, remarks_visible_to
from marketplace.rights.remark.serializers import RemarkOut
from marketplace.web.api import act_view, list_view, thing_view

CERTIFICATE = "certificates/<uuid:pk>/"
REMARK = "remarks/<uuid:pk>/"

urlpatterns = [
    path(f"{CERTIFICATE}remark/", views.certificate_remark, name="certificate_remark"),
    path(f"{REMARK}decide/", views.remark_decide, name="remark_decide"),
    path(f"{REMARK}lift/", views.remark_lift, name="remark_lift"),
]

api_patterns = [
    list_view(
        f"{CERTIFICATE}remarks/",
        remarks_of,
        of=certificates_visible_to,
        operation="list_remarks",
        gives=RemarkOut,
        summary="List the remarks on a certificate",
        about="The remarks on a certificate, those that were lifted too.",
    ),
    act_view(
        f"{CERTIFICATE}enter-remark/",
        enter_remark,
        scope=Scope.ADMINISTER,
        takes=EnterRemarkIn,
        gives=RemarkOut,
        creates=True,
        made_at="get_remark",
        summary="Remark on a certificate",
        about="Remark on a certificate; a freeze or control waits for a second reviewer.",
    ),
    thing_view(
        REMARK,
        remarks_visible_to,
        operation="get_remark",
        gives=RemarkOut,
        about="A remark on a certificate.",
    ),
    act_view(
        f"{REMARK}decide/",
        decide_remark,
        scope=Scope.ADMINISTER,
        takes=DecideRemarkIn,
        gives=RemarkOut,
        summary="Decide on a remark",
    ),
    act_view(
        f"{REMARK}lift/", lift_remark, scope=Scope.ADMINISTER, takes=LiftRemarkIn, gives=RemarkOut
    ),
]
