"""The sheet: everything that a buyer decides on, frozen as plain values at publication."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import rfc8785
from django.conf import settings
from django.utils import translation

from desensitize.profile import profile_columns
from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.catalog.dataset.choices import Theme
from marketplace.catalog.dataset.models import Described
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.credentials.models import Credential
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.version.selectors import sample_rows
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.listings.gate import Proofs
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.texts import NAMES, texts_to_freeze
from marketplace.trading.listings.listing.usage_policy import offer_policy
from marketplace.trading.listings.plans.base import as_text
from marketplace.trading.listings.report.selectors import report_of_listing
from marketplace.trading.listings.revision.measured import measured_quality, quality_of_model
from marketplace.trading.listings.sandbox.selectors import sandbox_of
from marketplace.trading.listings.sheet.texts import are_texts, what_is_shared
from marketplace.trading.listings.terms.usage_policy import policy_digest
from marketplace.vault.services import open_stored

SAMPLE_ROWS = 20
COMPARED_ROWS = 5_000
"""The most rows that are looked at for what texts share."""
LONGEST_CELL = 80
SPREAD_ROWS = 200_000
"""The most rows in which the spread of each column is counted."""
NO_SAMPLE: dict[str, Any] = {"columns": [], "rows": []}
SEARCHED_COLUMNS = ("search_text", "theme", "asset_kind", "region")
"""What the market is searched by, in columns of its own."""
FROZEN_COLUMNS = ("sheet", "sheet_digest", *SEARCHED_COLUMNS)
"""What `freeze_sheet` fills."""


def freeze_sheet(listing: Listing, proofs: Proofs) -> None:
    """Give a listing the sheet that buyers decide on, and what it is searched by; save it after.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    listing.sheet = build_sheet(listing, proofs)
    listing.sheet_digest = sheet_digest(listing.sheet)
    for column, value in searched_columns(listing.sheet).items():
        setattr(listing, column, value)


def searched_columns(sheet: dict[str, Any]) -> dict[str, str]:
    """Return what the market is searched by, read from a sheet."""
    dataset = sheet["dataset"]
    texts = (
        *(sheet[name] for name in NAMES if name in sheet),
        *(dataset["title"], dataset["abstract"]),
        *(sheet["seller"]["name"], sheet["right"]["number"]),
        *_in_each_language(dataset["theme"]),
        *(text for column in sheet["columns"] for text in (column["name"], column["label"])),
    )
    found = {name: str(dataset[name]) for name in ("theme", "asset_kind", "region")}
    return {"search_text": "\n".join(texts).casefold(), **found}


def _in_each_language(theme: str) -> list[str]:
    """Return the words of a theme in every language of the centre."""
    words = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words.append(str(Theme(theme).label) if theme in Theme.values else theme)
    return words


