"""Lay a risk report out as one page of HTML."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from desensitize.risk.charts import bar_chart

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; color: #1a202c }
table { border-collapse: collapse } td, th { padding: .2rem .8rem .2rem 0; text-align: left }
svg { max-width: 100%; height: auto; font-size: 13px } code { word-break: break-all }
.grade { border-left: .4rem solid #2b6cb0; padding: .2rem 1rem; background: #ebf4ff }
"""

FIGURES = {
    "rows": "rows",
    "classes": "classes of rows that look alike",
    "k": "smallest class (k)",
    "unique_rows": "rows that are unique",
    "prosecutor_max": "highest risk that a known person is found",
    "prosecutor_mean": "the same for the average row",
    "marketer": "share that an attack on all rows finds",
    "share_at_risk": "share of rows above the risk accepted",
    "journalist_max": "highest risk against the population",
    "journalist_mean": "the same for the average row, against the population",
    "k_map": "fewest persons of the population for a class (k-map)",
    "estimated_population_uniques": "unique rows that are unique in the population, estimated",
    "l": "fewest different sensitive values in a class (l)",
    "t": "greatest distance of a class from the whole (t)",
}


def page(report: Mapping[str, Any]) -> str:
    """Return the page for what `RiskReport.as_dict` says."""
    graded = report["grade"]
    body = [
        "<h1>Risk report</h1>",
        f"<p>Measured on the file with the SHA-256 digest <code>{escape(report['sha256'])}</code>."
        "</p>",
        f'<p class="grade"><strong>Grade {graded["level"]} of 4</strong> (GB/T 42460). '
        f"{escape(graded['sentence'])}</p>",
        "<h2>What a re-identifier could do</h2>",
        _list(report["words"]),
        *_direct(report["direct_identifiers"]),
        *_alike(report),
        "<h2>Figures</h2>",
        _figures(report),
        *_sensitive(report["risk"]["by_column"] if report["quasi_identifiers"] else {}),
        *_utility(report["utility"]),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Risk report</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _list(sentences: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in sentences) + "</ul>"


def _direct(found: Sequence[Mapping[str, Any]]) -> list[str]:
    if not found:
        return ["<p>A search of every cell found no direct identifier.</p>"]
    return [
        "<h2>Direct identifiers that were found</h2>",
        _list([f"{one['column']}: {one['kind']} in {one['rows']} rows" for one in found]),
    ]


def _alike(report: Mapping[str, Any]) -> list[str]:
    if not report["quasi_identifiers"]:
        return []
    return [
        "<h2>How many rows look alike</h2>",
        _sizes(report["class_sizes"], report["risk"]["rows"]),
    ]


def _sizes(bands: Sequence[Mapping[str, Any]], rows: int) -> str:
    bars = []
    for band in bands:
        low, high = band["smallest"], band["largest"]
        label = f"{low} and more" if high is None else str(low) if low == high else f"{low}–{high}"
        part = band["rows"] / rows if rows else 0.0
        bars.append((f"class of {label}", part, f"{band['rows']} ({part:.1%})"))
    return bar_chart("Rows by the size of their class", bars)


def _figures(report: Mapping[str, Any]) -> str:
    limits = report["grade"]["thresholds"]
    lines = []
    # Without quasi-identifiers all rows are one class, and its figures say nothing.
    names = FIGURES if report["quasi_identifiers"] else {"rows": FIGURES["rows"]}
    for name, label in names.items():
        value = report["risk"].get(name)
        if value is None:
            continue
        limit = limits.get(f"largest_{name}")
        asked = "" if limit is None else f"at most {_figure(limit)}"
        lines.append((label, _figure(value), asked))
    return _table(("figure", "measured", "accepted"), lines)


def _sensitive(columns: Mapping[str, Mapping[str, Any]]) -> list[str]:
    if not columns:
        return []
    heads = ("column", "l", "entropy l", "t", "t in order", "rows disclosed", "guessed right")
    lines = [
        (
            name,
            *(
                _figure(one[figure])
                for figure in ("l", "l_entropy", "t", "t_ordered", "disclosed_rows", "best_guess")
            ),
        )
        for name, one in columns.items()
    ]
    return ["<h2>Sensitive columns</h2>", _table(heads, lines)]


def _utility(utility: Mapping[str, Any] | None) -> list[str]:
    if utility is None:
        return []
    losses = [
        (column["name"], column["loss"], f"{column['loss']:.1%}")
        for column in utility["columns"]
        if column["loss"] is not None
    ]
    parts = [
        "<h2>What was lost</h2>",
        f"<p>{utility['suppressed_rows']} of {utility['rows_before']} rows were left out; the loss "
        f"is {_figure(utility['loss'])} on a scale from 0 (nothing) to 1 (everything). "
        f"The table before has the digest <code>{escape(utility['sha256_before'])}</code>.</p>",
    ]
    if losses:
        parts.append(bar_chart("Loss by column", losses))
    lines = [
        (
            column["name"],
            column["change"],
            *(
                _figure((column["distances"] or {}).get(name))
                for name in ("total_variation", "kolmogorov_smirnov", "wasserstein")
            ),
        )
        for column in utility["columns"]
    ]
    heads = ("column", "change", "rows that moved", "Kolmogorov–Smirnov", "mean way")
    return [*parts, _table(heads, lines)]


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _figure(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.4g}"
