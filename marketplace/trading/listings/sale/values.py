"""To whom, when and how often a listing is sold. Plain values; nothing is stored."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.accounts.roles import OrganizationKind
from marketplace.core import longest_of
from marketplace.core.arguments import Choice, Day, Names, Several, Whole, refused
from marketplace.core.choices import named_in_api


@named_in_api()
class Visibility(TextChoices):
    PUBLIC = "public", gettext_lazy("Everybody")
    KINDS = "kinds", gettext_lazy("Organizations of certain kinds")
    INVITED = "invited", gettext_lazy("Invited organizations alone")


class MarketStanding(TextChoices):
    """Whether a published listing can be ordered at this moment."""

    OPEN = "open", gettext_lazy("To be ordered")
    EARLY = "early", gettext_lazy("Not yet on sale")
    OVER = "over", gettext_lazy("The sale is over")
    TAKEN = "taken", gettext_lazy("Sold to one buyer alone")
    SPENT = "spent", gettext_lazy("Its budget is sold")
    SOLD_OUT = "sold-out", gettext_lazy("Sold out")


QUOTA = Whole(
    label=gettext_lazy("Number of sales"),
    help=gettext_lazy("How many orders there are at most; leave it empty for any number."),
    least=1,
    most=100_000,
)
VISIBILITY = Choice(label=gettext_lazy("Who sees it"), choices=Visibility)
KINDS = Several(
    label=gettext_lazy("Kinds of organizations"),
    help=gettext_lazy("Where only organizations of certain kinds see it."),
    choices=OrganizationKind,
)
INVITED = Names(
    label=gettext_lazy("Invited organizations"),
    help=gettext_lazy(
        "Where only invited organizations see it: one unified social credit code a line."
    ),
    told="Unified social credit codes.",
    most=200,
    longest=longest_of(Organization, "uscc"),
    lines=3,
)


@dataclass(frozen=True, kw_only=True)
class Sale:
    """To whom, when and how often; empty parts bound nothing. Both days are included."""

    quota: Annotated[int | None, QUOTA] = None
    on_sale_from: Annotated[date | None, Day(label=gettext_lazy("On sale from"))] = None
    on_sale_until: Annotated[date | None, Day(label=gettext_lazy("On sale until"))] = None
    visibility: Annotated[str, VISIBILITY] = Visibility.PUBLIC.value
    visible_kinds: Annotated[tuple[str, ...], KINDS] = ()
    invited: Annotated[tuple[str, ...], INVITED] = ()

    def problems(self) -> dict[str, list[str]]:
        found = {}
        if self.on_sale_from and self.on_sale_until and self.on_sale_from > self.on_sale_until:
            found["on_sale_until"] = [_("The last day of the sale is not before its first.")]
        if self.visibility == Visibility.KINDS and not self.visible_kinds:
            found["visible_kinds"] = [_("Choose at least one kind of organization.")]
        if self.visibility == Visibility.INVITED and not self.invited:
            found["invited"] = [_("Name at least one organization.")]
        return found | refused(Sale, **vars(self))