def build_sheet(listing: Listing, proofs: Proofs) -> dict[str, Any]:
    """Return the sheet of a listing whose gate is open, as values that JSON can hold.

    Money and dates are texts; shares run from 0 to 1. Words stand as codes, so that each reader
    has them in their own language.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    certificate, report, appraisal = proofs.certificate, proofs.risk_report, proofs.appraisal
    assert certificate is not None
    assert report is not None
    assert appraisal is not None
    version, seller = proofs.version, proofs.seller
    columns = list(columns_of(version))
    quality, filled = (
        quality_of_model(columns) if version.is_model else measured_quality(version, columns)
    )
    shows_rows = listing.delivery.shows_rows and not version.is_model
    spread_rows, spreads = spreads_of(version) if shows_rows else (0, {})
    policy = offer_policy(listing)
    return {
        **texts_to_freeze(listing),
        "price": as_text(listing.price),
        "price_per": listing.price_per.value,
        "plan": listing.plan,
        "currency": listing.currency,
        "delivery_mode": listing.delivery_mode,
        "terms": listing.terms,
        "policy": policy,
        "seller": {"id": str(seller.pk), "name": seller.name, "kind": seller.kind},
        "dataset": {"id": str(proofs.dataset.pk), **_described(proofs.described)},
        "version": {
            "id": str(version.pk),
            "number": version.number,
            "rows": version.rows,
            "size": version.size,
        },
        "columns": _columns(columns, filled, spreads),
        "spread_rows": spread_rows,
        "quality": quality,
        "sample": sample_of(version) if shows_rows else NO_SAMPLE,
        "sandbox": _sandbox(listing),
        "report": _report(listing),
        "model": report.figures if report.is_of_model else None,
        "risk": _risk(report),
        "right": _right(certificate),
        "valuation": _valuation(appraisal),
        "digests": {
            "bytes": proofs.bytes_sha256,
            "certificate": certificate.credential.digest,
            "risk_report": report.credential.digest if report.credential else report.sha256,
            "valuation": appraisal.result_digest,
            "policy": policy_digest(policy),
        },
    }


def _columns(
    columns: Sequence[Column],
    filled: Mapping[str, float],
    spreads: Mapping[str, list[list[Any]]],
) -> list[dict[str, Any]]:
    return [
        {
            "name": column.name,
            "dtype": column.dtype,
            "label": column.label,
            "meaning": column.meaning,
            "unit": column.unit,
            "filled": filled.get(column.name),
            "spread": spreads.get(column.name, []),
        }
        for column in columns
    ]


def _described(data: Described) -> dict[str, Any]:
    return {
        "title": data.title,
        "abstract": data.abstract,
        "theme": data.theme,
        "asset_kind": data.asset_kind,
        "source_kind": data.source_kind,
        "source_description": data.source_description,
        "legal_basis": data.legal_basis,
        "region": data.region,
        "time_scope": data.time_scope,
        "update_frequency": data.update_frequency,
        "grade": data.grade,
    }


def _risk(report: RiskReport) -> dict[str, Any]:
    return {
        "id": str(report.pk),
        "figures": report.figures,
        "thresholds": report.thresholds,
        "quasi_identifiers": list(report.quasi_identifiers),
        "credential": _named(report.credential),
        "verdict": report.verdict,
        "judgement": report.judgement,
        "measured_at": report.measured_at.isoformat(),
        "valid_until": report.valid_until.isoformat(),
    }


def _right(certificate: Certificate) -> dict[str, Any]:
    return {
        "id": str(certificate.pk),
        "number": certificate.number,
        "rights": list(certificate.rights),
        "valid_from": certificate.valid_from.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "credential": _named(certificate.credential),
    }


def _valuation(appraisal: Appraisal) -> dict[str, Any]:
    return {
        "id": str(appraisal.pk),
        "method": appraisal.method,
        "formula": appraisal.result["explanation"]["formula"],
        "credential": _named(appraisal.credential),
        "amount": str(appraisal.amount),
        "currency": appraisal.currency,
        "valued_on": appraisal.valued_on.isoformat(),
        "valid_until": appraisal.valid_until.isoformat() if appraisal.valid_until else "",
    }


def _report(listing: Listing) -> dict[str, str] | None:
    """Say which report is delivered; its content is what is sold."""
    written = report_of_listing(listing) if listing.delivery.needs_report else None
    if written is None:
        return None
    names = ("kind", "title", "summary")
    return {name: written.content[name] for name in names} | {"sha256": written.sha256}


def _sandbox(listing: Listing) -> dict[str, Any] | None:
    """Say what a sandbox answers and what its answers may spend."""
    declared = sandbox_of(listing) if listing.delivery.needs_sandbox else None
    if declared is None:
        return None
    return {
        "declaration": declared.declaration,
        "epsilon": str(declared.epsilon),
        "epsilon_question": str(declared.epsilon_question),
        "epsilon_all": str(declared.epsilon_all),
        "period": declared.period,
    }


def _named(credential: Credential | None) -> dict[str, str] | None:
    """Say which signed document shows a proof to anybody."""
    return {"id": str(credential.pk), "number": credential.number} if credential else None


def sheet_digest(sheet: dict[str, Any]) -> str:
    """Return the SHA-256 of a sheet's canonical JSON (RFC 8785), as hex."""
    return hashlib.sha256(rfc8785.dumps(sheet)).hexdigest()


def sample_of(version: DatasetVersion) -> dict[str, Any]:
    """Return the first rows of a masked version, each cell short enough to read.

    Of texts, whose columns stand under `texts`, no more is shown than what several rows share.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    sample = sample_rows(version, COMPARED_ROWS)
    columns = [[row[place] for row in sample.rows] for place in range(len(sample.columns))]
    texts = [
        name for name, values in zip(sample.columns, columns, strict=True) if are_texts(values)
    ]
    shown = [
        (what_is_shared(values) if name in texts else values)[:SAMPLE_ROWS]
        for name, values in zip(sample.columns, columns, strict=True)
    ]
    return {
        "columns": list(sample.columns),
        "rows": [[_cell(value) for value in row] for row in zip(*shown, strict=True)],
        **({"texts": texts} if texts else {}),
    }


def spreads_of(version: DatasetVersion) -> tuple[int, dict[str, list[list[Any]]]]:
    """Return how the values of each column of a masked version spread, as [label, count] pairs.

    First, in how many rows that is counted: the first ones of the table. What fewer than five rows
    share is counted together, and of a column whose values are different nearly everywhere nothing
    is said.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        batch = next(table.iter_batches(batch_size=SPREAD_ROWS), None)
    if batch is None:
        return 0, {}
    frame: Any = pl.from_arrow(batch)
    # As of what is about persons, whatever the role: the page is for everybody.
    shown = [one.shown("quasi") for one in profile_columns(frame.lazy())]
    return batch.num_rows, {
        one.name: [[_cell(label), count] for label, count in one.histogram] for one in shown
    }


def _cell(value: str | None) -> str | None:
    """Shorten a cell, and leave out the one character that PostgreSQL cannot store."""
    if value is None:
        return None
    text = value.replace("\x00", "")
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
