"""GET one governing document as JSON, and nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.tokens.authentication import HasScope, api_actor
from core import clock
from core.api import parameters
from core.api.schema import PROBLEM
from core.canonical import sha256
from core.errors import NotFound
from governance.models import SteeringDocument
from governance.restricted import withheld_from
from governance.roundtrip import letter_of

PROBLEMS = {401: PROBLEM, 403: PROBLEM, 404: PROBLEM, 422: PROBLEM, 429: PROBLEM}
WORDS = "Dokumentet i formatet styringsdialog/letter/1, beskrevet i docs/api/letter.schema.json."


class DocumentDetail(APIView):
    """One document in the letter format, as this reader may read it: what is exempt is a shell."""

    permission_classes = [HasScope]
    required_scope = "documents:read"

    @extend_schema(
        operation_id="documents_get",
        responses={200: OpenApiResponse(OpenApiTypes.OBJECT, description=WORDS), **PROBLEMS},
    )
    def get(self, request: Request, uuid: str) -> Response:
        """The whole document, or 304 when the client has it."""
        parameters.check(request.query_params, {})
        actor, day = api_actor(request), clock.today()
        seen = SteeringDocument.objects.visible_to(actor, day).exclude(state="discarded")
        document = seen.for_detail().filter(uuid=uuid).first()
        if document is None:
            raise NotFound(_("Dokumentet finnes ikke, eller du har ikke tilgang til det."))
        letter = letter_of(document, withheld=withheld_from(document, actor, day))
        etag = f'"{sha256(letter.canonical())}"'
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        return Response(letter.as_json(), headers={"ETag": etag})
