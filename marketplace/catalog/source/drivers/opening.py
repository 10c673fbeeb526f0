"""Open a source by its kind, within what the administrator allows."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.conf import settings

from marketplace.catalog.source.drivers.contract import Login, Opener, Source
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.mysql import open_mysql
from marketplace.catalog.source.drivers.postgres import open_postgres
from marketplace.core.addresses import AddressError, Allowed, checked_address

OPENERS: dict[str, Opener] = {"postgresql": open_postgres, "mysql": open_mysql}
LOOK_SECONDS = 15
"""How long a statement may take while a person waits for the page."""


def allowed() -> Allowed:
    ports = [int(port) for port in settings.CENTRE["SOURCE_PORTS"]]
    return Allowed(settings.CENTRE["SOURCE_NETWORKS"], ports)


@contextmanager
def opened(
    kind: str, host: str, port: int, login: Login, *, seconds: int = LOOK_SECONDS
) -> Iterator[Source]:
    """Check the address, connect, and close at the end.

    Raises:
        SourceError: the address is refused, the server is silent or the login is wrong.
    """
    try:
        address = checked_address(host, port, allowed())
    except AddressError as error:
        raise SourceError(error.code, **error.parameters) from None
    with closing(OPENERS[kind](address, login, seconds=seconds)) as source:
        yield source
