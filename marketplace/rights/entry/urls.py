from marketplace.core import Scope
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.entry import views
from marketplace.rights.entry.services import decide_remark, enter_remark, lift_remark
from marketplace.rights.remark.rules import check_decides_remarks, check_remarks
from marketplace.rights.remark.selectors import remarks_of, remarks_visible_to
from marketplace.rights.remark.serializers import RemarkOut
from marketplace.web.act_pages import asking_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

CERTIFICATE = "certificates/<uuid:pk>/"
REMARK = "remarks/<uuid:pk>/"

urlpatterns = [
    asking_page(
        f"{CERTIFICATE}remark/",
        enter_remark,
        views.entry_page,
        of=certificates_visible_to,
        check=check_remarks,
        done=views.entered,
        onto="certificate_detail",
        at="certificate_id",
        name="certificate_remark",
    ),
    asking_page(
        f"{REMARK}lift/",
        lift_remark,
        views.lifting_page,
        of=remarks_visible_to,
        check=check_decides_remarks,
        done=views.lifted,
        onto="certificate_detail",
        at="certificate_id",
        name="remark_lift",
    ),
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
        takes=serializer_of(
            enter_remark,
            about="What is remarked on a certificate; a freeze or control names authority and "
            "document.",
        ),
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
        takes=serializer_of(decide_remark, about="What the second reviewer says."),
        gives=RemarkOut,
        summary="Decide on a remark",
    ),
    act_view(
        f"{REMARK}lift/",
        lift_remark,
        scope=Scope.ADMINISTER,
        takes=serializer_of(lift_remark, about="Who ordered that a remark is lifted."),
        gives=RemarkOut,
    ),
]
