from marketplace.preparation.run.models import Run
from marketplace.preparation.run.presentation import run_error
from marketplace.preparation.run.rules import acts_on_run
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class RunOut(serializers.ModelSerializer[Run]):
    """A run; `progress` is of 1000, `error` a sentence."""

    dataset = serializers.UUIDField(source="version.dataset_id")
    error = serializers.SerializerMethodField()

    class Meta:
        model = Run
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "dataset",
            "version",
            "organization",
            "policy",
            "state",
            "progress",
            "step",
            "attempt",
            "error_code",
            "error",
            "result_version",
            "created_at",
            "started_at",
            "ended_at",
        )

    def get_error(self, run: Run) -> str:
        """Return why it failed, "" where it did not."""
        return run_error(run)


class OneRunOut(RunOut):
    """A run with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_run)

    class Meta(RunOut.Meta):
        fields: tuple[str, ...] = (*RunOut.Meta.fields, "acts")
