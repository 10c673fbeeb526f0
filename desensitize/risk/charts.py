"""Draw bars as SVG inside a page: no script, nothing from elsewhere."""

from collections.abc import Sequence
from html import escape

WIDTH, LABELS, FIGURES, LINE = 640, 200, 90, 26


def bar_chart(title: str, bars: Sequence[tuple[str, float, str]]) -> str:
    """Draw horizontal bars of shares from 0 to 1, each with a label and its figure as text."""
    height = LINE * len(bars) + 8
    parts = [
        f'<svg role="img" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>'
    ]
    room = WIDTH - LABELS - FIGURES
    for place, (label, length, figure) in enumerate(bars):
        top = place * LINE + 4
        width = max(1.0, min(1.0, length) * room) if length > 0 else 0.0
        parts.append(
            f'<text x="{LABELS - 8}" y="{top + 15}" text-anchor="end">'
            f"{escape(_short(label))}</text>"
            f'<rect x="{LABELS}" y="{top + 2}" width="{width:.1f}" height="16" fill="#2b6cb0"/>'
            f'<text x="{LABELS + width + 6:.1f}" y="{top + 15}">{escape(figure)}</text>'
        )
    return "".join(parts) + "</svg>"


def _short(label: str) -> str:
    return label if len(label) <= 24 else label[:23] + "…"
