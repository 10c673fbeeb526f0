from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.core.scopes import EVERY


@extend_schema(exclude=True)
class CheckSender(APIView):
    """Ask for a session or a token; the proxy in front asks it before it takes a body."""

    permission_classes = (IsAuthenticated,)
    scope = EVERY

    def get(self, request: Request) -> Response:
        """Say yes in no words."""
        return Response(status=204)
