"""A mail server that takes everything and keeps only what it needs to count: the sink of a bench."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]*>)", re.IGNORECASE | re.MULTILINE)


class Postbus(socketserver.ThreadingTCPServer):
    """Counts the mail that comes in on a port of its own, with the moment and the Message-ID of each."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Gesprek)
        self.binnen: list[tuple[float, bytes]] = []

    @property
    def poort(self) -> int:
        return self.server_address[1]

    @property
    def per_seconde(self) -> float:
        """Mails a second between the first and the last."""
        momenten = [moment for moment, _ in self.binnen]
        return (len(momenten) - 1) / (max(momenten) - min(momenten))

    @property
    def dubbel(self) -> int:
        return len(self.binnen) - len({nummer for _, nummer in self.binnen})

    def leeg(self) -> None:
        self.binnen.clear()


class _Gesprek(socketserver.StreamRequestHandler):
    """The server's side of SMTP (RFC 5321), without any refusal."""

    server: Postbus

    def handle(self) -> None:
        self._zeg(b"220 bench")
        for regel in self.rfile:
            woord = regel[:4].upper()
            if woord == b"DATA":
                self._zeg(b"354 go ahead")
                self._neem_aan()
            self._zeg(b"221 bye" if woord == b"QUIT" else b"250 ok")
            if woord == b"QUIT":
                return

    def _neem_aan(self) -> None:
        inhoud = b"".join(iter(self.rfile.readline, b".\r\n"))
        gevonden = MESSAGE_ID.search(inhoud)
        self.server.binnen.append((perf_counter(), gevonden[1] if gevonden else b""))

    def _zeg(self, regel: bytes) -> None:
        self.wfile.write(regel + b"\r\n")


@contextmanager
def postbus() -> Iterator[Postbus]:
    with Postbus() as bus:
        draad = threading.Thread(target=bus.serve_forever, daemon=True)
        draad.start()
        try:
            yield bus
        finally:
            bus.shutdown()
            draad.join()
