"""Check a policy before it is confirmed: the library's rules, and the centre's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import polars as pl
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.detectors import BY_VALUES, FREE_TEXT
from desensitize.engines.pairs import check_pair
from desensitize.errors import DesensitizeError
from desensitize.policy import PERSONAL_ROLES, ColumnRule, Policy
from desensitize.privacy import METHODS, Hierarchy
from desensitize.privacy.synthetic import read_domains
from marketplace.core import Invalid
from marketplace.core.arguments import Choice, Column, Whole
from marketplace.preparation.adapters import refusal_of, sentence_of
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.presentation import SEARCH_LABELS, evidence_of
from marketplace.preparation.mask.words import PAIR_TYPES

Faults = dict[str, list[str]]

METHOD = Choice(
    label=gettext_lazy("How the search generalizes"),
    choices=[(name, SEARCH_LABELS.get(name, name)) for name in METHODS],
    help=gettext_lazy(
        "Row by row keeps most detail; the same level for all rows is easier to read."
    ),
)
SMALLEST_CLASS = Whole(
    label=gettext_lazy("Smallest class"),
    help=gettext_lazy(
        "So many rows at least must be alike in all generalized columns; fewer are left out."
    ),
    told="How many rows must be alike at least; the centre's number where it is left out.",
)
PERSON = Column(
    label=gettext_lazy("Who is a person"),
    help=gettext_lazy(
        "The column whose values tell persons apart, where one person can have several rows."
    ),
    told="The column that tells persons apart; without one each row is a person.",
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a policy asks of all columns together."""

    method: Annotated[str, METHOD] = Policy.method
    smallest_class: Annotated[int | None, SMALLEST_CLASS] = None
    person: Annotated[str | None, PERSON] = None


def checked_policy(document: Mapping[str, Any], findings: Sequence[ColumnFinding]) -> Policy:
    """Read a policy for exactly the columns that were found, in their order.

    Limits that it does not name are the centre's.

    Raises:
        Invalid: with every fault at its place, such as `columns.2.mask`, where the number is the
            column's place in the table, from 0 on.
    """
    document = {
        "smallest_class": settings.CENTRE["SMALLEST_CLASS"],
        "suppression_limit": settings.CENTRE["LARGEST_SUPPRESSION"],
        **{name: value for name, value in document.items() if value is not None},
    }
    places = {finding.name: place for place, finding in enumerate(findings)}
    faults: Faults = {}
    rules = _rules(document, places, faults)
    check = _check_rule if document.get("synthetic") is None else _check_drawn
    for finding in findings:
        if finding.name in rules:
            check(rules[finding.name], finding, places, faults)
    _check_limits(document, faults)
    person = document.get("person")
    if person is not None and person not in places:
        faults["person"] = [sentence_of("unknown-column", {"column": str(person)})]
    if document.get("order") == "source" and (
        person is not None or any(rule.role in PERSONAL_ROLES for rule in rules.values())
    ):
        faults["order"] = [
            _("Rows about persons leave in an order of their own. Leave the order out.")
        ]
    if faults:
        sentences = [sentence for found in faults.values() for sentence in found]
        raise Invalid(sentences[0], code="policy-refused", fields=faults)
    try:
        policy = Policy.from_dict(
            {**document, "columns": [rules[finding.name].to_dict() for finding in findings]}
        )
        policy.validate(places)
        if policy.synthetic is not None:
            read_domains(policy.synthetic.domains)
    except DesensitizeError as error:
        raise refusal_of(error, field=_FIELD_OF.get(error.code, "")) from error
    return policy


_FIELD_OF = {
    "bad-smallest-class": "smallest_class",
    "bad-suppression-limit": "suppression_limit",
    "unknown-method": "method",
    "unknown-order": "order",
}


