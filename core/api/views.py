"""The schema is open to anyone: it holds no data, and clients need it before they have a token."""

from __future__ import annotations

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny


class Schema(SpectacularAPIView):
    """OpenAPI 3 of this version."""

    permission_classes = [AllowAny]


class Docs(SpectacularSwaggerSplitView):
    """A page to read the schema in; its script is served from here and needs no inline code."""

    permission_classes = [AllowAny]
    throttle_classes = []
