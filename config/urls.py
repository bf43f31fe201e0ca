"""All addresses: log-in, the API and each app's pages."""

from django.urls import include, path

from config.discovery import include_each

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("api/v1/", include("config.api_urls")),
    *include_each("urls"),
]
