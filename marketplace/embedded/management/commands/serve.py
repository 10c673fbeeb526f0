"""`manage.py serve`: run the whole centre in one process tree."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from marketplace.embedded import serving
from marketplace.embedded.address import port_of
from marketplace.embedded.children import NotReady
from marketplace.embedded.tree import ProcessTree


class Command(BaseCommand):
    """Run Valkey, a worker, the pipeline loop and the web server until Ctrl-C."""

    help = "Run Valkey, a Celery worker, the pipeline loop and the web server until Ctrl-C."
    # Checked once it is clear that the centre will run; the check loads all pages.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, help="port of the site (that of CENTRE_DOMAIN)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, start, watch, stop."""
        port: int = options["port"] or port_of(settings.CENTRE_DOMAIN)
        try:
            serving.require_free_port(port)
            serving.require_migrated_database()
            with serving.alone(), ProcessTree(say=self.stdout.write) as tree:
                self.check()
                serving.start_broker(tree)
                serving.start_background(tree)
                serving.start_site(tree, port=port)
                self.stdout.write(
                    _("The centre is open at http://%(address)s (Ctrl-C closes it).")
                    % {"address": f"localhost:{port}"}
                )
                if port != port_of(settings.CENTRE_DOMAIN):
                    self.stdout.write(
                        _(
                            "Its certificates, QR codes and passkeys name http://%(address)s, "
                            "which CENTRE_DOMAIN says: there alone they work."
                        )
                        % {"address": settings.CENTRE_DOMAIN}
                    )
                tree.run()
        except NotReady as problem:
            raise CommandError(f"{problem} See {serving.log_folder()}.") from None
        except KeyboardInterrupt:
            # Ctrl-C while the children were starting; leaving the tree has stopped them.
            pass
        self.stdout.write(_("The centre is closed."))
