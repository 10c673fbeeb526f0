"""The page that has a version tried together with earlier ones."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from marketplace.preparation.release.services import start_composition
from marketplace.web.act_pages import act_page

# The page's button that tries a version together with earlier releases.


composition_start = act_page(
    start_composition,
    done=gettext_lazy("The releases are being tried together."),
    onto="run_detail",
    at="pk",
)
