"""Public notices in the API."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor
from marketplace.rights.claim.models import Claim
from marketplace.rights.notice import serializers
from marketplace.rights.notice.filters import NoticeFilters
from marketplace.rights.notice.selectors import claims_in_notice
from marketplace.web.api import ListView


class PublicNotices(ListView):
    """The claims to which anybody may object now."""

    gives = serializers.PublicNoticeOut
    operation = "list_public_notices"
    filters = NoticeFilters
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Claim]:
        return claims_in_notice()
