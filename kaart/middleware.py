"""Published files are served like static files: before sessions, users and views."""

import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError, StaticFile

STUK = 1 << 18  # bytes
NAAM = re.compile(r"[a-z]+\.[0-9a-f]{20}\.[a-z]+")


class BestandenMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise, and beside what was there at the start also what a worker published since.

    A published file is found once and remembered; only a name of the right form is ever looked for on disk.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        pad = request.path_info
        if not pad.startswith(settings.UITGAVE_URL):
            return super().__call__(request)
        try:
            if pad not in self.files and NAAM.fullmatch(pad.removeprefix(settings.UITGAVE_URL)):
                self.add_file_to_dictionary(pad, str(self._op_schijf(pad)))
            return super().__call__(request)
        except (FileNotFoundError, MissingFileError):  # never there, or cleared away since
            self.files.pop(pad, None)
            return self.get_response(request)

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """In one piece: bits of four kilobytes cost more than they weigh."""
        response = WhiteNoiseMiddleware.serve(static_file, request)
        response.block_size = STUK
        return response

    def _op_schijf(self, pad: str) -> Path:
        return Path(settings.UITGAVE_MAP) / pad.removeprefix(settings.UITGAVE_URL)

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(settings.UITGAVE_URL) or super().immutable_file_test(path, url)
