"""Mail in a folder, for the embedded mode and the tests."""

import contextlib
import os
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MapBackend(BaseEmailBackend):
    """Write each message to `<Message-ID>.eml` in one folder.

    Django's own file backend makes a new file at every attempt; here the stable Message-ID names the file, so
    a message that is handed over twice is still one file. The file appears whole or not at all.
    """

    def __init__(self, *, file_path: str, **kwargs):
        super().__init__(**kwargs)
        self.map = Path(file_path)

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        self.map.mkdir(parents=True, exist_ok=True)
        for bericht in email_messages:
            mail = bericht.message()
            naam = mail["Message-ID"].strip("<>").replace("/", "_")
            voorlopig = self.map / f".{naam}.{os.getpid()}"
            voorlopig.write_bytes(mail.as_bytes())
            with contextlib.suppress(FileExistsError):
                os.link(voorlopig, self.map / f"{naam}.eml")
            voorlopig.unlink()
        return len(email_messages)
