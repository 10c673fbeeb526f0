"""Settings shared by every way of running the centre."""

from datetime import timedelta
from pathlib import Path

import bootstrap_wrapper
from csp.constants import NONE, SELF

from marketplace.core.choices import NAMED
from marketplace.settings._env import BASE_DIR, DOCS_DIR, TEMPLATES_DIR, caches, database, env
from marketplace.settings._limits import LIMITS
from marketplace.settings._logging import lines_to_console
from marketplace.settings._operating import OPERATING
from marketplace.settings._risk import RISK

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
KEY_ENCRYPTION_KEY = env.str("KEY_ENCRYPTION_KEY", default="")
KEY_ENCRYPTION_KEY_BEFORE = env.str("KEY_ENCRYPTION_KEY_BEFORE", default="")
"""32 bytes in base64: wraps every data key and signing key."""

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "marketplace.desk",
    "marketplace.demo",
    "marketplace.embedded",
    "marketplace.pipeline",
    "marketplace.accounting",
    "marketplace.delivery",
    "marketplace.learning",
    "marketplace.annotation",
    "marketplace.trading",
    "marketplace.trading.books",
    "marketplace.trading.listings",
    "marketplace.trading.orders",
    "marketplace.trading.treasury",
    "marketplace.appraisal",
    "marketplace.rights",
    "marketplace.preparation",
    "marketplace.catalog",
    "marketplace.review",
    "marketplace.credentials",
    "marketplace.notices",
    "marketplace.outbound",
    "marketplace.jobs",
    "marketplace.vault",
    "marketplace.accounts",
    "marketplace.ledger",
    "marketplace.web",
    "marketplace.web.apps.CentreAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "lucide",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "marketplace.web.middleware.ClientAddressMiddleware",
    "marketplace.web.middleware.UnreadBodyMiddleware",
    "marketplace.web.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "marketplace.web.middleware.PrivateAnswersMiddleware",
    "marketplace.web.middleware.PageMethodsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "marketplace.web.middleware.SlashMiddleware",
    # Before the token of a form is looked for, which reads the body.
    "marketplace.web.rates.StrangerRateMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "marketplace.accounts.session.middleware.SessionAgeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.accounts.middleware.ActorMiddleware",
    "marketplace.accounts.middleware.SecondFactorMiddleware",
    "marketplace.accounts.middleware.SuspensionMiddleware",
    "marketplace.web.middleware.DomainErrorMiddleware",
    "marketplace.web.middleware.NullMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
ASGI_APPLICATION = "marketplace.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATES_DIR],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "marketplace.web.context.centre",
                "marketplace.accounts.setting.context.announcements",
            ],
            "builtins": ["marketplace.web.templatetags.market"],
        },
    }
]

DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/centre.sqlite3"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "marketplace.accounts.passwords.DerivedPasswordValidator"},
]
# Whoever reads an old letter sets no password by it.
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "marketplace.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# Nobody is written to because a stranger typed their address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "marketplace.accounts.passkeys.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "marketplace.accounts.session.forms.GiveFactorForm",
    "reauthenticate": "marketplace.accounts.session.forms.GiveFactorAgainForm",
}
MFA_TOTP_ISSUER = "Data trading centre"

AXES_FAILURE_LIMIT = LIMITS["SIGN_IN_TRIES"]
AXES_COOLOFF_TIME = timedelta(minutes=LIMITS["SIGN_IN_WAIT_MINUTES"])
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "marketplace.accounts.adapters.address_tried"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True
FORMAT_MODULE_PATH = ["marketplace.settings.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "marketplace" / "web" / "assets",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_dir()),
    ("guides", DOCS_DIR / "images"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = LIMITS["SESSION_HOURS"] * 3600

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "partials/table.html"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "marketplace.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["marketplace.web.parsers.BoundedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "marketplace.web.pagination.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "marketplace.web.description.CentreSchema",
    "EXCEPTION_HANDLER": "marketplace.web.errors.problem_response",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Data trading centre",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": NAMED,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "marketplace.web.description.describe",
    ],
    "PATH_CONVERTER_OVERRIDES": {
        "count": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
        "year": {"type": "integer", "minimum": 1900, "maximum": 2199},
    },
}

