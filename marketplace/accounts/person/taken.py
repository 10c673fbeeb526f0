"""What somebody says who gets an account."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.person.models import Person
from marketplace.core import longest_of
from marketplace.core.arguments import Text

YOUR_NAME = Text(label=_("Your name"), longest=longest_of(Person, "name"))
NEW_PASSWORD = Text(
    label=_("Password"), help=_("At least 12 characters."), is_stripped=False, is_secret=True
)