def _rules(
    document: Mapping[str, Any], places: Mapping[str, int], faults: Faults
) -> dict[str, ColumnRule]:
    columns = document.get("columns")
    if not isinstance(columns, list) or not all(isinstance(rule, Mapping) for rule in columns):
        faults[""] = [sentence_of("bad-policy", {})]
        return {}
    rules: dict[str, ColumnRule] = {}
    seen: set[str] = set()
    for rule in columns:
        name = str(rule.get("name", ""))
        if name not in places:
            faults.setdefault("", []).append(sentence_of("unknown-column", {"column": name}))
        elif name in seen:
            faults.setdefault("", []).append(sentence_of("column-twice", {"column": name}))
        else:
            seen.add(name)
            try:
                rules[name] = _rule(rule)
            except DesensitizeError as error:
                _add(faults, places[name], error)
    for name in places.keys() - seen:
        faults.setdefault("", []).append(sentence_of("uncovered-column", {"column": name}))
    return rules


def _rule(rule: Mapping[str, Any]) -> ColumnRule:
    try:
        read = ColumnRule.from_dict(rule)
        levels = read.make_mask().options.get("hierarchy")
        if isinstance(levels, tuple):
            Hierarchy.checked(read.name, levels)
        return read
    except (TypeError, ValueError, AttributeError):
        raise DesensitizeError("bad-policy", reason="a column has another form") from None


def _add(faults: Faults, place: int, error: DesensitizeError) -> None:
    part = "mask"
    if error.code == "unknown-role":
        part = "role"
    elif error.code.startswith("from-to"):
        part = "from_to"
    elif error.code in ("missing-option", "bad-option"):
        part = f"options.{error.parameters['option']}"
    elif "option" in error.parameters or "hierarchy" in error.code:
        part = "options"
    faults.setdefault(f"columns.{place}.{part}", []).append(
        sentence_of(error.code, error.parameters)
    )


def _check_rule(
    rule: ColumnRule, finding: ColumnFinding, places: Mapping[str, int], faults: Faults
) -> None:
    sentence = ""
    # What was seen in the values themselves, an officer cannot argue away.
    if (
        finding.role == ColumnRole.DIRECT
        and finding.evidence_code in BY_VALUES
        and rule.releases_clear
        and not (rule.masks_within and finding.kind == FREE_TEXT)
    ):
        sentence = _(
            "Column “%(column)s” cannot be released in clear: %(evidence)s Choose a mask for it."
        ) % {"column": rule.name, "evidence": evidence_of(finding)}
    elif rule.role == ColumnRole.QUASI and rule.mask == "keep":
        sentence = _(
            "Column “%(column)s” helps to single people out and would be released in clear. "
            "Generalize it, or choose another mask; where its values occur often enough they stay "
            "as they are."
        ) % {"column": rule.name}
    if sentence:
        faults.setdefault(f"columns.{places[rule.name]}.mask", []).append(sentence)
    if rule.from_to:
        _check_pair(rule, finding, places, faults)


def _check_pair(
    rule: ColumnRule, finding: ColumnFinding, places: Mapping[str, int], faults: Faults
) -> None:
    """Refuse what cannot come as two columns now, and not in the middle of a run."""
    try:
        if taken := rule.taken(places):
            raise DesensitizeError("from-to-name", column=rule.name, name=taken)
        check_pair(rule, PAIR_TYPES.get(finding.profile["dtype"], pl.String()))
    except DesensitizeError as error:
        _add(faults, places[rule.name], error)


def _check_drawn(
    rule: ColumnRule, finding: ColumnFinding, places: Mapping[str, int], faults: Faults
) -> None:
    """Let nothing be drawn that names a person: the officer cannot know its values beforehand."""
    if rule.in_release and ColumnRole.DIRECT in (rule.role, finding.role):
        faults.setdefault(f"columns.{places[rule.name]}.mask", []).append(
            _("Column “%(column)s” names a person. Leave it out of a synthetic copy.")
            % {"column": rule.name}
        )


def _check_limits(document: Mapping[str, Any], faults: Faults) -> None:
    smallest, most = settings.CENTRE["SMALLEST_CLASS"], settings.CENTRE["LARGEST_SUPPRESSION"]
    asked, limit = document.get("smallest_class"), document.get("suppression_limit")
    if isinstance(asked, int) and asked < smallest:
        faults["smallest_class"] = [
            _("The centre asks for classes of at least %(smallest)d rows.") % {"smallest": smallest}
        ]
    if isinstance(limit, int | float) and limit > most:
        faults["suppression_limit"] = [
            _("The centre accepts that at most %(most)s of the rows are left out.")
            % {"most": f"{most:.0%}"}
        ]
