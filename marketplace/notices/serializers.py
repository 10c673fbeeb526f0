"""What the notices API gives."""

from typing import Any

from marketplace.notices.models import Notice
from marketplace.notices.rules import acts_on_failed_email
from marketplace.notices.texts import worded
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class NoticeOut(serializers.ModelSerializer[Notice]):
    """A notice, in words."""

    title = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()

    class Meta:
        model = Notice
        fields = ("id", "kind", "subject", "title", "body", "url", "read_at", "created_at")

    def get_title(self, notice: Notice) -> str:
        """Say what it is about."""
        return worded(notice.kind, notice.parameters).title

    def get_body(self, notice: Notice) -> str:
        """Say what there is to do."""
        return worded(notice.kind, notice.parameters).body


class FailedEmailOut(serializers.ModelSerializer[Notice]):
    """A notice whose e-mail failed: to whom, when, why, and how often it was tried."""

    person = serializers.CharField(source="person.name", read_only=True)
    organization = serializers.UUIDField(
        source="person.organization_id", allow_null=True, read_only=True
    )
    acts = ActsField(acts_on_failed_email)

    class Meta:
        model = Notice
        fields = (
            *("id", "kind", "organization", "person", "email_failure", "email_failed_at"),
            *("email_tries", "created_at", "acts"),
        )


class CountOut(serializers.Serializer[Any]):
    """How many notices were unread."""

    count = serializers.IntegerField()


class ChoiceOut(serializers.Serializer[Any]):
    """A kind of notice: it stands in the site always, and is e-mailed or not."""

    kind = serializers.CharField(source="kind.code")
    title = serializers.CharField(source="kind.label")
    is_emailed = serializers.BooleanField()
    is_fixed = serializers.BooleanField(help_text="Whether it is e-mailed to everybody.")


class ChoicesOut(serializers.Serializer[Any]):
    """What is e-mailed to the caller, by kind."""

    choices = ChoiceOut(many=True)


class ChoicesIn(serializers.Serializer[Any]):
    """By the code of a kind, whether it is e-mailed; kinds that are not named stay as they are."""

    wanted = serializers.DictField(child=serializers.BooleanField())
