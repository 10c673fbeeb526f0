"""Whether whoever is about to send a file may send one at all."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@extend_schema(exclude=True)
class CheckSender(APIView):
    """Ask for a session or a token; the proxy in front asks it before it takes a body."""

    permission_classes = (IsAuthenticated,)

    def get(self, request: Request) -> Response:
        """Say yes in no words."""
        return Response(status=204)
