"""`manage.py recall_reports`: ask every verdict again after the centre's limits became stricter."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.core import Actor, Door
from marketplace.preparation.recall.asking_anew import failures_today
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.selectors import passed_reports


class Command(BaseCommand):
    """Recall the verdicts in force that do not keep to the limits of today."""

    help = (
        "Ask each risk report in force whether it keeps to the limits that are set now, and recall "
        "the verdict of those that do not: their listings stop, orders are undone, buyers are told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only list what would be recalled"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by, asked, recalled = Actor.system(Door.COMMAND), 0, 0
        for report in passed_reports(by):
            asked += 1
            failures = failures_today(report)
            if not failures:
                continue
            recalled += 1
            if not options["dry_run"]:
                recall_report(report.pk, cause=RecallCause.STRICTER, by=by)
            self.stdout.write(f"{report.pk} {report.version.dataset.title}: {', '.join(failures)}")
        done = "would be recalled" if options["dry_run"] else "recalled"
        self.stdout.write(f"{asked} asked, {recalled} {done}.")
