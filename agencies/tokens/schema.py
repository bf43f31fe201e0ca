"""The token in the API's schema; imported when the app starts."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from agencies.tokens.authentication import TokenAuthentication


class TokenScheme(OpenApiAuthenticationExtension):
    """The token in the schema."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """As OpenAPI wants it."""
        return {"type": "http", "scheme": "bearer"}
