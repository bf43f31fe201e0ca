"""Complete and safe settings. The other modules only override what differs."""

import warnings
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.db.models import FETCH_PEERS
from django.db.models.fetch_modes import FetchMode
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import env
from config.logging import configure

BASE_DIR = env.BASE_DIR
VAR_DIR = BASE_DIR / "var"

# A duty is a date and an act is an aware instant; a naive datetime is always a mistake.
warnings.filterwarnings("error", message=r".* received a naive datetime", category=RuntimeWarning)

DEBUG = False
SECRET_KEY = ""
ALLOWED_HOSTS: list[str] = []
CSRF_TRUSTED_ORIGINS: list[str] = []
DEMO_LOGINS = False
DEMO_EMAIL_DOMAIN = "demo.invalid"
PORT = env.number("PORT", 8000)
BASE_URL = env.text("BASE_URL", f"http://localhost:{PORT}").rstrip("/")

OUR_APPS = ["reporting", "assignments", "governance", "agencies", "core"]
INSTALLED_APPS = [
    *OUR_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_linear_migrations",
    "django_prose_editor",
    "django_structlog",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "agencies.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "core.templatetags.ui",
                "core.templatetags.errors_ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.shell",
            ],
        },
    }
]

# ---- database ----
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In production a forgotten select_related costs one query per page; in dev and test it raises.
FETCH_MODE: FetchMode = FETCH_PEERS
PGHISTORY_APPEND_ONLY = True
PGHISTORY_JSON_ENCODER = "django.core.serializers.json.DjangoJSONEncoder"

# ---- what is kept in the process ----
# HTML of issued letters, which never change. Names of departments and bodies in it are at most this old, in seconds.
KEPT_ROWS: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "rows",
    "TIMEOUT": 900,
    "OPTIONS": {"MAX_ENTRIES": 100},
}

# ---- people and rights ----
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "config.accounts.Backend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = True
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_ADAPTER = "config.accounts.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = env.openid_connect_providers()
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Styringsdialog"

SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# ---- the browser ----
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF, *env.openid_connect_origins()],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# ---- language and time ----
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("bokmål")), ("nn", _("nynorsk")), ("en", _("engelsk"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Oslo"

# ---- files ----
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/designsystemet-css", NODE_MODULES / "@digdir" / "designsystemet-css" / "dist"),
    ("vendor/designsystemet-web", NODE_MODULES / "@digdir" / "designsystemet-web" / "dist" / "umd"),
    ("vendor/inter/files", NODE_MODULES / "@fontsource" / "inter" / "files"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.icons.BuildFinder",
]
# Files that came in or went out lie outside the web root and leave through one view that checks rights.
STORED_FILES_ROOT = env.path("STORED_FILES_ROOT", VAR_DIR / "files")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STORED_FILES_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = STORED_FILES_ROOT
# Where the archives' inboxes are, one folder each; empty when no archive fetches packages by itself.
ARCHIVE_ROOT = env.text("ARCHIVE_ROOT", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
MAX_UPLOAD_BYTES = env.number("MAX_UPLOAD_BYTES", 50 * 1024 * 1024)
CLAMAV_ADDRESS = env.text("CLAMAV_ADDRESS", "")

# ---- mail ----
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "styringsdialog@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

MAIL_SINK_ROOT: Path | None = None

# ---- jobs ----
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TIMEZONE = TIME_ZONE
# A worker silent for this long has lost its job to the sweep (counted progress renews the lease).
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 60)
# How often beat looks for work and mail that nobody has taken.
SWEEP_SECONDS = float(env.number("SWEEP_SECONDS", 30))
# How often beat looks for reminders whose morning has come; what is missed leaves at the next look.
REMINDER_SECONDS = float(env.number("REMINDER_SECONDS", 600))
# How often packages go to the archives' inboxes and their receipts are fetched.
ARCHIVE_SECONDS = float(env.number("ARCHIVE_SECONDS", 300))
# Days from an expert meeting until a need for steering that no letter has given is shown on Min arbeidsdag.
NEEDS_WAIT_DAYS = env.number("NEEDS_WAIT_DAYS", 14)
# Each app adds its own: "name": {"task": "app.tasks.name", "schedule": seconds or crontab}.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "sweep jobs": {"task": "core.tasks.sweep_jobs", "schedule": SWEEP_SECONDS},
    "send reminders": {"task": "reporting.tasks.send_reminders", "schedule": REMINDER_SECONDS},
    "look over findings": {"task": "governance.tasks.look_over_findings", "schedule": crontab(hour=5, minute=10)},
    "remind rounds": {"task": "governance.tasks.remind_rounds", "schedule": REMINDER_SECONDS},
    "transfer to archives": {"task": "governance.tasks.transfer_to_archives", "schedule": ARCHIVE_SECONDS},
    "publish documents": {"task": "governance.tasks.publish_documents", "schedule": REMINDER_SECONDS},
    "delete what is due": {"task": "governance.tasks.delete_due", "schedule": crontab(hour=4, minute=20)},
    "deliver mail": {"task": "core.tasks.deliver_mail", "schedule": SWEEP_SECONDS},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# ---- API ----
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["config.api_defaults.RefuseUndeclared"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "agencies.tokens.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "EXCEPTION_HANDLER": "core.api.problems.handle",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "60/min", "user": "600/min"},
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_VERSIONING_CLASS": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Styringsdialog",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
MASKINPORTEN = env.maskinporten()

LOGGING = configure(env.text("LOG_LEVEL", "INFO"))
