"""What is delivered instead of rows, in words: a sandbox's declaration, a report's content."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desensitize.privacy.sandbox import Declaration
from marketplace.trading.listings.budget.reserving import budget_left
from marketplace.trading.listings.report.content import ReportContent
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.sandbox.models import BudgetPeriod, Sandbox

LONGEST_LIST = 300


def sandbox_facts(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return who is protected, what can be asked and what may be spent, as a list to read."""
    declared = Declaration.from_json(values["declaration"])
    period = dict(BudgetPeriod.choices).get(values["period"], values["period"])
    facts = [
        (_("Who is a person"), _person(declared)),
        (_("Most for one question"), f"ε {_amount(values['epsilon_question'])}"),
        (_("Budget of a buyer"), f"ε {_amount(values['epsilon'])} ({period})"),
        (_("Budget of all buyers"), f"ε {_amount(values['epsilon_all'])}"),
    ]
    for name, number in declared.numbers.items():
        ends = [number_format(end, use_l10n=True) for end in (number.low, number.high)]
        sentence = _("Sums, means and histograms from %(low)s to %(high)s")
        facts.append((name, sentence % {"low": ends[0], "high": ends[1]}))
    for name, listed in declared.categories.items():
        if listed is None:
            facts.append((name, _("Groups with many persons")))
        else:
            text = ", ".join(listed)
            short = text if len(text) <= LONGEST_LIST else text[:LONGEST_LIST] + "…"
            facts.append((name, _("Groups: %(values)s") % {"values": short}))
    return facts


def facts_of_sandbox(sandbox: Sandbox | None) -> list[tuple[str, str]]:
    """Return the same of a sandbox that is not frozen in a sheet; nothing where there is none."""
    if sandbox is None:
        return []
    names = ("declaration", "epsilon", "epsilon_question", "epsilon_all", "period")
    return sandbox_facts({name: getattr(sandbox, name) for name in names})


def budget_facts(sandbox: Sandbox | None) -> list[tuple[str, str]]:
    """Return what of a sandbox's budget can be sold today; nothing where there is none."""
    if sandbox is None:
        return []
    return [(_("Left for further buyers today"), f"ε {_amount(budget_left(sandbox))}")]


def facts_of_report(report: ListingReport | None) -> list[tuple[str, str]]:
    """Return everything that a report says, as a list to read; nothing where there is none."""
    if report is None:
        return []
    content = ReportContent.from_json(report.content)
    facts = [(_("Title"), content.title), (_("Summary"), content.summary)]
    for section in content.sections:
        figures = [f"{one.name}: {one.value} {one.unit}".strip() for one in section.figures]
        figures += [f"{bar.label}: {bar.value}" for bar in section.bars]
        facts.append((section.heading, " · ".join([*filter(None, [section.text]), *figures])))
    return facts


def _person(declared: Declaration) -> str:
    if declared.person is None:
        return _("Each row is a person")
    sentence = ngettext(
        "Each value of “%(column)s”; %(rows)d row of a person counts",
        "Each value of “%(column)s”; %(rows)d rows of a person count",
        declared.rows,
    )
    return sentence % {"column": declared.person, "rows": declared.rows}


def _amount(value: Decimal | str) -> str:
    return number_format(Decimal(value).normalize(), use_l10n=True)
