"""What is wrong with the triggers of a database, in sentences."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from marketplace.core import triggers
from marketplace.core.triggers import Fault

SENTENCES = {
    Fault.MISSING: _("The trigger %(name)s is missing from the database."),
    Fault.OFF: _("The trigger %(name)s is switched off."),
    Fault.ALTERED: _("The trigger %(name)s was altered: it does not do what it should."),
    Fault.FOREIGN: _("The trigger %(name)s of the table %(table)s was not made by the centre."),
    Fault.UNHEEDED: _("The database heeds no triggers: %(name)s is “%(table)s”."),
}


def trigger_faults(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield a sentence for each trigger that is not as the centre made it."""
    for fault, name, table in triggers.faults(connection):
        yield str(SENTENCES[fault]) % {"name": name, "table": table}
