"""How rows are read that come one a line."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from marketplace.catalog.push.choices import RowAct
from marketplace.core.bounds import OutOfBounds, read_json
from marketplace.web.parsers import read_body


class BoundedNDJSONParser(BaseParser):
    """Read one JSON object a line; number and act of the part stand in the query."""

    media_type = "application/x-ndjson"
    described = OpenApiTypes.BINARY
    """What the description of the API says of the body: no serializer reads it as it comes."""
    parameters = (
        OpenApiParameter("number", int, description="Of lines: the number of the part."),
        OpenApiParameter(
            "act", str, enum=list(RowAct.values), description="Of lines: what is done with them."
        ),
    )

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Read the body; 400 says which line is wrong."""
        rows = []
        for number, line in enumerate(read_body(stream).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                rows.append(read_json(line))
            except (OutOfBounds, ValueError) as error:
                told = {"number": number, "why": error}
                raise ParseError(_("Line %(number)d is no JSON: %(why)s") % told) from None
        asked = parser_context["request"].query_params if parser_context else {}
        return {**{name: asked[name] for name in ("number", "act") if name in asked}, "rows": rows}
