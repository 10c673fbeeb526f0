"""Rights in tables."""

import django_tables2 as tables
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from marketplace.rights.right.choices import Right

PILL = '<span class="pill pill-neutral">{}</span>'


class RightsColumn(tables.Column):
    """Rights, as pills in the order of the register."""

    def render(self, value: list[str]) -> SafeString:
        return format_html_join(" ", PILL, [(Right(code).label,) for code in value])

    def value(self, value: list[str]) -> str:
        return "; ".join(str(Right(code).label) for code in value)
