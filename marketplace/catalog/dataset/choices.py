"""The words that a description may use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api


@named_in_api()
class Theme(TextChoices):
    """What data is about: the themes of the pilot plan for opening public data (2018)."""

    CREDIT = "credit", _("Credit services")
    HEALTH = "health", _("Health care")
    EMPLOYMENT = "employment", _("Social security and employment")
    PUBLIC_SAFETY = "public_safety", _("Public safety")
    HOUSING = "housing", _("Urban construction and housing")
    TRANSPORT = "transport", _("Transport")
    EDUCATION = "education", _("Education and culture")
    SCIENCE = "science", _("Science and innovation")
    ENERGY = "energy", _("Resources and energy")
    ENVIRONMENT = "environment", _("Environment")
    INDUSTRY = "industry", _("Industry and agriculture")
    COMMERCE = "commerce", _("Commerce and distribution")
    FINANCE = "finance", _("Taxation and finance")
    WORKPLACE_SAFETY = "workplace_safety", _("Workplace safety")
    MARKET_SUPERVISION = "market_supervision", _("Market supervision")
    SOCIAL_ASSISTANCE = "social_assistance", _("Social assistance")
    LEGAL_SERVICES = "legal_services", _("Legal services")
    DAILY_LIFE = "daily_life", _("Daily life services")
    WEATHER = "weather", _("Weather")
    GEOSPATIAL = "geospatial", _("Geography and space")
    INSTITUTIONS = "institutions", _("Institutions and associations")
    OTHER = "other", _("Other")


@named_in_api()
class AssetKind(TextChoices):
    """Whose data it is by origin."""

    GOVERNMENT = "government", _("Government data")
    PUBLIC_SERVICE = "public_service", _("Public-service data")
    MARKET = "market", _("Market data")


@named_in_api()
class SourceKind(TextChoices):
    """How the organization came by the data; decides which rights it can claim."""

    OWN_PRODUCTION = "own_production", _("Produced by the organization itself")
    AUTHORIZED_COLLECTION = "authorized_collection", _("Collected with authorization")
    DERIVED = "derived", _("Derived from other data with substantive change")
    JOINT = "joint", _("Produced jointly with others")
    SCRAPED = "scraped", _("Gathered from public sources")
    ENTRUSTED = "entrusted", _("Processed for somebody else")
    STATUTORY_DUTY = "statutory_duty", _("Collected while carrying out a statutory duty")


@named_in_api()
class PersonalBasis(TextChoices):
    """On what basis personal information is in the data. Nothing chosen: not known yet."""

    NONE = "none", _("There is no personal information")
    CONSENT = "consent", _("The persons consented")
    LAW = "law", _("A law or a statutory duty")
    AUTHORIZED = "authorized", _("Authorized operation of public data")


@named_in_api()
class UpdateFrequency(TextChoices):
    """How often new data comes."""

    ONCE = "once", _("Never: collected once")
    REAL_TIME = "real_time", _("In real time")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    YEARLY = "yearly", _("Yearly")
    IRREGULAR = "irregular", _("Irregularly")


class FileKind(TextChoices):
    CSV = "csv", _("CSV text")
    XLSX = "xlsx", _("Excel workbook (XLSX)")
    PARQUET = "parquet", _("Parquet")


class Compression(TextChoices):
    GZIP = "gzip", "gzip"
    ZIP = "zip", "ZIP"
    ZSTD = "zstd", "Zstandard"
    BZIP2 = "bzip2", "bzip2"
    XZ = "xz", "xz"


class Encoding(TextChoices):
    """How text was written as bytes, in the words of `desensitize.tables.FileForm`."""

    UTF8 = "utf-8", "UTF-8"
    UTF8_MARKED = "utf-8-sig", _("UTF-8 with a byte order mark")
    GB18030 = "gb18030", _("GB18030 (also GBK and GB2312)")
    UTF16_LITTLE = "utf-16-le", _("UTF-16, low byte first")
    UTF16_BIG = "utf-16-be", _("UTF-16, high byte first")


@named_in_api()
class Separator(TextChoices):
    """What stood between the fields of a text."""

    COMMA = "comma", _("comma")
    SEMICOLON = "semicolon", _("semicolon")
    TAB = "tab", _("tab")
    BAR = "bar", _("vertical bar")


SEPARATORS = {
    ",": Separator.COMMA,
    ";": Separator.SEMICOLON,
    "\t": Separator.TAB,
    "|": Separator.BAR,
}
SEPARATOR_SIGNS = named_in_api("SeparatorSign")(
    [(sign, word.label) for sign, word in SEPARATORS.items()]
)


@named_in_api()
class ColumnType(TextChoices):
    """What the values of a column are, in the words of `desensitize.tables.type_name`."""

    TEXT = "text", _("Text")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Decimal number")
    FLOAT = "float", _("Floating-point number")
    BOOLEAN = "boolean", _("Yes or no")
    DATE = "date", _("Date")
    DATETIME = "datetime", _("Date and time")
    TIME = "time", _("Time of day")
    OTHER = "other", _("Other")
