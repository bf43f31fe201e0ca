"""GET assignments, and nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.tokens.authentication import HasScope, api_actor
from assignments.api import rows
from assignments.api.serializers import AssignmentPageSerializer, AssignmentSerializer
from core import clock
from core.api import pagination, parameters
from core.api.schema import PROBLEM
from core.errors import NotFound

_TYPES = {
    "letter_year": OpenApiTypes.INT,
    "page_size": OpenApiTypes.INT,
    "active_on": OpenApiTypes.DATE,
    "due_from": OpenApiTypes.DATE,
    "due_to": OpenApiTypes.DATE,
    "updated_since": OpenApiTypes.DATETIME,
}
PROBLEMS = {401: PROBLEM, 403: PROBLEM, 422: PROBLEM, 429: PROBLEM}


class AssignmentList(APIView):
    """Assignments the client may see, oldest change first; follow ``next_cursor`` to the end."""

    permission_classes = [HasScope]
    required_scope = "assignments:read"

    @extend_schema(
        operation_id="assignments_list",
        parameters=[
            OpenApiParameter(name, _TYPES.get(name, OpenApiTypes.STR), description=words)
            for name, words in rows.PARAMETERS.items()
        ],
        responses={200: AssignmentPageSerializer, **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """One page."""
        values = parameters.check(request.query_params, rows.PARAMETERS, rows.AMBIGUOUS)
        seen = rows.filtered(rows.visible_rows(api_actor(request), clock.today()), values)
        page = pagination.paginate(seen, field="changed_at", values=values)
        data: dict[str, object] = {"results": [rows.row_of(row) for row in page.rows], "next_cursor": page.next_cursor}
        return Response(AssignmentPageSerializer(data).data)


class AssignmentDetail(APIView):
    """One assignment, with a strong ETag over what this client may see."""

    permission_classes = [HasScope]
    required_scope = "assignments:read"

    @extend_schema(operation_id="assignments_get", responses={200: AssignmentSerializer, 404: PROBLEM, **PROBLEMS})
    def get(self, request: Request, uuid: str) -> Response:
        """The row, or 304 when the client has it."""
        parameters.check(request.query_params, {})
        row = rows.visible_rows(api_actor(request), clock.today()).filter(uuid=uuid).first()
        if row is None:
            raise NotFound(_("Oppdraget finnes ikke, eller du har ikke tilgang til det."))
        data = rows.row_of(row)
        etag = f'"{data["version"]}-{data["access"]}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        return Response(AssignmentSerializer(data).data, headers={"ETag": etag})
