"""Who of the buyer may use the data."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.choices import named_in_api
from marketplace.trading.listings.terms.clauses.asked import Choice, Whole, worded
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place, Problems
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules, constraint

LARGEST_USERS = 10_000


@named_in_api()
class Users(TextChoices):
    """Who of the buyer may use the data."""

    ORGANIZATION = "organization", gettext_lazy("The people of the buyer's organization")
    NAMED = "named", gettext_lazy("At most so many named people of the buyer")
    CONTRACTORS = "contractors", gettext_lazy("The buyer's people and who works on its behalf")


@dataclass(frozen=True, kw_only=True)
class UsersClause(Clause):
    """Who of the buyer may use the data, and how many people, where they are named."""

    group = Group.USE
    place = Place.PERMITTED

    users: Annotated[str, Choice(label=gettext_lazy("Users"), choices=Users)] = (
        Users.ORGANIZATION.value
    )
    most_users: Annotated[
        int,
        Whole(
            label=gettext_lazy("Number of named people"),
            for_programs="How many people, where they are named.",
            most=LARGEST_USERS,
            empty=0,
            only_if=("users", Users.NAMED.value),
        ),
    ] = 0

    def problems(self) -> Problems:
        if self.users != Users.NAMED or self.most_users:
            return {}
        return {"most_users": [_("Choose 1 to %(most)d.") % {"most": LARGEST_USERS}]}

    def users_in_words(self) -> str:
        if self.users == Users.NAMED:
            return _("At most %(count)d named people of the buyer") % {"count": self.most_users}
        return worded(Users, self.users)

    def facts(self) -> Facts:
        return [(_("Users"), self.users_in_words())]

    def in_contract(self) -> list[str]:
        return [_("Users: %(users)s.") % {"users": self.users_in_words()}]

    def in_policy(self, *, seller: str) -> Rules:
        bounds = [constraint("terms:users", "eq", self.users)]
        if self.users == Users.NAMED:
            most = str(self.most_users)
            bounds.append(constraint("terms:mostUsers", "lteq", most, kind="integer"))
        return Rules(bounds=bounds)

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {
            "users": policy.bounds["terms:users"],
            "most_users": int(policy.bounds.get("terms:mostUsers", 0)),
        }