BROKER_URL = env.str("BROKER_URL", default="")
CELERY_BROKER_URL = BROKER_URL
CACHE_URL = env.str("CACHE_URL", default=BROKER_URL)
CACHES = caches(CACHE_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Whoever hands a task to a broker that is away hears so at once; the default tries for 6 s.
# A killed worker's task is handed out again after 45 s, and not after an hour; a second worker
# that gets the task of a long run finds the run taken, and does nothing.
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0, "visibility_timeout": 45}

# `consolemail://` prints; a real centre names its server: `smtp+tls://user:password@host:587`.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="centre@example.org")

FILE_UPLOAD_HANDLERS = ["marketplace.vault.uploads.EncryptingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

PAYMENT_WEBHOOK_SECRETS: list[str] = env.list("PAYMENT_WEBHOOK_SECRETS", default=[])

CENTRE_NAME = env.str("CENTRE_NAME", default="Data Asset Trading Centre")
CENTRE_NAME_CHINESE = env.str("CENTRE_NAME_CHINESE", default="数据资产交易中心")
CENTRE_DOMAIN = env.str("CENTRE_DOMAIN", default="localhost:8000")
MAY_PLAY_DEMO = False
"""The demo's people have printed passwords: they do not enter a real centre."""
CENTRE = {
    "UPLOAD_MAX_BYTES": env.int("CENTRE_UPLOAD_MAX_BYTES", default=256 * 1024 * 1024),
    "LABELLING_IDLE_HOURS": env.int("CENTRE_LABELLING_IDLE_HOURS", default=48),
    "UPLOAD_MAX_ROWS": env.int("CENTRE_UPLOAD_MAX_ROWS", default=20_000_000),
    "UPLOAD_MAX_COLUMNS": env.int("CENTRE_UPLOAD_MAX_COLUMNS", default=500),
    "ORGANIZATION_MAX_BYTES": env.int("CENTRE_ORGANIZATION_MAX_BYTES", default=256 * 1024**3),
    "ORGANIZATION_MAX_FILES": env.int("CENTRE_ORGANIZATION_MAX_FILES", default=20_000),
    "RAW_RETENTION_DAYS": env.int("CENTRE_RAW_RETENTION_DAYS", default=365),
    "SOURCE_NETWORKS": env.list("CENTRE_SOURCE_NETWORKS", default=[]),
    "SOURCE_PORTS": env.list("CENTRE_SOURCE_PORTS", default=["3306", "5432"]),
    "WEBHOOK_NETWORKS": env.list("CENTRE_WEBHOOK_NETWORKS", default=["0.0.0.0/0", "::/0"]),
    "WEBHOOK_PORTS": env.list("CENTRE_WEBHOOK_PORTS", default=["443"]),
    "WEBHOOK_AUTHORITIES": env.str("CENTRE_WEBHOOK_AUTHORITIES", default=""),
    "OPENLINEAGE_URL": env.str("CENTRE_OPENLINEAGE_URL", default=""),
    "OPENLINEAGE_API_KEY": env.str("CENTRE_OPENLINEAGE_API_KEY", default=""),
    "SOURCE_MAX_SECONDS": env.int("CENTRE_SOURCE_MAX_SECONDS", default=3600),
    "RUN_LEASE_SECONDS": env.int("CENTRE_RUN_LEASE_SECONDS", default=20),
    "WORKER_NICENESS": env.int("CENTRE_WORKER_NICENESS", default=10),
    "TRAINING_SECONDS": env.int("CENTRE_TRAINING_SECONDS", default=1800),
    "TRAINING_BYTES": env.int("CENTRE_TRAINING_BYTES", default=4 * 1024**3),
    "APPLICATION_DAYS": env.int("CENTRE_APPLICATION_DAYS", default=14),
    "VERIFICATION_DAYS": env.int("CENTRE_VERIFICATION_DAYS", default=730),
    "VALUATION_MONTHS": env.int("CENTRE_VALUATION_MONTHS", default=12),
    "RISK_REPORT_MONTHS": env.int("CENTRE_RISK_REPORT_MONTHS", default=12),
    "ACCEPTANCE_WORKING_DAYS": env.int("CENTRE_ACCEPTANCE_WORKING_DAYS", default=5),
    "CONTRACT_LANGUAGE": env.str("CENTRE_CONTRACT_LANGUAGE", default="zh-hans"),
    "OFFER_WORKING_DAYS": env.int("CENTRE_OFFER_WORKING_DAYS", default=10),
    "FEE_RATE": env.str("CENTRE_FEE_RATE", default="0.02"),
    "STRANGER_MAX_BYTES": env.int("CENTRE_STRANGER_MAX_BYTES", default=1024 * 1024),
    "STRANGER_REQUESTS_PER_MINUTE": env.int("CENTRE_STRANGER_REQUESTS_PER_MINUTE", default=30),
    "STRANGER_APPLICATIONS_PER_HOUR": env.int("CENTRE_STRANGER_APPLICATIONS_PER_HOUR", default=10),
    "GRANT_REQUESTS_PER_MINUTE": env.int("CENTRE_GRANT_REQUESTS_PER_MINUTE", default=120),
    "SHARE_RATE": env.str("CENTRE_SHARE_RATE", default="0"),
    "TAX_WITHHELD_RATE": env.str("CENTRE_TAX_WITHHELD_RATE", default="0"),
    "TAX_RATE": env.str("CENTRE_TAX_RATE", default="0.06"),
    "FEE_TAX_RATE": env.str("CENTRE_FEE_TAX_RATE", default="0.06"),
    "PAYMENT_DAYS": env.int("CENTRE_PAYMENT_DAYS", default=14),
    "APPEAL_WORKING_DAYS": env.int("CENTRE_APPEAL_WORKING_DAYS", default=10),
    "BANK_CHARGES_MOST": env.str("CENTRE_BANK_CHARGES_MOST", default="20.00"),
    "BANK_CHARGES_SHARE": env.str("CENTRE_BANK_CHARGES_SHARE", default="0.001"),
    "BANK_ACCOUNT_DAYS": env.int("CENTRE_BANK_ACCOUNT_DAYS", default=3),
    "PAYING_ACCOUNT": env.str("CENTRE_PAYING_ACCOUNT", default=""),
    "PAYING_BANK": env.str("CENTRE_PAYING_BANK", default=""),
    "BANK_ACCOUNT": env.str("CENTRE_BANK_ACCOUNT", default=""),
    "CURRENCY": env.str("CENTRE_CURRENCY", default="CNY"),
    "SIGNING_LIMIT": env.str("CENTRE_SIGNING_LIMIT", default="0"),
    "SIGNING_DAYS": env.int("CENTRE_SIGNING_DAYS", default=30),
    "JURISDICTION": env.str("CENTRE_JURISDICTION", default="CN"),
    "CALENDARS": env.str("CENTRE_CALENDARS", default=""),
    "CALENDAR_WARNING_MONTHS": env.int("CENTRE_CALENDAR_WARNING_MONTHS", default=3),
    "REGISTRY": env.str("CENTRE_REGISTRY", default=""),
    **LIMITS,
    **OPERATING,
    **RISK,
}
"""The centre's own rules. Each name is explained in `docs/reference/settings.md`."""

LANGUAGE_COOKIE_SAMESITE = "Lax"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = lines_to_console(env.str("LOG_LEVEL", default="WARNING"))
