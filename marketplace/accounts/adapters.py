"""How allauth behaves here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """People join by an application or an invitation, never by signing up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse bare sign-ups."""
        return False
