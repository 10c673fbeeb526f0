"""How the API reads a body: as JSON within bounds."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from marketplace.core.bounds import OutOfBounds, read_json


class BoundedJSONParser(JSONParser):
    """Refuse what is too long, too deep or too large before any serializer computes with it."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Read the body; 400 says what to send instead."""
        content = read_body(stream)
        try:
            return read_json(content)
        except OutOfBounds as error:
            raise ParseError(str(error)) from None
        except ValueError as error:
            raise ParseError(_("This is no JSON: %s") % error) from None


def read_body(stream: IO[bytes]) -> bytes:
    """Read a whole body.

    Raises:
        RequestDataTooBig: it has more bytes than one may have.
    """
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    content = stream.read(most + 1)
    if len(content) > most:
        raise RequestDataTooBig
    return content
