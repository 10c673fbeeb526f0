"""QR codes as SVG, without style and script, so that they stand under a strict policy."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4
"""The empty border that a reader needs, in modules (ISO/IEC 18004)."""


def qr_code(text: str, *, title: str) -> SafeString:
    """Draw a text as a QR code of one path; `title` tells screen readers where it leads."""
    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    dark = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, modules in enumerate(code.modules)
        for column, is_dark in enumerate(modules)
        if is_dark
    )
    size = len(code.modules) + 2 * QUIET
    return format_html(
        '<svg class="qr-code" role="img" aria-label="{}" viewBox="0 0 {} {}" width="180" '
        'height="180" shape-rendering="crispEdges"><title>{}</title>'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>',
        *(title, size, size, title, size, size, dark),
    )
