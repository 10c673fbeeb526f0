"""A result as a page that a person can read, print and pass on."""

from valuation.report.page import page_of

__all__ = ["page_of"]
