from django.utils.translation import gettext_lazy as _

from marketplace.rights.certificate.models import Certificate
from marketplace.web.lists import Day, Facet, ListFilters, Words


class CertificateFilters(ListFilters):
    q = Words("number", "dataset__title", "organization__name")
    state = Facet.of(Certificate, "state")
    since = Day(_("Ends from"), "valid_until", "gte")
    until = Day(_("Ends until"), "valid_until", "lte")
