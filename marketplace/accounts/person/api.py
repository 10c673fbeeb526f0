from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.accounts.person.serializers import PersonOut, ProvedOut
from marketplace.accounts.person.services import prove_address
from marketplace.core import Actor
from marketplace.web.api import ActView, ListView
from marketplace.web.pagination import CursorPages
from marketplace.web.taking import serializer_of


class ProveAddress(ActView):
    """Prove an address by what the link says that was sent to it."""

    takes = serializer_of(prove_address, about="The last part of the link's address.")
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
