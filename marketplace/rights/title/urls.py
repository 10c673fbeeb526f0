from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.entry.services import decide_remark
from marketplace.rights.freeze.services import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from marketplace.rights.remark.selectors import remarks_visible_to
from marketplace.rights.title import views
from marketplace.rights.title.filters import CertificateFilters
from marketplace.rights.title.serializers import CertificateOut, OneCertificateOut
from marketplace.rights.title.tables import CertificateTable
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

CERTIFICATE = "certificates/<uuid:pk>/"

urlpatterns = [
    list_of(
        "certificates/",
        certificates_visible_to,
        CertificateTable,
        "rights/certificate_list.html",
        filters=CertificateFilters,
        name="certificate_list",
    ),
    thing_page(
        CERTIFICATE, certificates_visible_to, views.certificate_page, name="certificate_detail"
    ),
    form_page(
        "remarks/<uuid:pk>/decide/",
        decide_remark,
        done=lambda remark: gettext("Decided: %(state)s.") % {"state": remark.get_state_display()},
        onto="certificate_detail",
        at="certificate_id",
        again=views.remark_page,
        of=remarks_visible_to,
        name="remark_decide",
    ),
    form_page(
        f"{CERTIFICATE}freeze/",
        freeze_certificate,
        done=_("The certificate is frozen."),
        onto="certificate_detail",
        again=views.certificate_page,
        of=certificates_visible_to,
        name="certificate_freeze",
    ),
    act_page(
        f"{CERTIFICATE}unfreeze/",
        unfreeze_certificate,
        done=_("The certificate is in force again."),
        onto="certificate_detail",
        name="certificate_unfreeze",
    ),
    form_page(
        f"{CERTIFICATE}cancel/",
        cancel_certificate,
        done=_("The certificate is cancelled."),
        onto="certificate_detail",
        again=views.certificate_page,
        of=certificates_visible_to,
        name="certificate_cancel",
    ),
]

api_patterns = [
    list_view(
        "certificates/",
        certificates_visible_to,
        operation="list_certificates",
        filters=CertificateFilters,
        gives=CertificateOut,
        about="The certificates that the caller may see.",
    ),
    thing_view(
        CERTIFICATE,
        certificates_visible_to,
        operation="get_certificate",
        gives=OneCertificateOut,
        about="A certificate, with the acts on it and its remarks that are open to whoever asks.",
    ),
    act_view(
        f"{CERTIFICATE}freeze/",
        freeze_certificate,
        scope=Scope.ADMINISTER,
        gives=CertificateOut,
        about="Freeze a certificate by order of the centre.",
    ),
    act_view(
        f"{CERTIFICATE}unfreeze/",
        unfreeze_certificate,
        scope=Scope.ADMINISTER,
        gives=CertificateOut,
        about="Let a certificate go that the centre froze.",
    ),
    act_view(
        f"{CERTIFICATE}cancel/",
        cancel_certificate,
        scope=Scope.ADMINISTER,
        gives=CertificateOut,
        about="End a certificate for good.",
    ),
]
