"""The description of the API, written once a language and form: it is the same for whoever asks."""

from functools import lru_cache
from threading import Lock

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language, override
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

_writing = Lock()


class OpenApiView(SpectacularAPIView):
    """Give the description that is kept; to write it takes half a second of the processor."""

    is_public = True

    def _get_schema_response(self, request: Request) -> HttpResponse:
        renderer = request.accepted_renderer
        language = get_language() or ""
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        # One at a time: the others find what the first has written.
        with _writing:
            body = written(language, renderer.media_type)
        answer = HttpResponse(body, content_type=renderer.media_type)
        name = f"{spectacular_settings.TITLE}.{renderer.format}"
        answer["Content-Disposition"] = f'inline; filename="{name}"'
        return answer


FORMS = {form.media_type: form for form in OpenApiView.renderer_classes}


@lru_cache(maxsize=16)
def written(language: str, media_type: str) -> bytes:
    with override(language):
        generator = OpenApiView.generator_class()
        schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    body: str | bytes = FORMS[media_type]().render(schema, renderer_context={})
    return body.encode() if isinstance(body, str) else body
