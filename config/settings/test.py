"""For pytest and for the processes it starts."""

from typing import Any

from django.db.models import FETCH_RAISE

from config import env

env.read_local_file()

from config.settings.base import *  # noqa: E402, F403

SECRET_KEY = "only-for-tests-and-long-enough-to-be-a-key-that-django-accepts"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_LOGINS = True
FETCH_MODE = FETCH_RAISE
# Argon2 is meant to be slow; a test database holds no secrets.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

DATABASES = {"default": env.database("postgres:///styringsdialog")}
REDIS_URL = env.redis("redis://localhost:6379/0")
CELERY_BROKER_URL = env.celery_broker("redis://localhost:6379/0")
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAILERS = {"default": env.mailer("smtp://localhost:1025")}
# Tests and the servers they start serve static files straight from their sources.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
