"""What a credential states, in words: its sections and fields, and the attackers in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from desensitize.attacks.registry import ATTACKERS
from marketplace.credentials.models import Credential
from marketplace.credentials.selectors import claims_of
from marketplace.web.shares import percent

SECTIONS: Mapping[str, str | Promise] = {
    "": gettext_lazy("General"),
    "applicant": gettext_lazy("Applicant"),
    "data": gettext_lazy("Data"),
    "rights": gettext_lazy("Rights"),
    "remarks": gettext_lazy("Remarks"),
    "seller": gettext_lazy("Seller"),
    "buyer": gettext_lazy("Buyer"),
    "projection": gettext_lazy("Licensed part"),
    "thresholds": gettext_lazy("Thresholds"),
    "attackers": gettext_lazy("Who tried, and how far they came"),
}
LABELS: Mapping[str, str | Promise] = {
    "nature": gettext_lazy("Nature"),
    "deposited_on": gettext_lazy("Deposited on"),
    "applicant.name": gettext_lazy("Name"),
    "applicant.type": gettext_lazy("Type"),
    "applicant.uscc": gettext_lazy("Unified social credit code"),
    "applicant.contact": gettext_lazy("Contact"),
    "applicant.operating_status": gettext_lazy("Operating status"),
    "data.name": gettext_lazy("Name of the data"),
    "data.abstract": gettext_lazy("Abstract"),
    "data.industry": gettext_lazy("Industry (GB/T 4754)"),
    "data.theme": gettext_lazy("Theme"),
    "data.source": gettext_lazy("Source"),
    "data.source_description": gettext_lazy("How it was collected"),
    "data.legal_basis": gettext_lazy("Legal basis"),
    "data.geographic_scope": gettext_lazy("Geographic scope"),
    "data.time_scope": gettext_lazy("Time scope"),
    "data.update_frequency": gettext_lazy("Update frequency"),
    "data.volume.rows": gettext_lazy("Volume: rows"),
    "data.volume.columns": gettext_lazy("Volume: columns"),
    "data.volume.bytes": gettext_lazy("Volume: bytes"),
    "data.form": gettext_lazy("Form"),
    "data.restriction_scope": gettext_lazy("Restriction scope"),
    "data.fingerprint": gettext_lazy("Fingerprint (SHA-256)"),
    "data.coverage.reaches": gettext_lazy("Covers"),
    "data.coverage.structure": gettext_lazy("Structure (SHA-256)"),
    "data.coverage.scope": gettext_lazy("Scope (SHA-256)"),
    "rights.holder": gettext_lazy("Holder"),
    "rights.uscc": gettext_lazy("Unified social credit code"),
    "rights.rights": gettext_lazy("Right types"),
    "rights.term_years": gettext_lazy("Term in years"),
    "rights.restrictions": gettext_lazy("Restrictions"),
    "rights.evidence.kind": gettext_lazy("Kind of evidence"),
    "rights.evidence.title": gettext_lazy("Title of evidence"),
    "rights.evidence.sha256": gettext_lazy("SHA-256 of evidence"),
    "rights.preceding": gettext_lazy("Passed from certificate"),
    "remarks.agreed_terms": gettext_lazy("Agreed terms and conditions"),
    "remarks.judicial_freeze": gettext_lazy("Judicial freeze"),
    "remarks.administrative_control": gettext_lazy("Administrative control"),
    "remarks.notice_waived": gettext_lazy("Public notice waived"),
    "remarks.passed_on.number": gettext_lazy("Passed on by certificate"),
    "remarks.passed_on.rights": gettext_lazy("Rights passed on"),
    "remarks.passed_on.limits": gettext_lazy("Passed on so far"),
    "sha256": gettext_lazy("SHA-256 of the data"),
    "dataset": gettext_lazy("Dataset"),
    "version": gettext_lazy("Version"),
    "statement": gettext_lazy("Statement"),
    "policy_digest": gettext_lazy("Digest of the policy"),
    "labels_digest": gettext_lazy("Digest of the labels in force"),
    "measured_at": gettext_lazy("Measured at"),
    "quasi_identifiers": gettext_lazy("Quasi-identifiers"),
    "rows": gettext_lazy("Rows"),
    "classes": gettext_lazy("Classes"),
    "smallest_class": gettext_lazy("Smallest class"),
    "unique_share": gettext_lazy("Share of unique rows"),
    "prosecutor_risk": gettext_lazy("Prosecutor risk"),
    "suppressed_share": gettext_lazy("Share of suppressed rows"),
    "verdict": gettext_lazy("Verdict"),
    "synthetic": gettext_lazy("Synthetic copy"),
    "synthetic.epsilon": gettext_lazy("ε"),
    "synthetic.delta": gettext_lazy("δ"),
    "synthetic.rows": gettext_lazy("Rows"),
    "relabelled.column": gettext_lazy("Column with a lower class than detected"),
    "relabelled.found_as": gettext_lazy("Found as"),
    "relabelled.decided_as": gettext_lazy("Decided as"),
    "relabelled.evidence": gettext_lazy("What was seen"),
    "relabelled.reason": gettext_lazy("Reason"),
    "relabelled.confirmed_by": gettext_lazy("Confirmed by"),
    "thresholds.smallest_class": gettext_lazy("Smallest class"),
    "thresholds.largest_unique_share": gettext_lazy("Largest share of unique rows"),
    "thresholds.largest_prosecutor_risk": gettext_lazy("Largest prosecutor risk"),
    "thresholds.largest_suppression": gettext_lazy("Largest share of suppressed rows"),
    "thresholds.largest_excess": gettext_lazy("An attacker beyond guessing, at most"),
    "thresholds.largest_certain_share": gettext_lazy("Largest share of certain values"),
    "thresholds.largest_certain_sensitive_share": gettext_lazy(
        "Largest share of certain values that are sensitive personal information"
    ),
    "thresholds.largest_unique_by_all": gettext_lazy("Largest share of rows unique by all columns"),
    "thresholds.largest_small_by_all": gettext_lazy(
        "Largest share of rows in small groups by all columns"
    ),
    "thresholds.known_columns": gettext_lazy("Columns that an attacker knows of a person"),
    "version_sha256": gettext_lazy("SHA-256 of the version"),
    "organization": gettext_lazy("Organization"),
    "model_sha256": gettext_lazy("SHA-256 of the model"),
    "card_sha256": gettext_lazy("SHA-256 of the card"),
    "declaration_digest": gettext_lazy("Digest of the declaration"),
    "certificate_digest": gettext_lazy("Digest of the certificate"),
    "licence": gettext_lazy("Licence"),
    "membership_advantage_at_most": gettext_lazy("Advantage in telling members, at most"),
    "certificates": gettext_lazy("Certificates of all rights behind it"),
    "contracts": gettext_lazy("Contracts that it rests on"),
    "labelling_agreement": gettext_lazy(
        "Agreement of the labels (items labelled by several / all)"
    ),
    "labelled_set_sha256": gettext_lazy("SHA-256 of the labelled set"),
    "training_epsilon": gettext_lazy("ε that hides each row of the training"),
    "epsilon": gettext_lazy("ε of the synthetic data"),
    "delta": gettext_lazy("δ of the synthetic data"),
    "replaces": gettext_lazy("Takes the place of"),
    "replaces_digest": gettext_lazy("Digest of what it takes the place of"),
    "because": gettext_lazy("Because of"),
    "shards_retrained": gettext_lazy("Shards trained again"),
    "shards_kept": gettext_lazy("Shards kept to the byte"),
    "listing": gettext_lazy("Listing"),
    "target": gettext_lazy("Target"),
    "features": gettext_lazy("Features"),
    "family": gettext_lazy("Family"),
    "seed": gettext_lazy("Seed"),
    "hold_out_sha256": gettext_lazy("SHA-256 of the rows held out"),
    "own_rows_sha256": gettext_lazy("SHA-256 of the buyer's own rows"),
    "hold_out_rows": gettext_lazy("Rows held out"),
    "own_rows": gettext_lazy("The buyer's own rows"),
    "baseline": gettext_lazy("Share of right answers without the data on offer"),
    "parts": gettext_lazy("Parts of the rows on offer"),
    "neighbours": gettext_lazy("Neighbours"),
    "person": gettext_lazy("Column of the persons who are protected"),
    "rows_of_person": gettext_lazy("Rows of one person that count"),
    "lift": gettext_lazy("Measured lift"),
    "lift.value": gettext_lazy("With noise"),
    "lift.low": gettext_lazy("Lower end"),
    "lift.high": gettext_lazy("Upper end"),
    "source_values.source": gettext_lazy("Source"),
    "source_values.value": gettext_lazy("Value of the source"),
    "source_values.low": gettext_lazy("Lower end"),
    "source_values.high": gettext_lazy("Upper end"),
    "certificate": gettext_lazy("Certificate of the right"),
    "method": gettext_lazy("Method"),
    "purpose": gettext_lazy("Purpose"),
    "amount": gettext_lazy("Amount"),
    "currency": gettext_lazy("Currency"),
    "valued_on": gettext_lazy("Valued on"),
    "library_version": gettext_lazy("Version of the library"),
    "result_digest": gettext_lazy("Digest of the result"),
    "title": gettext_lazy("Title"),
    "report_kind": gettext_lazy("Kind of report"),
    "seller": gettext_lazy("Seller"),
    "made_from": gettext_lazy("SHA-256 of what it was made from"),
    "sheet_digest": gettext_lazy("Digest of the sheet"),
    "order": gettext_lazy("Order"),
    "contract_sha256": gettext_lazy("SHA-256 of the contract"),
    "seller.name": gettext_lazy("Name"),
    "seller.uscc": gettext_lazy("Unified social credit code"),
    "buyer.name": gettext_lazy("Name"),
    "buyer.uscc": gettext_lazy("Unified social credit code"),
    "bytes": gettext_lazy("Bytes"),
    "delivery": gettext_lazy("Delivery"),
    "delivered_at": gettext_lazy("Delivered at"),
    "acknowledged_at": gettext_lazy("Acknowledged at"),
    "acknowledged_by": gettext_lazy("Acknowledged by"),
    "downloads": gettext_lazy("Downloads"),
    "requests_by_programs": gettext_lazy("Requests by programs"),
    "rows_to_programs": gettext_lazy("Rows to programs"),
}
"""First the fields of annex 1 to 国数综政策〔2026〕35号, then those of reports, valuations and
deliveries; what is not among them keeps its own name."""

ROLES: Mapping[str, str | Promise] = {
    "direct": gettext_lazy("Direct identifier"),
    "quasi": gettext_lazy("Quasi-identifier"),
    "sensitive": gettext_lazy("Sensitive"),
    "other": gettext_lazy("Not personal"),
}
VALUES: dict[str, Mapping[str, str | Promise]] = {
    "verdict": {
        "no-personal-information": gettext_lazy("No personal information"),
        "anonymous": gettext_lazy("Anonymous"),
        "de-identified": gettext_lazy("De-identified: still personal information"),
        "not-measured": gettext_lazy("Not measured"),
    },
    "relabelled.found_as": ROLES,
    "relabelled.decided_as": ROLES,
}
"""What codes mean, by their field; others are shown as they were signed.

