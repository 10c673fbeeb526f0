"""The frozen sheet of an offer in words: the offer, its proofs, and what attackers found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desensitize.privacy.sandbox import Declaration
from desensitize.quality import Rule, Tolerance
from marketplace.accounts.roles import OrganizationKind
from marketplace.appraisal.adapters import labels
from marketplace.appraisal.appraisal.models import Method
from marketplace.catalog.dataset.choices import (
    AssetKind,
    ColumnType,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.grading import Grade
from marketplace.catalog.quality.models import RuleOutcome, RuleReason
from marketplace.catalog.quality.presentation import (
    CHARACTERISTIC_LABELS,
    SEVERITY_LABELS,
    in_words,
    masked_words,
    tolerated,
)
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.report.presentation import (
    Line,
    lines_of,
    membership_in_words,
    synthetic_in_words,
)
from marketplace.rights.right.choices import Right
from marketplace.trading.listings.budget.promises import budget_left
from marketplace.trading.listings.listing.texts import labelled
from marketplace.trading.listings.mode.modes import label_of
from marketplace.trading.listings.plans import Plan, plan_of, plan_of_price
from marketplace.trading.listings.report.content import ReportContent
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.sandbox.models import BudgetPeriod, Sandbox
from marketplace.trading.listings.sheet.model import scored
from marketplace.trading.listings.terms.clauses.asked import worded
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.web.charts import histogram
from marketplace.web.shares import count, percent

WORDS_OF_DATASET: dict[str, type[TextChoices]] = {
    "theme": Theme,
    "asset_kind": AssetKind,
    "source_kind": SourceKind,
    "update_frequency": UpdateFrequency,
    "grade": Grade,
}


def sheet_view(sheet: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a frozen sheet with its codes worded, its dates as dates and its money as decimals."""
    assert sheet is not None
    plan = plan_of_sheet(sheet)
    dataset = dict(sheet["dataset"])
    for name, choices in WORDS_OF_DATASET.items():
        dataset[name] = worded(choices, dataset[name])
    right, valuation = dict(sheet["right"]), dict(sheet["valuation"])
    right["rights"] = [worded(Right, code) for code in right["rights"]]
    for day in ("valid_from", "valid_until"):
        right[day] = date.fromisoformat(right[day])
    for day in ("valued_on", "valid_until"):
        valuation[day] = date.fromisoformat(valuation[day])
    valuation["amount"] = Decimal(valuation["amount"])
    valuation["method"] = worded(Method, valuation["method"])
    return {
        **sheet,
        "further": labelled(sheet),
        "price_brief": plan.brief(sheet["currency"]),
        "fee": plan.describe(sheet["currency"]),
        "delivery_mode": label_of(sheet["delivery_mode"]),
        "dataset": dataset,
        "columns": [
            {
                **column,
                "dtype": worded(ColumnType, column["dtype"]),
                "chart": _spread(column),
            }
            for column in sheet["columns"]
        ],
        "right": right,
        "valuation": valuation,
        "seller": {**sheet["seller"], "kind": worded(OrganizationKind, sheet["seller"]["kind"])},
        "terms": terms_facts(sheet["terms"], delivery_mode=sheet["delivery_mode"]),
        "sandbox_facts": sandbox_facts(sheet["sandbox"]) if sheet.get("sandbox") else [],
        **(scored(sheet["model"]["scores"]) if sheet.get("model") else {}),
        "verdict": worded(Verdict, sheet["risk"]["verdict"]),
        "risk_valid_until": date.fromisoformat(sheet["risk"]["valid_until"]),
    }


def _spread(column: Mapping[str, Any]) -> str:
    """Draw how the values of a column spread, "" where nothing is said of it."""
    pairs = [(str(label), int(count)) for label, count in column.get("spread", ())]
    if not pairs:
        return ""
    title = _("How the values of “%(column)s” spread") % {
        "column": column["label"] or column["name"]
    }
    return histogram(pairs, title=title, width=150)


