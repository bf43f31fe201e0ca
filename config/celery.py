"""The Celery application. Celery is the bell; the work itself is a row in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("styringsdialog")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
