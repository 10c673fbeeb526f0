"""The data trading centre."""

from marketplace.celery import application as celery

__all__ = ["celery"]
