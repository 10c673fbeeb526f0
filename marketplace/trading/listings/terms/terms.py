"""The terms of a licence as data: what the contract's text is made of."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.feed.choices import Every
from marketplace.catalog.version.projections import Projection, conditions_from
from marketplace.core import Invalid
from marketplace.trading.listings.mode.base import Mode
from marketplace.trading.listings.plans import Menu, Once, Plan, Subscription

LONGEST_TEXT = 600
LONGEST_LICENCE_MONTHS = 60
LONGEST_ACCEPTANCE_DAYS = 30
LONGEST_DELETION_DAYS = 365
LONGEST_PLACE = 100
LARGEST_USERS = 10_000
LARGEST_QUOTA = 10**12
LONGEST_GRACE_HOURS = 24 * 31


class OnwardTransfer(TextChoices):
    """Whether the buyer may pass the data on."""

    NONE = "none", gettext_lazy("No onward transfer")
    AFFILIATES = "affiliates", gettext_lazy("To companies under the same control only")
    ALLOWED = "allowed", gettext_lazy("Allowed under the same terms")


class DerivedData(TextChoices):
    """Whose the results are that the buyer makes from the data."""

    BUYER = "buyer", gettext_lazy("They belong to the buyer")
    SHARED = "shared", gettext_lazy("Both sides may use them")
    SELLER = "seller", gettext_lazy("They belong to the seller")


class Use(TextChoices):
    """What kind of use is permitted; the purpose says it in words."""

    ANY = "any", gettext_lazy("Any lawful use")
    INTERNAL = "internal", gettext_lazy("The buyer's own work, nothing offered to others")
    RESEARCH = "research", gettext_lazy("Research and statistics")
    MODELS = "models", gettext_lazy("Training and testing models")
    PRODUCTS = "products", gettext_lazy("Making products and services")
    PUBLIC = "public", gettext_lazy("Public governance or welfare")


class Territory(TextChoices):
    WORLDWIDE = "worldwide", gettext_lazy("Anywhere")
    CHINA = "china", gettext_lazy("In China's mainland only")
    NAMED = "named", gettext_lazy("In a named place only")


class Users(TextChoices):
    ORGANIZATION = "organization", gettext_lazy("The people of the buyer's organization")
    NAMED = "named", gettext_lazy("At most so many named people of the buyer")
    CONTRACTORS = "contractors", gettext_lazy("The buyer's people and who works on its behalf")


class DeletionProof(TextChoices):
    """How the buyer shows that every copy is deleted."""

    STATEMENT = "statement", gettext_lazy("Confirmed in writing")
    REPORT = "report", gettext_lazy("Shown by a report of the destruction")


class Audit(TextChoices):
    """How the use of the data is checked."""

    NONE = "none", gettext_lazy("Not checked")
    REPORT = "report", gettext_lazy("The buyer reports once a year")
    YEARLY = "yearly", gettext_lazy("Audited once a year, and at once on suspicion")
    ANY_TIME = "any-time", gettext_lazy("Audited at any time")


class QuotaWindow(TextChoices):
    LICENCE = "licence", gettext_lazy("In all, while the licence lasts")
    MONTH = "month", gettext_lazy("In each calendar month")


class DisputePlace(TextChoices):
    """Where a dispute goes that talks cannot settle."""

    ARBITRATION = "arbitration", gettext_lazy("Arbitration at the centre's place")
    SELLER_COURT = "seller-court", gettext_lazy("The court at the seller's place")
    BUYER_COURT = "buyer-court", gettext_lazy("The court at the buyer's place")


class ContractLanguage(TextChoices):
    """In which language the contract is written; of two the first prevails."""

    CHINESE = "zh-hans", gettext_lazy("Chinese")
    ENGLISH = "en", gettext_lazy("English")
    CHINESE_FIRST = "zh-hans+en", gettext_lazy("Chinese and English; the Chinese text prevails")
    ENGLISH_FIRST = "en+zh-hans", gettext_lazy("English and Chinese; the English text prevails")


def default_contract_language() -> str:
    """Return the language in which the centre's contracts are usually written."""
    return str(settings.CENTRE["CONTRACT_LANGUAGE"])


