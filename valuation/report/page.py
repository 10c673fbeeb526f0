"""One self-contained HTML page of a result: no scripts, nothing fetched, everything escaped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import escape
from typing import Final

from valuation.result import Node, Result
from valuation.rounding import as_text

NOTE: Final = "Reference value, no appraisal report."
_STYLE: Final = """
body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;color:#1b1b1b}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
.amount{font-size:2rem;font-weight:600}.note{border-left:4px solid #8a5a00;padding:.5rem 1rem;
background:#fff6e0}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.3rem .6rem;
text-align:left;vertical-align:top;overflow-wrap:anywhere}
ul.way{list-style:none;padding-left:1.2rem;border-left:1px solid #ccc}
.way .formula{color:#444}.way .source{color:#0b5a2b}pre{white-space:pre-wrap;overflow-wrap:anywhere;
background:#f4f4f4;padding:1rem}
@media print{body{margin:0}}
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def page_of(result: Result, *, title: str, formula: str) -> str:
    """Write the page, in English, for a result of the method with this title and formula."""
    return "\n".join(_lines(result, title, formula)) + "\n"


def _lines(result: Result, title: str, formula: str) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>"
    yield f"<h1>{escape(title)}</h1>"
    yield f'<p class="amount">{escape(_amount(result))}</p>'
    yield f'<p class="note"><strong>{escape(NOTE)}</strong> It is no audit opinion, and it is never'
    yield " booked as a carrying amount.</p>"
    yield f"<p>Formula: {escape(formula)}</p>"
    yield "<h2>Warnings</h2>"
    if result.warnings:
        yield "<ul>"
        yield from (f"<li>{escape(warning.sentence)}</li>" for warning in result.warnings)
        yield "</ul>"
    else:
        yield "<p>None.</p>"
    yield "<h2>Figures</h2><table><thead><tr><th>Figure</th><th>Value</th></tr></thead><tbody>"
    for name, figure in result.outputs.items():
        yield f"<tr><th>{escape(name)}</th><td>{escape(_figure(figure))}</td></tr>"
    yield "</tbody></table>"
    yield '<h2>How it comes about</h2><ul class="way">'
    yield from _way(result.explanation)
    yield "</ul><h2>Inputs</h2>"
    inputs = json.dumps(result.inputs, ensure_ascii=False, indent=2)
    yield f"<pre>{escape(inputs)}</pre>"
    version = escape(result.version)
    yield f"<p>Method {escape(result.method)}, computed by valuation {version}.</p>"
    yield "</main></body></html>"


def _amount(result: Result) -> str:
    if result.amount is None:
        return "No single amount of money"
    return f"{result.amount:,f} {result.currency}"


def _way(node: Node) -> Iterator[str]:
    formula = f' <span class="formula">= {escape(node.formula)}</span>' if node.formula else ""
    source = f' <span class="source">[{escape(node.source)}]</span>' if node.source else ""
    value = f"{as_text(node.value)} {node.unit}".rstrip()
    yield f"<li><strong>{escape(node.name)}</strong>{formula}: {escape(value)}{source}"
    if node.children:
        yield '<ul class="way">'
        for child in node.children:
            yield from _way(child)
        yield "</ul>"
    yield "</li>"


def _figure(figure: object) -> str:
    if isinstance(figure, Decimal):
        return as_text(figure)
    if isinstance(figure, Mapping):
        return ", ".join(f"{name}: {_figure(part)}" for name, part in figure.items())
    if isinstance(figure, list | tuple):
        return "; ".join(f"({_figure(p)})" if isinstance(p, list) else _figure(p) for p in figure)
    return "–" if figure is None else str(figure)
