"""The register in the API: public notices, objections, certificates."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.rights.certificate import serializers
from marketplace.rights.certificate.filters import CertificateFilters
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.serializers import OneCertificateOut
from marketplace.rights.certificate.services import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

Certificates = list_view(
    certificates_visible_to,
    operation="list_certificates",
    filters=CertificateFilters,
    gives=serializers.CertificateOut,
    about="The certificates that the caller may see.",
)

OneCertificate = thing_view(
    certificates_visible_to,
    operation="get_certificate",
    gives=OneCertificateOut,
    about="A certificate, with the acts on it and its remarks that are open to whoever asks.",
)

FreezeCertificate = act_view(
    freeze_certificate,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.CertificateOut,
    about="Freeze a certificate by order of the centre.",
)

UnfreezeCertificate = act_view(
    unfreeze_certificate,
    scope=Scope.ADMINISTER,
    gives=serializers.CertificateOut,
    about="Let a certificate go that the centre froze.",
)

CancelCertificate = act_view(
    cancel_certificate,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.CertificateOut,
    about="End a certificate for good.",
)
