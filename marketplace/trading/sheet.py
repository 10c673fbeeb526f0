"""The sheet: everything that a buyer decides on, frozen as plain values at publication."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import rfc8785

from marketplace.catalog.models import DatasetVersion
from marketplace.catalog.selectors import columns_of
from marketplace.preparation.selectors import sample_rows
from marketplace.trading.gate import Proofs
from marketplace.trading.models import Listing
from marketplace.vault.services.files import open_stored

SAMPLE_ROWS = 10
LONGEST_CELL = 80


def build_sheet(listing: Listing, proofs: Proofs) -> dict[str, Any]:
    """Answer the sheet of a listing whose gate is open, as values that JSON can hold.

    Money and dates are texts; shares run from 0 to 1. Words stand as codes, so that each reader
    has them in their own language.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    certificate, report, appraisal = proofs.certificate, proofs.risk_report, proofs.appraisal
    assert certificate is not None
    assert report is not None
    assert appraisal is not None
    dataset, version, seller = proofs.dataset, proofs.version, proofs.seller
    filled = _filled(version)
    columns = list(columns_of(version))
    return {
        "title": listing.title,
        "summary": listing.summary,
        "price": str(listing.price),
        "currency": listing.currency,
        "delivery_mode": listing.delivery_mode,
        "terms": listing.terms,
        "seller": {"id": str(seller.pk), "name": seller.name, "kind": seller.kind},
        "dataset": {
            "id": str(dataset.pk),
            "title": dataset.title,
            "abstract": dataset.abstract,
            "theme": dataset.theme,
            "asset_kind": dataset.asset_kind,
            "source_kind": dataset.source_kind,
            "source_description": dataset.source_description,
            "legal_basis": dataset.legal_basis,
            "region": dataset.region,
            "time_scope": dataset.time_scope,
            "update_frequency": dataset.update_frequency,
            "grade": dataset.grade,
        },
        "version": {
            "id": str(version.pk),
            "number": version.number,
            "rows": version.rows,
            "size": version.size,
        },
        "columns": [
            {
                "name": column.name,
                "dtype": column.dtype,
                "label": column.label,
                "meaning": column.meaning,
                "unit": column.unit,
                "filled": filled[column.name],
            }
            for column in columns
        ],
        "quality": {
            "filled": _mean(list(filled.values())),
            "explained": _mean([1.0 if column.meaning else 0.0 for column in columns]),
            "complete_columns": sum(share == 1.0 for share in filled.values()),
        },
        "sample": _sample(version),
        "risk": {
            "id": str(report.pk),
            "figures": report.figures,
            "thresholds": report.thresholds,
            "personal": report.personal,
            "measured_at": report.measured_at.isoformat(),
            "valid_until": report.valid_until.isoformat(),
        },
        "right": {
            "id": str(certificate.pk),
            "number": certificate.number,
            "rights": list(certificate.rights),
            "valid_from": certificate.valid_from.isoformat(),
            "valid_until": certificate.valid_until.isoformat(),
        },
        "valuation": {
            "id": str(appraisal.pk),
            "method": appraisal.method,
            "amount": str(appraisal.amount),
            "currency": appraisal.currency,
            "valued_on": appraisal.valued_on.isoformat(),
            "valid_until": appraisal.valid_until.isoformat() if appraisal.valid_until else "",
        },
        "digests": {
            "bytes": proofs.bytes_sha256,
            "certificate": certificate.credential.digest,
            "risk_report": report.credential.digest if report.credential else report.sha256,
            "valuation": appraisal.result_digest,
        },
    }


def sheet_digest(sheet: dict[str, Any]) -> str:
    """Answer the SHA-256 of a sheet's canonical JSON (RFC 8785), as hex."""
    return hashlib.sha256(rfc8785.dumps(sheet)).hexdigest()


def _filled(version: DatasetVersion) -> dict[str, float]:
    """Answer the share of filled cells of each column of the stored bytes."""
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        rows = table.metadata.num_rows
        nulls = {
            name: _nulls(table, position) for position, name in enumerate(table.schema_arrow.names)
        }
    return {name: 1 - count / rows if rows else 0.0 for name, count in nulls.items()}


def _nulls(table: pq.ParquetFile, position: int) -> int:
    """Count the empty cells of a column: from the footer, else by reading the column."""
    count = 0
    for number in range(table.num_row_groups):
        statistics = table.metadata.row_group(number).column(position).statistics
        if statistics is not None and statistics.has_null_count:
            count += statistics.null_count
        else:
            name = table.schema_arrow.names[position]
            count += table.read_row_group(number, columns=[name]).column(0).null_count
    return count


def _sample(version: DatasetVersion) -> dict[str, Any]:
    """Answer the first rows, each cell short enough to read."""
    sample = sample_rows(version, SAMPLE_ROWS)
    return {
        "columns": list(sample.columns),
        "rows": [[_cell(value) for value in row] for row in sample.rows],
    }


def _cell(value: str | None) -> str | None:
    """Shorten a cell, and leave out the one character that PostgreSQL cannot store."""
    if value is None:
        return None
    text = value.replace("\x00", "")
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _mean(shares: list[float]) -> float:
    return float(round(Decimal(sum(shares)) / len(shares), 6)) if shares else 0.0
