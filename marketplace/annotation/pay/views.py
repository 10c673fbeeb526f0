"""The pages of money for labels."""

from __future__ import annotations
