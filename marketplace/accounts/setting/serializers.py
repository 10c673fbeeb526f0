from typing import Any

from marketplace.accounts.setting.models import Announcement, CentreSetting, SettingKind
from marketplace.accounts.setting.rules import acts_on_setting
from marketplace.core import longest_of
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class CentreSettingOut(serializers.ModelSerializer[CentreSetting]):
    """The centre's fee or bank account, as it was proposed and confirmed."""

    class Meta:
        model = CentreSetting
        fields: tuple[str, ...] = (
            *("id", "kind", "rate", "account", "effective_on", "reason", "state", "answer"),
            *("created_at", "decided_at"),
        )


class OneCentreSettingOut(CentreSettingOut):
    """A setting with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_setting)

    class Meta(CentreSettingOut.Meta):
        fields: tuple[str, ...] = (*CentreSettingOut.Meta.fields, "acts")


class ProposeSettingIn(serializers.Serializer[Any]):
    """Of a fee `rate` and its first day `effective_on`, of a bank account `account`."""

    kind = serializers.ChoiceField(choices=SettingKind.choices)
    rate = serializers.DecimalField(
        max_digits=5, decimal_places=4, min_value=0, max_value=1, required=False, allow_null=True
    )
    account = serializers.CharField(
        max_length=longest_of(CentreSetting, "account"), required=False, allow_blank=True
    )
    effective_on = serializers.DateField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=longest_of(CentreSetting))


class AnnounceIn(serializers.Serializer[Any]):
    """What stands on every page, in both languages, and until when."""

    text = serializers.CharField(max_length=longest_of(Announcement, "text"))
    text_chinese = serializers.CharField(max_length=longest_of(Announcement, "text_chinese"))
    until = serializers.DateTimeField()


class AnnouncementOut(serializers.ModelSerializer[Announcement]):
    """What stands or stood on every page."""

    class Meta:
        model = Announcement
        fields = ("id", "text", "text_chinese", "until", "created_at", "ended_at")
