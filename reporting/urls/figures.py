"""Addresses of key figures."""

from django.urls import URLPattern, path

from reporting.views import figures

urlpatterns: list[URLPattern] = [
    path("nokkeltall/", figures.figures, name="figures"),
    path("nokkeltall/<uuid:uuid>/", figures.figure, name="figure"),
]
