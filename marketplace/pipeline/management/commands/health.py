"""`manage.py health`: which part of the centre works, and what is wrong with one that does not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.pipeline.health import checked


class Command(BaseCommand):
    help = (
        "Look at every part of the centre, as /health/ does, and say what was found; exit 1 where "
        "one does not work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        failing = []
        for check in checked():
            self.stdout.write(f"{'ok' if check.is_ok else 'FAILING':8}{check.name}: {check.found}")
            if not check.is_ok:
                failing.append(check.name)
        if failing:
            raise CommandError(f"These parts do not work: {', '.join(failing)}.")
