"""On a developer's machine: `make run`."""

from typing import Any

from django.db.models import FETCH_RAISE

from config import env

env.read_local_file()

from config.settings.base import *  # noqa: E402, F403

DEBUG = env.flag("DEBUG", True)
SECRET_KEY = env.text("SECRET_KEY", "only-for-development-on-this-machine-and-never-anywhere-else")
ALLOWED_HOSTS = ["*"]
DEMO_LOGINS = True
FETCH_MODE = FETCH_RAISE

DATABASES = {"default": env.database("postgres:///styringsdialog")}
REDIS_URL = env.redis("redis://localhost:6379/0")
CELERY_BROKER_URL = env.celery_broker("redis://localhost:6379/0")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    "rows": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # templates change while one works
}
# Where the local mail server of `make run` keeps its messages.
MAIL_SINK_ROOT = env.path("MAIL_SINK_ROOT", BASE_DIR / "var" / "mail")
MAILERS = {"default": env.mailer("smtp://localhost:1025")}