The apps that issue credentials add the words of their own codes by `name_values`.
"""

STATEMENTS: dict[str, str | Promise] = {}
VALUES["statement"] = STATEMENTS

PLACE = re.compile(r" [0-9]+")
"""What is put behind the name of each member of a list."""
LARGE = 1000
"""From here on a number is shown with all its digits; of smaller ones four say enough."""


def name_values(field: str, names: Iterable[tuple[str, str | Promise]]) -> None:
    """Add what the codes of a field are called, as pairs of code and name."""
    VALUES[field] = dict(names)


def name_statement(signed: str, shown: str | Promise) -> None:
    """Add how a statement that is signed in English is shown."""
    STATEMENTS[signed] = shown


@dataclass(frozen=True)
class Section:
    """A part of the sheet: labelled fields, or the attackers as rows of a table."""

    title: str
    facts: list[tuple[str, str]]
    attacks: tuple[AttackInWords, ...] = ()


def sheet_sections(credential: Credential) -> list[Section]:
    """Return what a credential states, in signed order, each part under its own heading."""
    claims = dict(claims_of(credential))
    attackers = claims.pop("attackers", ())
    plain = {name: value for name, value in claims.items() if not isinstance(value, Mapping)}
    parts: dict[str, Any] = {"": plain} if plain else {}
    parts |= {name: value for name, value in claims.items() if isinstance(value, Mapping) and value}
    sections = [Section(_title(name), list(_facts(value, name))) for name, value in parts.items()]
    if attackers:
        # Behind what is stated of the whole, whose verdict rests on them.
        sections.insert(1, Section(_title("attackers"), [], stated_attacks(attackers)))
    return sections


def _title(name: str) -> str:
    return str(SECTIONS.get(name, name.replace("_", " ")))


def _facts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _facts(item, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and any(isinstance(item, Mapping | list) for item in value):
        for number, item in enumerate(value, 1):
            yield from _facts(item, f"{name} {number}")
    else:
        yield _label(name), _text(value, VALUES.get(PLACE.sub("", name), {}))


def _label(name: str) -> str:
    """Return the label of a field; one of several carries its number."""
    own = PLACE.sub("", name)
    label = str(LABELS.get(own, own.partition(".")[2].replace("_", " ") or own))
    return label + "".join(PLACE.findall(name))


def _text(value: Any, names: Mapping[str, str | Promise]) -> str:
    if isinstance(value, list):
        return ", ".join(_text(item, names) for item in value)
    if isinstance(value, str) and value in names:
        return str(names[value])
    if isinstance(value, bool):
        return str(gettext_lazy("Yes") if value else gettext_lazy("No"))
    if isinstance(value, float) and abs(value) < LARGE:
        return f"{value:.4g}"
    return "" if value is None else str(value)


def remarks_in_words(credential: Credential) -> list[tuple[str, str]]:
    """Return the remarks that hold today, each as a label and a line."""
    return [(_remark_label(each["kind"]), _remark_line(each)) for each in credential.remarks]


def _remark_label(kind: str) -> str:
    return str(LABELS.get(f"remarks.{kind}", SECTIONS["remarks"]))


def _remark_line(remark: Mapping[str, str]) -> str:
    since = date_format(date.fromisoformat(remark["since"])) if remark["since"] else ""
    parts = (remark["authority"], remark["document_number"], remark["text"])
    told = ", ".join(part for part in parts if part)
    return _since(told, since) if since else told


def _since(told: str, since: str) -> str:
    return gettext("%(told)s, since %(day)s") % {"told": told, "day": since}


# What a credential states of the attackers, as rows of a table.

OUTCOMES: Mapping[str, Promise] = MappingProxyType(
    {
        "failed": pgettext_lazy("of an attack", "came too far"),
        "unknown": pgettext_lazy("of an attack", "not measured"),
        "not-withstood": pgettext_lazy("of an attack", "not withstood"),
        "withstood": pgettext_lazy("of an attack", "withstood"),
        "nothing": pgettext_lazy("of an attack", "nothing to try"),
    }
)
"""How it ended, in the order in which a table shows it; `not-withstood` where no more is stated."""

TONES = {"failed": "bad", "unknown": "warning", "not-withstood": "bad", "withstood": "good"}


@dataclass(frozen=True)
class AttackInWords:
    """One attacker: who, what was known, how often right against guessing, and the worst case.

    `right`, `guessing` and `beyond` are "" where nothing was measured; `not_tried` says why.
    """

    who: str
    knew: str
    right: str
    guessing: str
    beyond: str
    outcome: str
    tone: str
    worst: str = ""
    not_tried: tuple[str, ...] = ()


def attacker_label(name: str) -> str:
    return gettext(ATTACKERS[name].doing) if name in ATTACKERS else name


def can_have_nothing_to_play(name: str) -> bool:
    return name in ATTACKERS and ATTACKERS[name].nothing != ""


def attack_in_words(
    attack: Mapping[str, Any], outcome: str, *, worst: str = "", not_tried: Iterable[str] = ()
) -> AttackInWords:
    """Word one attacker; a `rate` of None says that nothing was measured."""
    name = str(attack["name"])
    is_measured = attack["rate"] is not None and outcome != "nothing"
    attacker = ATTACKERS.get(name)
    knew = "" if attacker is None else attacker.nothing if outcome == "nothing" else attacker.knows
    return AttackInWords(
        who=attacker_label(name),
        knew=gettext(knew) if knew else "",
        right=percent(attack["rate"]) if is_measured else "",
        guessing=percent(attack["control"]) if is_measured else "",
        beyond=_beyond(attack) if is_measured else "",
        outcome=str(OUTCOMES[outcome]),
        tone=TONES.get(outcome, ""),
        worst=worst if is_measured else "",
        not_tried=tuple(not_tried),
    )


def stated_attacks(attackers: Iterable[Mapping[str, Any]]) -> tuple[AttackInWords, ...]:
    """Word the attackers that a credential states, those that came too far first."""
    ended = [(_outcome(attack), attack) for attack in attackers]
    return tuple(
        attack_in_words(attack, outcome)
        for each in OUTCOMES
        for outcome, attack in ended
        if outcome == each
    )


def _outcome(attack: Mapping[str, Any]) -> str:
    """Return how an attack ended; credentials that were signed before state `passed` alone."""
    outcome = str(attack.get("outcome", ""))
    if outcome in OUTCOMES and (
        outcome != "nothing" or can_have_nothing_to_play(str(attack["name"]))
    ):
        return outcome
    return "withstood" if attack["passed"] else "not-withstood"


def _beyond(attack: Mapping[str, Any]) -> str:
    value, high = percent(attack["excess"]), percent(attack["high"])
    if value == high:
        return value
    return _("%(value)s (up to %(high)s)") % {"value": value, "high": high}
