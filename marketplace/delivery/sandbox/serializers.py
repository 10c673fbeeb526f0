from typing import Any

from desensitize.errors import DesensitizeError
from desensitize.privacy.sandbox import FIGURES, Question
from marketplace.delivery.sandbox.models import Answer
from marketplace.preparation.adapters import refusal_of
from marketplace.web.bounded import serializers


class ConditionIn(serializers.Serializer[Any]):
    """Which rows count: those with one of the values, or with a number in the range."""

    column = serializers.CharField(max_length=200)
    values = serializers.ListField(
        child=serializers.CharField(max_length=200), default=list, max_length=200
    )
    low = serializers.CharField(max_length=30, default="", allow_blank=True)
    high = serializers.CharField(max_length=30, default="", allow_blank=True)


class QuestionIn(serializers.Serializer[Any]):
    """A question, and what of ε to spend on its answer."""

    figure = serializers.ChoiceField(choices=[(name, name) for name in FIGURES])
    column = serializers.CharField(max_length=200, default="", allow_blank=True)
    by = serializers.ListField(
        child=serializers.CharField(max_length=200), default=list, max_length=2
    )
    where = serializers.ListField(child=ConditionIn(), default=list, max_length=4)
    bins = serializers.IntegerField(default=0, min_value=0, max_value=50)
    epsilon = serializers.DecimalField(max_digits=9, decimal_places=3)

    @staticmethod
    def question(sent: dict[str, Any]) -> Question:
        """Return the question that was sent.

        Raises:
            Invalid: it cannot be read.
        """
        try:
            return Question.from_json({**sent, "where": [dict(one) for one in sent["where"]]})
        except DesensitizeError as error:
            raise refusal_of(error) from error


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
