"""What each command of the command line does."""

import json
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic

import polars as pl

from desensitize.crypto import KeyRing
from desensitize.detectors import classify_table
from desensitize.engines import run_policy
from desensitize.engines.publication import published
from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.policy import (
    ColumnRule,
    Policy,
    dump_policy,
    load_policy,
    policy_from_template,
)
from desensitize.privacy import load_hierarchy
from desensitize.profile import profile_table
from desensitize.risk import measure
from desensitize.tables import Limits, convert, sha256_of
from desensitize.tables.export import write_csv

RESULT = "result.parquet"
LIMITS = Limits(max_bytes=1024**4, max_rows=2**40, max_columns=10_000)


def scan(given: Namespace) -> None:
    """Print what each column is taken for."""
    with opened(given.file) as (table, _):
        proposals = classify_table(table, profile_table(table))
    if given.json:
        _print_json({"columns": [proposal.as_dict() for proposal in proposals]})
        return
    for proposal in proposals:
        kind = proposal.kind or "-"
        print(f"{proposal.name}\t{proposal.role}\t{kind}\t{proposal.evidence}")


def mask(given: Namespace) -> None:
    """Run a policy from a TOML file."""
    keys = None
    if given.key_file is not None:
        keys = KeyRing.from_file(given.key_file, dataset=given.dataset, recipient=given.recipient)
    policy = load_policy(given.policy)
    with opened(given.source) as (table, work):
        result = _run(table, given.target, policy, keys, work)
    if given.json:
        _print_json(result)
    else:
        print(f"{result['rows_written']} rows written, {result['suppressed_rows']} left out.")


def anonymize(given: Namespace) -> None:
    """Generalize the quasi-identifiers and keep every other column."""
    started = monotonic()
    quasi_identifiers = _names(given.qi)
    if not quasi_identifiers:
        raise DesensitizeError("no_quasi_identifiers")
    with opened(given.source) as (table, work):
        columns = pl.read_parquet_schema(table)
        for name in quasi_identifiers:
            if name not in columns:
                raise DesensitizeError(
                    "unknown_column", column=name, nearest=nearest(name, columns)
                )
        column_rules = [
            ColumnRule(name, "quasi", "generalize", _hierarchy(given.hierarchies, name))
            if name in quasi_identifiers
            else ColumnRule(name, "other", "keep")
            for name in columns
        ]
        rules = Policy(tuple(column_rules), given.k, given.suppression, given.method)
        result = _run(table, given.target, rules, None, work)
        figures = measure(work / RESULT, quasi_identifiers=quasi_identifiers)
    answer = {
        "method": given.method,
        "k": given.k,
        "loss": result["loss"],
        "classes": figures.classes,
        "smallest_class": figures.smallest_class,
        "suppressed_rows": result["suppressed_rows"],
        "seconds": round(monotonic() - started, 3),
    }
    if given.json:
        _print_json(answer)
    else:
        print(
            f"{figures.rows} rows in {figures.classes} classes of at least "
            f"{figures.smallest_class}; loss {result['loss']:.4f}."
        )


def risk(given: Namespace) -> None:
    """Print the measured risk of a table; the digest is of the file that was given."""
    with opened(given.file) as (table, _):
        figures = measure(
            table, quasi_identifiers=_names(given.qi), sensitive=_names(given.sensitive)
        )
    figures = replace(figures, sha256=sha256_of(given.file))
    if given.json:
        _print_json(figures.as_dict())
        return
    for name, value in figures.as_dict().items():
        print(f"{name}\t{value}")


def policy(given: Namespace) -> None:
    """Print a proposed policy."""
    with opened(given.file) as (table, _):
        proposals = classify_table(table, profile_table(table))
    proposed = policy_from_template(given.template, proposals)
    if given.json:
        _print_json(proposed.to_dict())
    else:
        print(dump_policy(proposed), end="")


COMMANDS: Mapping[str, Callable[[Namespace], None]] = {
    "scan": scan,
    "mask": mask,
    "anonymize": anonymize,
    "risk": risk,
    "policy": policy,
}


@contextmanager
def opened(source: Path) -> Iterator[tuple[Path, Path]]:
    """Hand out a Parquet file with the table, and a private work folder that is removed."""
    with tempfile.TemporaryDirectory(prefix="desensitize-") as folder:
        work = Path(folder)
        if source.suffix.lower() in (".parquet", ".pq"):
            if not source.is_file():
                raise TableError("file_missing")
            yield source, work
        else:
            table = work / "table.parquet"
            convert(source, table, filename=source.name, limits=LIMITS)
            yield table, work


def _run(
    table: Path, target: Path, rules: Policy, keys: KeyRing | None, work: Path
) -> dict[str, object]:
    progress = _show_progress if sys.stderr.isatty() else None
    plain = work / RESULT
    result = run_policy(table, plain, rules, keys=keys, work=work, progress=progress)
    _write(plain, target)
    return asdict(result)


def _write(table: Path, target: Path) -> None:
    with published(target) as temporary:
        if target.suffix.lower() == ".csv":
            write_csv(table, temporary)
        else:
            shutil.copyfile(table, temporary)


def _hierarchy(folder: Path | None, column: str) -> dict[str, object]:
    if folder is None:
        return {}
    files = sorted(folder.glob(f"*_hierarchy_{column}.csv"))
    if not files:
        return {}
    return {"hierarchy": load_hierarchy(files[0], column).rows}


def _names(given: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in given.split(",") if name.strip())


def _show_progress(share: float, step: str) -> None:
    print(f"\r{share:4.0%} {step:<10}", end="\n" if share >= 1 else "", file=sys.stderr)


def _print_json(answer: object) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=2))
