"""Say in the reader's language why a database could not be read."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desensitize.errors import TABLE_SENTENCES, TableError
from marketplace.catalog.version import adapters as version_adapters

SENTENCES: Mapping[str, Promise] = {
    "bad-host": _(
        "This is no host name or address in full. Write a name such as db.example.org, or an "
        "address such as 10.20.30.40."
    ),
    "refused-port": _(
        "The centre connects to no database on port %(port)s. Allowed are: %(allowed)s. Ask the "
        "administrator if yours should be among them."
    ),
    "unresolved": _("The name “%(host)s” is not known. Check how it is written."),
    "refused-address": _(
        "The address of “%(host)s” lies in no network that the administrator has opened for "
        "database sources. Ask the administrator to open it."
    ),
    "connection-refused": _(
        "Nothing listens at this address and port. Check both, and whether the database runs."
    ),
    "silent": _(
        "The database does not answer. Check the address, and ask its administrator whether a "
        "firewall stands between."
    ),
    "unreachable": _(
        "The database could not be reached or did not let the user in. Check address, name of the "
        "database, user and password."
    ),
    "broken-off": _("The connection broke off. Try again; if it stays so, ask its administrator."),
    "server-busy": _("The database lets nobody more in at the moment. Try again later."),
    "wrong-password": _("The database refused user or password. Check both."),
    "login-unsafe": _(
        "The database asks for the password itself, which the centre sends to no server that it "
        "has not verified. Choose the connection whose certificate is verified."
    ),
    "login-unknown": _(
        "The database signs this user in by a method that the centre does not know. Ask its "
        "administrator for a user who signs in by a usual password."
    ),
    "no-such-database": _("There is no database of this name on the server. Check the name."),
    "no-right": _(
        "The user may not read this. Ask the administrator of the database for the right to read."
    ),
    "no-such-table": _("There is no such table or view, or the user may not see it. Choose anew."),
    "no-such-column": _("A chosen column is not there any more. Choose the columns anew."),
    "tls-missing": _(
        "The database offers no encrypted connection. Ask its administrator to switch it on."
    ),
    "tls-untrusted": _(
        "The certificate of the database cannot be trusted: it is not of this host, out of date, "
        "or of an unknown authority. Paste the authority's certificate, or ask its administrator."
    ),
    "timed-out": _(
        "The database took longer than is allowed. Choose fewer columns or rows, or another table."
    ),
    "read-only-violated": _(
        "The view tried to change data while it was read, which is refused. Choose a plain table "
        "or another view."
    ),
    "no-rows": _("The table has no rows. Choose another one."),
    "unreadable": _("The database answered in a way that cannot be read. Tell the centre."),
    "unfit-key": _(
        "Column “%(column)s” holds no whole numbers, so that new rows cannot be told by it."
    ),
    "unfit-change": _(
        "Column “%(column)s” holds no moments, so that changed rows cannot be told by it."
    ),
    "unfit-deleted": _(
        "Column “%(column)s” cannot say that a row is deleted: that takes true or false, a whole "
        "number or a moment."
    ),
    "key-empty": _("A row has no value in a column of the key. Choose another key."),
    "key-not-unique": _("Two rows have the same key. Choose a key that tells them apart."),
    "base-changed": _("Other data came while new rows were drawn. Draw again."),
    "source-closed": _("The source was closed meanwhile. Register it again."),
    "dataset-closed": _(
        "The dataset took no data when the drawing ended: it is under review or retired. Draw "
        "again afterwards."
    ),
    "worker-lost": _("The work broke off %(attempts)s times. Tell the centre, or draw fewer rows."),
    "file-damaged": _(
        "The stored source file is damaged or missing. Tell the centre: it has to restore a backup."
    ),
    "disk-full": _("The centre's disk has no room for the work. Tell the centre, then draw again."),
    "unexpected": _(
        "The drawing failed for a reason that the centre has to look into. Tell it this drawing's "
        "number."
    ),
}
"""One sentence a code: those of `sources` and those of drawings."""


def sentence_of(code: str, parameters: Mapping[str, str | int | float]) -> str:
    """Word a code with its parameters; the table reader's own codes are worded as for uploads."""
    if code in TABLE_SENTENCES:
        return version_adapters.refusal_of(TableError(code, **parameters)).sentence
    sentence = SENTENCES.get(code, SENTENCES["unexpected"])
    return str(sentence) % parameters
