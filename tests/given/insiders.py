"""Who asks from inside: people of a party's organization who act for it no more, or not yet.

The party itself becomes each of them, so that it is asked with the session, and about the very
things, that it saw all of before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from marketplace.accounts.models import RoleGrant
from marketplace.accounts.roles import Role
from marketplace.accounts.suspension import OPEN
from tests.given.access import Access, handled, views_by_route
from tests.given.tenancy import UUID, put_out, sent
from tests.given.world import World

ANSWERED = range(200, 300)
KEPT_INSIDE = (
    *("orders", "treasury", "books", "delivery", "catalog", "preparation", "appraisal"),
    *("learning", "accounting", "outbound"),
)
"""Apps whose things are their organizations' own: none is named to who acts for none of them."""
OF_MEMBERS = {
    *("organization_detail", "api_get_organization", "organization_documents"),
    *("api_list_documents", "document_download", "api_get_document", "api_get_token"),
    *("person_roles", "person_propose", "api_get_person"),
}
"""What members read without acting: one's organization and its application, one's token, and with
a role the names of colleagues."""
VIEWS = views_by_route()
PUBLIC = (302, 401, 405)
"""What nobody is answered where an address is not public."""


@dataclass(frozen=True)
class Insider:
    """A person who acts for nobody, and how the party becomes one; "" where it cannot."""

    name: str
    become: Callable[[World, str], str]
    is_closed_out: bool = False


def without_role(world: World, person: str) -> str:
    """Take every role from a person, as it goes with an owner who had no other."""
    found = world.person(person)
    found.role_grants.all().delete()
    return person if found.organization_id else ""


def annotating(world: World, person: str) -> str:
    """Leave a person the role of an annotator, be it in an organization that has none."""
    if set(world.actor(person).roles) <= {Role.ANNOTATOR}:
        return ""
    without_role(world, person)
    RoleGrant.objects.create(person=world.person(person), role=Role.ANNOTATOR)
    return person


INSIDERS = (
    Insider("no role", without_role),
    Insider("annotator", annotating),
    Insider("suspended", put_out, is_closed_out=True),
)


def own_ids() -> frozenset[str]:
    """Return the ids of everything that organizations keep to themselves."""
    return frozenset(
        str(pk)
        for model in apps.get_models()
        if model.__module__.startswith("marketplace.") and model._meta.app_label in KEPT_INSIDE
        for pk in model._base_manager.values_list("pk", flat=True)
    )


def faults_at(
    row: Access, address: str, client: Any, insider: Insider, ids: frozenset[str]
) -> list[str]:
    """Say what an insider is answered and should not be, by each method that tells or acts."""
    answers = {method: sent(client, method, address) for method in handled(VIEWS[row.route])}
    check = _of_suspended if insider.is_closed_out else _of_roleless
    return [
        f"{insider.name}: {method} {row.route}: {answer.status_code} {fault}"
        for method, answer in answers.items()
        if (fault := check(row, address, method, answer, ids))
    ]


def _of_suspended(row: Access, address: str, method: str, answer: Any, ids: frozenset[str]) -> str:
    """Closed by name of the rule, but for what the table opens."""
    if row.route in OPEN:
        is_right = answer.status_code in (row.nobody, 200, 302, 403, 404, 405, 409, 422, 400)
        named = _named_address(answer, address, ids) if row.nobody in PUBLIC else ""
        return named if is_right else "of what is open"
    if answer.status_code == 405 and address.startswith("/api/"):
        return ""
    if answer.status_code == 401 and row.nobody == 401:
        return ""
    is_closed = answer.status_code == 403 and b"organization" in answer.content
    return "" if is_closed and "suspended" in answer.content.decode() else "is open"


def _of_roleless(row: Access, address: str, method: str, answer: Any, ids: frozenset[str]) -> str:
    """What a stranger may not see is not there; what is there for all names nothing of theirs."""
    is_hidden = method == "get" and row.stranger == 404 and row.route not in OF_MEMBERS
    if is_hidden and answer.status_code not in (403, 404):
        return "where a stranger finds nothing"
    if answer.status_code >= 500 and row.route != "health":
        return "is a fault"
    if row.nobody not in PUBLIC or (row.stranger in ANSWERED and UUID.search(address)):
        return ""
    return _named_address(answer, address, ids)


def _named_address(answer: Any, address: str, ids: frozenset[str]) -> str:
    if answer.status_code not in ANSWERED or answer.streaming:
        return ""
    found = set(re.findall(UUID, answer.content.decode(errors="replace"))) & ids
    found -= set(UUID.findall(address))
    return f"names {len(found)} of its organization's things" if found else ""
