from django.utils.translation import gettext_lazy as _

from marketplace.notices.models import Notice
from marketplace.web.lists import Day, Facet, ListFilters, Words


class FailedEmailFilters(ListFilters):
    q = Words("person__name", "person__organization__name")
    email_failure = Facet.of(Notice, "email_failure")
    since = Day(_("Failed from"), "email_failed_at", "gte")
    until = Day(_("Failed until"), "email_failed_at", "lte")
