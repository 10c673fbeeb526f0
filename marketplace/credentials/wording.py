"""What a credential states, in sections of labelled fields, as its pages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.credentials.attackers import AttackInWords, stated_attacks
from marketplace.credentials.models import Credential
from marketplace.credentials.selectors import claims_of

SECTIONS: Mapping[str, str | Promise] = {
    "": _("General"),
    "applicant": _("Applicant"),
    "data": _("Data"),
    "rights": _("Rights"),
    "remarks": _("Remarks"),
    "seller": _("Seller"),
    "buyer": _("Buyer"),
    "projection": _("Licensed part"),
    "thresholds": _("Thresholds"),
    "attackers": _("Who tried, and how far they came"),
}
LABELS: Mapping[str, str | Promise] = {
    "nature": _("Nature"),
    "deposited_on": _("Deposited on"),
    "applicant.name": _("Name"),
    "applicant.type": _("Type"),
    "applicant.uscc": _("Unified social credit code"),
    "applicant.contact": _("Contact"),
    "applicant.operating_status": _("Operating status"),
    "data.name": _("Name of the data"),
    "data.abstract": _("Abstract"),
    "data.industry": _("Industry (GB/T 4754)"),
    "data.theme": _("Theme"),
    "data.source": _("Source"),
    "data.source_description": _("How it was collected"),
    "data.legal_basis": _("Legal basis"),
    "data.geographic_scope": _("Geographic scope"),
    "data.time_scope": _("Time scope"),
    "data.update_frequency": _("Update frequency"),
    "data.volume.rows": _("Volume: rows"),
    "data.volume.columns": _("Volume: columns"),
    "data.volume.bytes": _("Volume: bytes"),
    "data.form": _("Form"),
    "data.restriction_scope": _("Restriction scope"),
    "data.fingerprint": _("Fingerprint (SHA-256)"),
    "data.coverage.reaches": _("Covers"),
    "data.coverage.structure": _("Structure (SHA-256)"),
    "data.coverage.scope": _("Scope (SHA-256)"),
    "rights.holder": _("Holder"),
    "rights.uscc": _("Unified social credit code"),
    "rights.rights": _("Right types"),
    "rights.term_years": _("Term in years"),
    "rights.restrictions": _("Restrictions"),
    "rights.evidence.kind": _("Kind of evidence"),
    "rights.evidence.title": _("Title of evidence"),
    "rights.evidence.sha256": _("SHA-256 of evidence"),
    "rights.preceding": _("Passed from certificate"),
    "remarks.agreed_terms": _("Agreed terms and conditions"),
    "remarks.judicial_freeze": _("Judicial freeze"),
    "remarks.administrative_control": _("Administrative control"),
    "remarks.notice_waived": _("Public notice waived"),
    "remarks.passed_on.number": _("Passed on by certificate"),
    "remarks.passed_on.rights": _("Rights passed on"),
    "remarks.passed_on.limits": _("Passed on so far"),
    "sha256": _("SHA-256 of the data"),
    "dataset": _("Dataset"),
    "version": _("Version"),
    "statement": _("Statement"),
    "policy_digest": _("Digest of the policy"),
    "measured_at": _("Measured at"),
    "quasi_identifiers": _("Quasi-identifiers"),
    "rows": _("Rows"),
    "classes": _("Classes"),
    "smallest_class": _("Smallest class"),
    "unique_share": _("Share of unique rows"),
    "prosecutor_risk": _("Prosecutor risk"),
    "suppressed_share": _("Share of suppressed rows"),
    "verdict": _("Verdict"),
    "synthetic": _("Synthetic copy"),
    "synthetic.epsilon": _("ε"),
    "synthetic.delta": _("δ"),
    "synthetic.rows": _("Rows"),
    "relabelled.column": _("Column with a lower class than detected"),
    "relabelled.found_as": _("Found as"),
    "relabelled.decided_as": _("Decided as"),
    "relabelled.evidence": _("What was seen"),
    "relabelled.reason": _("Reason"),
    "relabelled.confirmed_by": _("Confirmed by"),
    "thresholds.smallest_class": _("Smallest class"),
    "thresholds.largest_unique_share": _("Largest share of unique rows"),
    "thresholds.largest_prosecutor_risk": _("Largest prosecutor risk"),
    "thresholds.largest_suppression": _("Largest share of suppressed rows"),
    "thresholds.largest_excess": _("An attacker beyond guessing, at most"),
    "thresholds.largest_certain_share": _("Largest share of certain values"),
    "thresholds.largest_certain_sensitive_share": _(
        "Largest share of certain values that are sensitive personal information"
    ),
    "thresholds.largest_unique_by_all": _("Largest share of rows unique by all columns"),
    "thresholds.largest_small_by_all": _("Largest share of rows in small groups by all columns"),
    "thresholds.known_columns": _("Columns that an attacker knows of a person"),
    "version_sha256": _("SHA-256 of the valued version"),
    "certificate": _("Certificate of the right"),
    "method": _("Method"),
    "purpose": _("Purpose"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "valued_on": _("Valued on"),
    "library_version": _("Version of the library"),
    "result_digest": _("Digest of the result"),
    "title": _("Title"),
    "report_kind": _("Kind of report"),
    "seller": _("Seller"),
    "made_from": _("SHA-256 of what it was made from"),
    "sheet_digest": _("Digest of the sheet"),
    "order": _("Order"),
    "contract_sha256": _("SHA-256 of the contract"),
    "seller.name": _("Name"),
    "seller.uscc": _("Unified social credit code"),
    "buyer.name": _("Name"),
    "buyer.uscc": _("Unified social credit code"),
    "bytes": _("Bytes"),
    "delivery": _("Delivery"),
    "delivered_at": _("Delivered at"),
    "acknowledged_at": _("Acknowledged at"),
    "acknowledged_by": _("Acknowledged by"),
    "downloads": _("Downloads"),
    "requests_by_programs": _("Requests by programs"),
    "rows_to_programs": _("Rows to programs"),
}
"""First the fields of annex 1 to 国数综政策〔2026〕35号, then those of reports, valuations and
deliveries; what is not among them keeps its own name."""

ROLES: Mapping[str, str | Promise] = {
    "direct": _("Direct identifier"),
    "quasi": _("Quasi-identifier"),
    "sensitive": _("Sensitive"),
    "other": _("Not personal"),
}
VALUES: dict[str, Mapping[str, str | Promise]] = {
    "verdict": {
        "no-personal-information": _("No personal information"),
        "anonymous": _("Anonymous"),
        "de-identified": _("De-identified: still personal information"),
        "not-measured": _("Not measured"),
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
        return str(_("Yes") if value else _("No"))
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
