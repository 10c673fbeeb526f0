"""In which language the contract is written."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.terms.clauses.asked import Choice, worded
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, InForce, Place
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules


class ContractLanguage(TextChoices):
    """In which language the contract is written; of two the first prevails."""

    CHINESE = "zh-hans", gettext_lazy("Chinese")
    ENGLISH = "en", gettext_lazy("English")
    CHINESE_FIRST = "zh-hans+en", gettext_lazy("Chinese and English; the Chinese text prevails")
    ENGLISH_FIRST = "en+zh-hans", gettext_lazy("English and Chinese; the English text prevails")


def default_contract_language() -> str:
    """Return the language in which the centre's contracts are usually written."""
    return str(settings.CENTRE["CONTRACT_LANGUAGE"])


@dataclass(frozen=True, kw_only=True)
class LanguageClause(Clause):
    """In which language the contract is written, whoever accepts the order in whatever language."""

    group = Group.RESULTS
    place = Place.SIGNING
    is_of_right = True

    language: Annotated[
        str,
        Choice(
            label=gettext_lazy("Language of the contract"),
            help=gettext_lazy(
                "The contract and its amendments are written in it, whoever accepts them."
            ),
            for_programs="In which language the contract is written; of two the first prevails.",
            choices=ContractLanguage,
        ),
    ] = field(default_factory=default_contract_language)

    def facts(self) -> Facts:
        return [(_("Language of the contract"), worded(ContractLanguage, self.language))]

    def facts_of_right(self) -> Facts:
        return LanguageClause.facts(self)

    def in_contract(self) -> list[str]:
        """Return none: the clause on signing says it, of a text that may be an amendment's."""
        return []

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(own={"terms:contractLanguage": self.language})

    def in_policy_of_right(self) -> dict[str, Any]:
        return {"terms:contractLanguage": self.language}

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"language": policy.whole["terms:contractLanguage"]}

    def stays(self, at: InForce) -> dict[str, str]:
        return {
            "language": _("An amendment is written in the language of its contract, which stays.")
        }
