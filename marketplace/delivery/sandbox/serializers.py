from typing import Any

from desensitize.privacy.sandbox import Condition, Question
from marketplace.delivery.sandbox.arguments import Asked
from marketplace.delivery.sandbox.models import Answer
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer


class ConditionIn(serializers.Serializer[Any]):
    """Which rows count: those with one of the values, or with a number in the range."""

    column = serializers.CharField(max_length=200)
    values = serializers.ListField(
        child=serializers.CharField(max_length=200), default=list, max_length=200
    )
    low = serializers.CharField(max_length=30, default="", allow_blank=True)
    high = serializers.CharField(max_length=30, default="", allow_blank=True)


class QuestionIn(ActSerializer):
    """A question, and what of ε to spend on its answer."""

    takes = Asked
    by = serializers.ListField(
        child=serializers.CharField(max_length=200), default=list, max_length=2
    )
    where = serializers.ListField(child=ConditionIn(), default=list, max_length=4)

    @staticmethod
    def question(sent: dict[str, Any]) -> Question:
        """Return the question that was sent."""
        where = tuple(
            Condition(**{**one, "values": tuple(one["values"])}) for one in sent.pop("where")
        )
        by = tuple(sent.pop("by"))
        return Asked(**sent).question(by=by, where=where)


class CellOut(serializers.Serializer[Any]):
    """A figure with noise, and the band in which the true one lies in 95 of 100 answers."""

    group = serializers.ListField(child=serializers.CharField())
    figure = serializers.CharField()
    low = serializers.CharField()
    high = serializers.CharField()


class ResultOut(serializers.Serializer[Any]):
    """The figures; `columns` says what the groups are."""

    columns = serializers.ListField(child=serializers.CharField())
    cells = CellOut(many=True)


class AskedOut(serializers.Serializer[Any]):
    """The question in its one form."""

    figure = serializers.CharField()
    column = serializers.CharField()
    by = serializers.ListField(child=serializers.CharField())
    where = serializers.ListField(child=serializers.DictField())
    bins = serializers.IntegerField()


class AnswerOut(serializers.ModelSerializer[Answer]):
    """A private answer."""

    question = AskedOut(source="release.question")
    epsilon = serializers.DecimalField(source="release.epsilon", max_digits=9, decimal_places=3)
    answer = ResultOut(source="release.result")

    class Meta:
        model = Answer
        fields = ("id", "grant", "question", "epsilon", "answer", "created_at")


class BudgetOut(serializers.Serializer[Any]):
    """What a buyer may spend on questions."""

    epsilon = serializers.DecimalField(max_digits=9, decimal_places=3)
    spent = serializers.DecimalField(max_digits=9, decimal_places=3)
    left = serializers.DecimalField(max_digits=9, decimal_places=3)
    renewed_at = serializers.DateTimeField(allow_null=True)


class SandboxOut(serializers.Serializer[Any]):
    """What can be asked, and with what of ε."""

    declaration = serializers.DictField()
    epsilon_question = serializers.DecimalField(max_digits=9, decimal_places=3)
    budget = BudgetOut()