def card_view(sheet: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a frozen sheet with those of its codes worded that a card of the market shows."""
    assert sheet is not None
    dataset = dict(sheet["dataset"])
    for name in ("theme", "asset_kind"):
        dataset[name] = worded(WORDS_OF_DATASET[name], dataset[name])
    return {
        **sheet,
        "dataset": dataset,
        "delivery_mode": label_of(sheet["delivery_mode"]),
        "price_brief": plan_of_sheet(sheet).brief(sheet["currency"]),
        "verdict": worded(Verdict, sheet["risk"]["verdict"]),
    }


def plan_of_sheet(sheet: Mapping[str, Any]) -> Plan:
    """Return the price plan; a sheet of before there were plans has a price alone."""
    return plan_of(sheet["plan"]) if "plan" in sheet else plan_of_price(Decimal(sheet["price"]))


# What is delivered instead of rows, in words: a sandbox's declaration, a report's content.

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


# What a listing's proofs found, in the reader's language: quality, risk, the way to the value.


@dataclass(frozen=True)
class QualityLine:
    """A characteristic of quality with what was counted; `share` is None where nothing was."""

    label: str
    counted: str
    share: float | None


@dataclass(frozen=True)
class SheetRisk:
    """What a sheet keeps of a risk report that passed."""

    figures: Mapping[str, Any]
    thresholds: Mapping[str, Any]
    quasi_identifiers: Sequence[str]
    failures: Sequence[str] = ()


def quality_lines(sheet: Mapping[str, Any], *, updates: str) -> list[QualityLine]:
    """List the six characteristics of GB/T 36344, those without a count too; none of an old sheet.

    `updates` says in words how often new data comes.
    """
    found = {one["code"]: one for one in sheet["quality"].get("dimensions", ())}
    received = sheet["quality"].get("received")
    if not found or not received:
        return []
    came = _("The source came in on %(day)s. Updates: %(updates)s") % {
        "day": date_format(date.fromisoformat(received)),
        "updates": updates,
    }
    lines = [_counted(_("Completeness"), _("cells are filled"), found["completeness"])]
    for code in ("normativity", "accuracy", "consistency", "timeliness"):
        label = str(CHARACTERISTIC_LABELS[code])
        if code == "timeliness":
            share = found[code]["passed"] / found[code]["total"] if code in found else None
            lines.append(QualityLine(label, came, share))
        elif code in found:
            lines.append(_counted(label, _("values keep the rule that is kept worst"), found[code]))
        else:
            lines.append(QualityLine(label, _("Not measured: the holder has set no rule"), None))
    lines.append(
        QualityLine(_("Accessibility"), _("Not measured: you see it at the delivery"), None)
    )
    return lines


@dataclass(frozen=True)
class PublicRule:
    """A rule as buyers read it, with what it found in the bytes that they get."""

    key: str
    rule: str
    tolerance: str
    severity: str
    said: str
    share: float | None


def quality_rules(sheet: Mapping[str, Any]) -> list[PublicRule]:
    """List the rules of a sheet with what they found; none of an old sheet."""
    return [_public_rule(one) for one in sheet["quality"].get("rules", {}).get("of", ())]


def _public_rule(one: Mapping[str, Any]) -> PublicRule:
    given = one["rule"]
    if one["reason"] == RuleReason.MASKED:
        words = masked_words(given["kind"], given["columns"])
    else:
        words = in_words(Rule.from_dict(given))
    is_counted = one["outcome"] != RuleOutcome.NOT_APPLICABLE and one["checked"]
    share = max(0, one["checked"] - one["failing"]) / one["checked"] if is_counted else None
    said = RuleReason(one["reason"]).label if one["reason"] else RuleOutcome(one["outcome"]).label
    return PublicRule(
        key=one["key"],
        rule=words,
        tolerance=tolerated(Tolerance.from_dict(given["tolerance"])),
        severity=str(SEVERITY_LABELS[given["severity"]]),
        said=str(said),
        share=share,
    )


def _counted(label: str, rule: str, one: Mapping[str, Any]) -> QualityLine:
    passed, total = int(one["passed"]), int(one["total"])
    counted = _("%(passed)s of %(total)s %(rule)s") % {
        "passed": number_format(passed, force_grouping=True),
        "total": number_format(total, force_grouping=True),
        "rule": rule,
    }
    return QualityLine(label, counted, passed / total if total else None)


def risk_lines(sheet: Mapping[str, Any]) -> list[Line]:
    """List the figures of the risk report beside what the centre asks."""
    risk = sheet["risk"]
    return lines_of(
        SheetRisk(
            figures=risk["figures"],
            thresholds=risk["thresholds"],
            quasi_identifiers=risk.get("quasi_identifiers", ()),
        )
    )


def formula_in_words(sheet: Mapping[str, Any]) -> str:
    """Return the formula of the valuation with its figures named, "" of an old sheet."""
    formula = sheet["valuation"].get("formula", "")
    return labels.formula_in_words(formula) if formula else ""


# What the attackers found, in the reader's language.


def risk_in_words(risk: Mapping[str, Any]) -> list[str]:
    """Say what somebody who looks for a person in the data could find, in whole sentences.

    Nothing is said of what was not measured.
    """
    figures, verdict = risk["figures"], risk["verdict"]
    if verdict == Verdict.MEMBERS_HIDDEN:
        return membership_in_words(figures)
    sentences = []
    if verdict == Verdict.NO_PERSONAL_INFORMATION:
        sentences.append(_("No column tells anything about a person."))
    elif verdict == Verdict.ANONYMOUS:
        sentences.append(_("The data is anonymous."))
    elif verdict == Verdict.DE_IDENTIFIED:
        sentences.append(_("The data is still personal information and is used on its basis only."))
    if figures.get("synthetic"):
        sentences.append(synthetic_in_words(figures["synthetic"]))
    sentences += _attackers_in_words(risk["judgement"])
    smallest, rows = int(figures["smallest_class"]), int(figures["rows"])
    if verdict != Verdict.NO_PERSONAL_INFORMATION and smallest and risk.get("quasi_identifiers"):
        sentences.append(
            ngettext(
                "Whoever knows somebody's features from elsewhere finds at least %(count)d row "
                "that fits.",
                "Whoever knows somebody's features from elsewhere finds at least %(count)d rows "
                "that fit, and cannot tell them apart.",
                smallest,
            )
            % {"count": smallest}
        )
        sentences.append(
            _("%(unique)s of %(rows)s rows stand alone with their features.")
            % {"unique": count(int(figures["unique_rows"])), "rows": count(rows)}
        )
    suppressed = int(figures.get("suppressed_rows", 0))
    if suppressed:
        sentences.append(
            _("%(count)s rows (%(share)s) were left out because they stood out.")
            % {"count": count(suppressed), "share": percent(float(figures["suppressed_share"]))}
        )
    return sentences


def _attackers_in_words(judgement: Mapping[str, Any]) -> list[str]:
    tried = [one for one in judgement["attackers"] if one["tried"]]
    if not tried:
        return []
    strongest = max(tried, key=lambda one: float(one["excess"]))
    return [
        _(
            "%(count)d kinds of attackers tried it before it was listed. The strongest was right "
            "in %(rate)s of the cases, where guessing is right in %(control)s."
        )
        % {
            "count": len(tried),
            "rate": percent(float(strongest["rate"])),
            "control": percent(float(strongest["control"])),
        }
    ]
