"""To whom, when and how often a listing is sold. Plain values; nothing is stored."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.roles import OrganizationKind
from marketplace.core.choices import named_in_api

LARGEST_QUOTA = 100_000
MOST_INVITED = 200


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


@dataclass(frozen=True, kw_only=True)
class Sale:
    """To whom, when and how often; empty parts bound nothing.

    quota: how many orders there are at most. on_sale_from, on_sale_until: days, both included.
    visible_kinds: kinds of organizations. invited: their unified social credit codes.
    """

    quota: int | None = None
    on_sale_from: date | None = None
    on_sale_until: date | None = None
    visibility: str = Visibility.PUBLIC.value
    visible_kinds: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()

    def problems(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        if self.quota is not None and not 1 <= self.quota <= LARGEST_QUOTA:
            found["quota"] = [
                _("Choose %(least)d to %(most)d.") % {"least": 1, "most": LARGEST_QUOTA}
            ]
        if self.on_sale_from and self.on_sale_until and self.on_sale_from > self.on_sale_until:
            found["on_sale_until"] = [_("The last day of the sale is not before its first.")]
        if self.visibility not in Visibility.values:
            found["visibility"] = [_("Choose one of the listed answers.")]
        wants_kinds = self.visibility == Visibility.KINDS
        if not set(self.visible_kinds) <= set(OrganizationKind.values):
            found["visible_kinds"] = [_("Choose one of the listed answers.")]
        elif wants_kinds and not self.visible_kinds:
            found["visible_kinds"] = [_("Choose at least one kind of organization.")]
        if self.visibility == Visibility.INVITED and not self.invited:
            found["invited"] = [_("Name at least one organization.")]
        elif len(self.invited) > MOST_INVITED:
            found["invited"] = [_("Name at most %(most)d organizations.") % {"most": MOST_INVITED}]
        return found
