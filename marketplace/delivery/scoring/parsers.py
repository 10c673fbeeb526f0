"""How a table of rows for a model is read."""

from collections.abc import Mapping
from typing import IO, Any

from drf_spectacular.types import OpenApiTypes
from rest_framework.parsers import BaseParser

from marketplace.web.parsers import read_body
from marketplace.web.spreadsheets import CSV


class TableParser(BaseParser):
    """Take a body as it comes: it is read by the model's schema."""

    media_type = CSV
    described = OpenApiTypes.BINARY

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Read the body."""
        return {"table": read_body(stream)}
