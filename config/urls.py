"""All addresses: log-in, the API and each app's pages."""

from django.conf import settings
from django.urls import include, path

from config import local_mail
from config.discovery import include_each
from config.health import alive, ready

local_mail_urls = [
    path("lokal-post/", local_mail.inbox, name="local_mail"),
    path("lokal-post/<str:name>/", local_mail.message, name="local_mail_message"),
]
urlpatterns = [
    path("helse/", alive, name="health"),
    path("helse/klar/", ready, name="health_ready"),
    path("konto/", include("allauth.urls")),
    path("api/v1/", include("config.api_urls")),
    *include_each("urls"),
]
if settings.DEBUG:
    urlpatterns += local_mail_urls
