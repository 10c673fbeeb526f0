"""What a listing promises, as an Open Data Contract (ODCS v3.1.0).

It is made of the sheet that was frozen at publication and of the columns of its version, so it says
the same as long as the listing stands. Source: bitol-io/open-data-contract-standard, v3.1.0.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import yaml
from django.utils import translation

from desensitize.quality import Rule
from marketplace.catalog.dataset.choices import ColumnType, UpdateFrequency
from marketplace.catalog.quality.models import RuleReason
from marketplace.catalog.quality.presentation import in_words, masked_words, tolerated
from marketplace.catalog.version.code_lists import codes_of, missing_codes
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.trading.listings.data_contract.queries import (
    DeliveredColumn,
    is_expressed,
    quality_of,
)
from marketplace.trading.listings.history.presentation import changes_in_words, rule_changes
from marketplace.trading.listings.history.selectors import difference_kept, public_revisions
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.listing.texts import LEAD, labelled
from marketplace.trading.listings.mode.modes import MODES
from marketplace.trading.listings.revision.promises import rules_of_revision
from marketplace.trading.listings.sheet.presentation import plan_of_sheet
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.trading.listings.terms.terms import Terms

API_VERSION: Final = "v3.1.0"
OBJECT: Final = "data"
"""What the delivered table is called in its contract."""

LOGICAL_TYPES: Final[Mapping[str, str]] = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.DECIMAL: "number",
    ColumnType.FLOAT: "number",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.DATE: "date",
    ColumnType.DATETIME: "timestamp",
    ColumnType.TIME: "time",
    ColumnType.OTHER: "string",
}
EVERY: Final[Mapping[str, tuple[int, str]]] = {
    UpdateFrequency.DAILY: (1, "d"),
    UpdateFrequency.WEEKLY: (7, "d"),
    UpdateFrequency.MONTHLY: (1, "m"),
    UpdateFrequency.QUARTERLY: (3, "m"),
    UpdateFrequency.YEARLY: (1, "y"),
}
STATUS: Final[Mapping[str, str]] = {
    ListingState.PUBLISHED: "active",
    ListingState.SUSPENDED: "suspended",
    ListingState.WITHDRAWN: "retired",
    ListingState.SUPERSEDED: "deprecated",
}
MODEL_NOT_TESTED: Final = "A model is no table. Compare its SHA-256 with `bytesSha256`."


def contract_yaml(listing: Listing, address: Callable[[str], str]) -> str:
    """Return the contract of a published listing as YAML, in English.

    `address` makes an address in full of the name of a page of the listing.
    """
    with translation.override("en"):
        document = contract_of(listing, address)
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)


def contract_of(listing: Listing, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the contract of a published listing as plain values."""
    sheet = listing.sheet
    assert sheet is not None, "A published listing has a sheet."
    version = listing.revision.version
    schema, untested = _schema(sheet, version)
    plan = plan_of_sheet(sheet)
    document: dict[str, Any] = {
        "version": f"{listing.revision.number}.0.0",
        "apiVersion": API_VERSION,
        "kind": "DataContract",
        "id": str(listing.pk),
        "name": sheet["title"],
        "tenant": sheet["seller"]["name"],
        "status": STATUS.get(listing.state, "draft"),
        "domain": sheet["dataset"]["theme"],
        "dataProduct": sheet["dataset"]["title"],
        "description": {
            "purpose": sheet[LEAD.name],
            "usage": sheet["terms"].get("purpose", ""),
            "limitations": sheet["terms"].get("restrictions", "") or "None beyond the licence.",
        },
        "authoritativeDefinitions": [
            {"type": "listing", "url": address("listing_public")},
            {"type": "odrl", "url": address("listing_policy")},
        ],
        "schema": [schema],
        "price": {
            "priceAmount": float(plan.price_as_paid),
            "priceCurrency": sheet["currency"],
            "priceUnit": plan.price_per.value,
        },
        "slaProperties": _service_levels(sheet),
        "support": [{"channel": "listing", "tool": "other", "url": address("listing_public")}],
        "customProperties": _custom(listing, sheet, untested),
    }
    mode = MODES[sheet["delivery_mode"]]
    if mode.shows_rows:
        form = "onnx" if sheet.get("model") else "parquet"
        document["servers"] = [
            {
                "server": "delivery",
                "type": "local",
                "path": f"./{OBJECT}.{form}",
                "format": form,
                "description": mode.contract_note,
            }
        ]
    return document


def _why_not_tested(sheet: Mapping[str, Any]) -> str:
    """Say why no program can test what is delivered, "" where one can."""
    mode = MODES[sheet["delivery_mode"]]
    if mode.shows_rows:
        return MODEL_NOT_TESTED if sheet.get("model") else ""
    return mode.contract_note


