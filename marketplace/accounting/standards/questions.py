"""The recognition test as questions to a finance officer, each with the rule that asks it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounting.standards.profiles import Profile

QUESTIONS: dict[str, str | Promise] = {
    "controlled": _("Does the organization own or control the data, by a past transaction?"),
    "lawful": _("Is the source lawful, and is that shown?"),
    "benefits_probable": _("Is it probable that the data brings economic benefits?"),
    "cost_reliable": _("Can the cost be measured reliably, voucher by voucher?"),
    "technically_feasible": _("Is it technically feasible to finish the data for use or sale?"),
    "intention": _("Does the organization intend to finish it, and to use or sell it?"),
    "ability_to_use_or_sell": _("Is the organization able to use or sell it?"),
    "benefits_shown": _("Is it shown how it will bring benefits: a market, or its use at home?"),
    "resources": _("Are there technical, financial and other resources to finish it?"),
}


@dataclass(frozen=True)
class Question:
    """A question, worded, with the source of the rule."""

    code: str
    text: str
    rule: str


def questions_of(profile: Profile, *, is_developed: bool) -> list[Question]:
    """Return the questions of a standard; own development has more of them.

    A condition that a profile names beyond those known here is asked by its name.
    """
    codes = [*profile.asset_conditions]
    if is_developed:
        codes += [code for code in profile.development_conditions if code not in codes]
    rule = profile.rule("recognition")
    return [Question(code, str(QUESTIONS.get(code, code)), rule) for code in codes]
