from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.accounts.person.serializers import PersonOut, ProveAddressIn, ProvedOut
from marketplace.accounts.person.services import prove_address
from marketplace.core import Actor
from marketplace.web.api import ActView, ListView
from marketplace.web.pagination import CursorPages


class ProveAddress(ActView):
    """Prove an address by what the link says that was sent to it."""

    takes = ProveAddressIn
    gives = ProvedOut
    is_public = True

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Person:
        return prove_address(**data, by=by)


class ByAddress(CursorPages):
    """People in the order of their addresses, of which each has one."""

    ordering = ("email",)


class People(ListView):
    """The people of the caller's organization; the centre's staff read everybody."""

    gives = PersonOut
    pages = ByAddress
    operation = "list_people"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Person]:
        return people_visible_to(by)
