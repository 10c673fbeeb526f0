from django.utils.translation import gettext_lazy as _

from marketplace.rights.claim.models import Claim
from marketplace.web.lists import Day, ListFilters, Words


class NoticeFilters(ListFilters):
    # By what was approved: what waits for its review, nobody finds.
    q = Words("version__content__title", "organization__name", number=Claim.NUMBERED)
    since = Day(_("Notice ends from"), "notice_until", "gte")
    until = Day(_("Notice ends until"), "notice_until", "lte")
