"""All addresses: log-in, the API and each app's pages."""

from django.urls import include, path

from config.discovery import include_each
from config.health import alive, ready

urlpatterns = [
    path("helse/", alive, name="health"),
    path("helse/klar/", ready, name="health_ready"),
    path("konto/", include("allauth.urls")),
    path("api/v1/", include("config.api_urls")),
    *include_each("urls"),
]