def default_acceptance_days() -> int:
    """Return the centre's usual term of acceptance, in working days."""
    return int(settings.CENTRE["ACCEPTANCE_WORKING_DAYS"])


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the buyer may and must do.

    purpose: what the data may be used for. restrictions: what is forbidden, may be empty.
    public_purpose: for public governance or welfare alone, and so free of charge.
    licence_months: how long it may be used, from delivery. acceptance_days: working days to check
    a delivery. deletion_days: days after the licence's end within which copies are deleted.
    columns, rows: which of them the licence is for, none for all; each of `rows` is a condition as
    `catalog.version.projections` reads it. is_marked: each buyer gets a copy with pseudonyms of
    its own. territory_name: the place, where one is named. most_users: how many people, where they
    are.
    quota_rows: how many rows programs may take in a quota_window, 0 for any number.
    revision_every: how often a later revision is promised, "" for no promise; it is missed where
    none is on offer revision_grace hours after the end of that time. credit_percent: what part of
    the price of a period the buyer is then credited, credit_most: at most so much in a period.
    language: of the contract, whoever accepts the order in whatever language.
    A clause that is left out binds nothing more than contracts without it did.
    """

    purpose: str
    restrictions: str = ""
    licence_months: int = 12
    is_exclusive: bool = False
    public_purpose: bool = False
    acceptance_days: int = 5
    onward_transfer: str = OnwardTransfer.NONE.value
    derived_data: str = DerivedData.BUYER.value
    deletion_days: int = 30
    dispute: str = DisputePlace.ARBITRATION.value
    columns: tuple[str, ...] = ()
    rows: tuple[Any, ...] = ()
    is_marked: bool = False
    use: str = Use.ANY.value
    territory: str = Territory.WORLDWIDE.value
    territory_name: str = ""
    users: str = Users.ORGANIZATION.value
    most_users: int = 0
    deletion: str = DeletionProof.STATEMENT.value
    audit: str = Audit.YEARLY.value
    quota_rows: int = 0
    quota_window: str = QuotaWindow.LICENCE.value
    revision_every: str = ""
    revision_grace: int = 24
    credit_percent: int = 0
    credit_most: int = 0
    language: str = field(default_factory=default_contract_language)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        listed: dict[str, Any] = {
            name: tuple(values[name]) for name in ("columns", "rows") if name in values
        }
        fields: dict[str, Any] = dict(values)
        fields.update(listed)
        return cls(**fields)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"columns": list(self.columns), "rows": [list(r) for r in self.rows]}

    @property
    def projection(self) -> Projection:
        """Return which columns and rows of the version the licence is for.

        Raises:
            Invalid: a condition is none; terms with no problem have none such.
        """
        return Projection(self.columns, conditions_from(self.rows))

    def problems(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        if not self.purpose.strip():
            found["purpose"] = [_("Say what the buyer may use the data for.")]
        for name in ("purpose", "restrictions"):
            if len(getattr(self, name)) > LONGEST_TEXT:
                found[name] = [_("Use at most %(most)d characters.") % {"most": LONGEST_TEXT}]
        for name, most in (
            ("licence_months", LONGEST_LICENCE_MONTHS),
            ("acceptance_days", LONGEST_ACCEPTANCE_DAYS),
            ("deletion_days", LONGEST_DELETION_DAYS),
        ):
            if not 1 <= getattr(self, name) <= most:
                found[name] = [_("Choose 1 to %(most)d.") % {"most": most}]
        for name, choices in (
            ("onward_transfer", OnwardTransfer),
            ("derived_data", DerivedData),
            ("dispute", DisputePlace),
            ("use", Use),
            ("territory", Territory),
            ("users", Users),
            ("deletion", DeletionProof),
            ("audit", Audit),
            ("quota_window", QuotaWindow),
            ("language", ContractLanguage),
        ):
            if getattr(self, name) not in choices.values:
                found[name] = [_("Choose one of the listed answers.")]
        if len(set(self.columns)) < len(self.columns):
            found["columns"] = [_("Name each column once.")]
        try:
            conditions_from(self.rows)
        except Invalid as refusal:
            found["rows"] = [refusal.sentence]
        if self.territory == Territory.NAMED and not (
            1 <= len(self.territory_name.strip()) <= LONGEST_PLACE
        ):
            found["territory_name"] = [
                _("Name the place in 1 to %(most)d characters.") % {"most": LONGEST_PLACE}
            ]
        if self.users == Users.NAMED and not 1 <= self.most_users <= LARGEST_USERS:
            found["most_users"] = [_("Choose 1 to %(most)d.") % {"most": LARGEST_USERS}]
        if not 0 <= self.quota_rows <= LARGEST_QUOTA:
            found["quota_rows"] = [
                _("Choose 1 to %(most)d, or leave it out for any number.") % {"most": LARGEST_QUOTA}
            ]
        return found | self._promise_problems()

    def _promise_problems(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        if self.revision_every and self.revision_every not in Every.values:
            found["revision_every"] = [_("Choose one of the listed answers.")]
        if not 0 <= self.revision_grace <= LONGEST_GRACE_HOURS:
            found["revision_grace"] = [_("Choose 0 to %(most)d.") % {"most": LONGEST_GRACE_HOURS}]
        if not self.credit_percent and not self.credit_most:
            return found
        if not self.revision_every:
            found["credit_percent"] = [_("Say how often a revision is promised.")]
        elif not 1 <= self.credit_percent <= 100:
            found["credit_percent"] = [_("Choose 1 to %(most)d.") % {"most": 100}]
        elif not self.credit_percent <= self.credit_most <= 100:
            found["credit_most"] = [
                _("Give at most 100, and not less than for one that is missed.")
            ]
        return found


def promise_in_words(terms: Terms) -> list[str]:
    """Say how often a revision is promised, and what the buyer gets for one that is missed."""
    if not terms.revision_every:
        return []
    every = str(Every(terms.revision_every).label)
    said = [
        _("A later revision: %(every)s, at the latest %(hours)d hours after the end of that time")
        % {"every": every, "hours": terms.revision_grace}
    ]
    if terms.credit_percent:
        said.append(
            _(
                "For each that is missed the recipient is credited %(percent)d %% of the fee of "
                "the period, at most %(most)d %% of it in a period; not for what a court, an "
                "authority or the centre holds up, nor for what was refunded"
            )
            % {"percent": terms.credit_percent, "most": terms.credit_most}
        )
    return said


def promise_problems(terms: Terms, plan: Plan) -> dict[str, list[str]]:
    """Say what a promise of revisions cannot be under a plan."""
    if terms.revision_every and not plan.follows:
        return {"revision_every": [_("What is paid once brings no later revision.")]}
    if terms.credit_percent and not isinstance(plan, Subscription):
        return {"credit_percent": [_("Only what is paid by periods has a fee to credit of.")]}
    return {}


def users_in_words(terms: Terms) -> str:
    if terms.users == Users.NAMED:
        return _("At most %(count)d named people of the buyer") % {"count": terms.most_users}
    return str(dict(Users.choices).get(terms.users, terms.users))


def quota_in_words(terms: Terms) -> str:
    """Say how many rows programs may take, "" where any number."""
    if not terms.quota_rows:
        return ""
    named = {"rows": f"{terms.quota_rows:,}"}
    if terms.quota_window == QuotaWindow.MONTH:
        return (
            _("At most %(rows)s rows in each calendar month; what is taken again counts again")
            % named
        )
    return (
        _("At most %(rows)s rows while the licence lasts; what is taken again counts again") % named
    )


# A quota of rows: where one can be agreed, and what it has to hold.


def quota_problems(terms: Terms, *, plan: Plan, mode: Mode, rows: int) -> dict[str, list[str]]:
    """Say what a quota of rows cannot be for data of so many rows, delivered in a way."""
    if terms.quota_rows == 0:
        return {}
    if not mode.is_counted:
        return {
            "quota_rows": [
                _(
                    "Only rows that are scored, or leave through the API or Delta Sharing, are "
                    "counted. Leave the quota empty for this way of delivery."
                )
            ]
        }
    # A client of Delta Sharing takes the whole table, so that less could never be used.
    least = _largest_size(plan, rows) if mode.leaves_whole else 1
    if terms.quota_rows < least:
        return {
            "quota_rows": [
                _(
                    "A table is taken whole each time. Let the quota hold its %(rows)d rows "
                    "at least."
                )
                % {"rows": least}
            ]
        }
    return {}


def _largest_size(plan: Plan, rows: int) -> int:
    """Return how many rows the table of an order has at most."""
    if isinstance(plan, Menu):
        return max(tier.rows for tier in plan.tiers)
    return plan.rows if isinstance(plan, Once) and plan.rows is not None else rows
