from django.utils.translation import gettext_lazy as _

from marketplace.web.lists import Day, ListFilters, Words


class BatchFilters(ListFilters):
    q = Words("lines__disbursement__account__organization__name")
    since = Day(_("Executed from"), "execute_on", "gte")
    until = Day(_("Executed until"), "execute_on", "lte")
