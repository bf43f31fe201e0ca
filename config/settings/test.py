"""For pytest and for the processes it starts."""

from typing import Any

from django.db.models import FETCH_RAISE

from config import env
from config.logging import configure

env.read_local_file()

from config.settings import base  # noqa: E402
from config.settings.base import *  # noqa: E402, F403

LOGGING = configure(env.text("LOG_LEVEL", "ERROR"))
SECRET_KEY = "only-for-tests-and-long-enough-to-be-a-key-that-django-accepts"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_LOGINS = True
FETCH_MODE = FETCH_RAISE
# Tests sign people in without a password.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", *base.AUTHENTICATION_BACKENDS]
# Argon2 is meant to be slow; a test database holds no secrets.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = {"default": env.database("postgres:///styringsdialog")}
REDIS_URL = env.redis("redis://localhost:6379/0")
CELERY_BROKER_URL = env.celery_broker("redis://localhost:6379/0")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "rows": base.KEPT_ROWS,
}
MAILERS = {"default": env.mailer("smtp://localhost:1025")}
# Tests and the servers they start serve static files straight from their sources.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