def _schema(
    sheet: Mapping[str, Any], version: DatasetVersion
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the delivered table with its rules, and the rules that no program can test."""
    scope = sheet["terms"].get("columns") or [column["name"] for column in sheet["columns"]]
    shown = [column for column in sheet["columns"] if column["name"] in scope]
    delivered = _delivered(version, scope)
    of_table: list[dict[str, Any]] = []
    of_column: dict[str, list[dict[str, Any]]] = {}
    untested: list[dict[str, str]] = []
    for one in sheet["quality"].get("rules", {}).get("of", ()):
        columns = one["rule"]["columns"]
        if any(name not in delivered for name in columns):
            continue
        if one["reason"] in (RuleReason.MASKED, RuleReason.NO_PAST):
            words = masked_words(one["rule"]["kind"], columns).removesuffix(": ")
            untested.append({"rule": words, "why": str(RuleReason(one["reason"]).label)})
            continue
        rule = Rule.from_dict(one["rule"])
        words = f"{in_words(rule)}; {tolerated(rule.tolerance)}"
        said = quality_of(rule, delivered, words=words, median=one["checked"])
        if not is_expressed(said):
            untested.append({"rule": words, "why": "no program can ask it of the file alone"})
        if len(columns) == 1:
            of_column.setdefault(columns[0], []).append(said)
        else:
            of_table.append(said)
    properties = [_property(column, of_column.get(column["name"], [])) for column in shown]
    schema: dict[str, Any] = {
        "name": OBJECT,
        "logicalType": "object",
        "physicalType": "file",
        "description": sheet["dataset"]["abstract"],
        "properties": properties,
    }
    return schema | ({"quality": of_table} if of_table else {}), untested


def _delivered(version: DatasetVersion, scope: list[str]) -> dict[str, DeliveredColumn]:
    found = {}
    for column in columns_of(version):
        if column.name in scope:
            missing = () if column.is_altered else missing_codes(column)
            known = () if column.is_altered else tuple(codes_of(column))
            says = tuple(code for code in known if code not in missing)
            found[column.name] = DeliveredColumn(column.name, column.dtype, missing, says)
    return found


def _property(column: Mapping[str, Any], quality: list[dict[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column["name"],
        "logicalType": LOGICAL_TYPES[column["dtype"]],
        "businessName": column["label"] or column["name"],
    }
    described = column["meaning"] + (f" ({column['unit']})" if column["unit"] else "")
    if described.strip():
        said["description"] = described.strip()
    return said | ({"quality": quality} if quality else {})


def _service_levels(sheet: Mapping[str, Any]) -> list[dict[str, Any]]:
    levels: list[dict[str, Any]] = []
    promised = Terms.from_json(sheet["terms"]).service_levels()
    is_promised = any(level["property"] == "frequency" for level in promised)
    every = EVERY.get(sheet["dataset"]["update_frequency"])
    if every is not None and not is_promised:
        levels.append({"property": "frequency", "value": every[0], "unit": every[1]})
    for one in sheet["quality"].get("rules", {}).get("of", ()):
        if one["rule"]["kind"] == "fresh" and not one["reason"]:
            days = one["rule"]["parameters"]["days"]
            # Of the day on which a revision arrives; a reader who asks later finds it older.
            levels.append(
                {
                    "property": "timeOfArrival",
                    "value": days,
                    "unit": "d",
                    "element": f"{OBJECT}.{one['rule']['columns'][0]}",
                    "description": in_words(Rule.from_dict(one["rule"])),
                }
            )
    return levels + promised


def _changelog(listing: Listing, number: int) -> list[dict[str, Any]]:
    """Return what changed since the revision that was on the market before; nothing of a first.

    `number` is that of the rules in the sheet.
    """
    revision = public_revisions(listing.product).filter(pk=listing.revision_id).first()
    if revision is None:
        return []
    rules = rules_of_revision(revision, revision, asked=number)
    if rules.before is None:
        return []
    changed = {
        "revision": revision.number,
        "revisionBefore": rules.before,
        "qualityRules": [one.text for one in rule_changes(rules)],
        "data": changes_in_words(difference_kept(revision)),
    }
    return [{"property": "changelog", "value": changed}]


def _custom(
    listing: Listing, sheet: Mapping[str, Any], untested: list[dict[str, str]]
) -> list[dict[str, Any]]:
    terms = terms_facts(sheet["terms"], delivery_mode=sheet["delivery_mode"])
    rules, why_not = sheet["quality"].get("rules", {}), _why_not_tested(sheet)
    return [
        *([{"property": "deliveryNotTested", "value": why_not}] if why_not else []),
        {"property": "bytesSha256", "value": sheet["digests"]["bytes"]},
        {"property": "sheetSha256", "value": listing.sheet_digest},
        {"property": "policySha256", "value": sheet["digests"]["policy"]},
        {"property": "qualityRulesVersion", "value": rules.get("number", 0)},
        {"property": "qualityRulesSha256", "value": rules.get("digest", "")},
        {"property": "qualityRulesNotTested", "value": untested},
        *_changelog(listing, rules.get("number", 0)),
        {"property": "deliveryMode", "value": sheet["delivery_mode"]},
        *({"property": one.name, "value": text} for one, text in labelled(sheet)),
        {"property": "terms", "value": [{str(label): str(value)} for label, value in terms]},
    ]
