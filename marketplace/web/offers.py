"""What a page leads to in another app, and why that would be refused."""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from marketplace.core import Actor, allowed
from marketplace.core.rules import PAGES


@dataclass(frozen=True)
class Offered:
    """A page: where it is, and why it would be refused; "" where it is open."""

    address: str
    why: str

    @property
    def is_open(self) -> bool:
        return not self.why


def offered(route: str, thing: Model | None, by: Actor) -> Offered:
    """Return the page of a thing, or of none, as the rule that opens it says.

    Raises:
        KeyError: no rule says that it `opens` this page.
    """
    why = allowed({route: PAGES[route]}, thing, by).why.get(route, "")
    return Offered(reverse(route, args=[thing.pk] if thing else None), why)
