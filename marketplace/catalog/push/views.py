"""The button that drops what a program sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.push.services import cancel_push
from marketplace.web.act_pages import act_page

push_cancel = act_page(
    cancel_push, done=_("What was sent so far is dropped."), onto="dataset_feed", at="dataset_id"
)
