"""A mail server that keeps only what it needs to count: the sink of the benches, with faults on demand.

In a thread of this process (`postbus`), or as a process of its own that can be measured without being in the way:
`python -m collectief.bench.postbus GROOTBOEK` prints its port and writes one line for every mail to that ledger.
"""

import re
import socket
import socketserver
import struct
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from collectief.servers.processen import Proces, Werkmap, wacht_tot

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]*>)", re.IGNORECASE | re.MULTILINE)
METEEN_WEG = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset
WEIGERINGEN = {"421": b"421 later, bye", "451": b"451 greylisted", "550": b"550 unknown"}


@dataclass(frozen=True)
class Grootboek:
    """What came in: the moment and the Message-ID of every mail, in order."""

    binnen: list[tuple[float, bytes]]

    @property
    def per_seconde(self) -> float:
        """Mails a second between the first and the last."""
        momenten = [moment for moment, _ in self.binnen]
        return (len(momenten) - 1) / (max(momenten) - min(momenten))

    @property
    def nummers(self) -> set[bytes]:
        return {nummer for _, nummer in self.binnen}

    @property
    def dubbel(self) -> int:
        return len(self.binnen) - len(self.nummers)

    @classmethod
    def lees(cls, pad: Path) -> "Grootboek":
        regels = (regel.split(b" ", 1) for regel in pad.read_bytes().splitlines())
        return cls([(float(moment), nummer) for moment, nummer in regels])


class Postbus(socketserver.ThreadingTCPServer):
    """Listens on a port of its own.

    `streken` are tricks, one for each receiver that is named: a number refuses, `reset` hangs up after it took the
    mail, `stil:3` says nothing for three seconds, and anything else is an ordinary day. When they run out it stays so.
    """

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *, streken: Iterable[str] = (), grootboek: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Gesprek)
        self.boek = Grootboek([])
        self._streken = iter(streken)
        self._bestand = grootboek.open("ab", buffering=0) if grootboek else None

    @property
    def poort(self) -> int:
        return self.server_address[1]

    @property
    def binnen(self) -> list[tuple[float, bytes]]:
        return self.boek.binnen

    def volgende_streek(self) -> str:
        return next(self._streken, "")

    def schrijf_op(self, nummer: bytes) -> None:
        """To the file in one write: a reader never sees half a line, and a kill loses none."""
        moment = time.time()
        if self._bestand:
            self._bestand.write(b"%.6f %s\n" % (moment, nummer))
        else:
            self.boek.binnen.append((moment, nummer))


class _Gesprek(socketserver.StreamRequestHandler):
    """The server's side of SMTP (RFC 5321)."""

    server: Postbus
    streek = ""
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self._zeg(b"220 bench")
        for regel in self.rfile:
            woord = regel[:4].upper()
            if woord == b"DATA" and not self._neem_aan():
                return
            if woord != b"DATA":
                self._zeg(self._antwoord(woord))
            if woord == b"QUIT" or (woord == b"RCPT" and self.streek == "421"):
                return

    def _antwoord(self, woord: bytes) -> bytes:
        if woord == b"QUIT":
            return b"221 bye"
        if woord == b"RCPT":
            self.streek = self.server.volgende_streek()
            return WEIGERINGEN.get(self.streek, b"250 ok")
        return b"250 ok"

    def _neem_aan(self) -> bool:
        """Take the mail in; False when the line is gone."""
        self._zeg(b"354 go ahead")
        inhoud = b"".join(iter(self.rfile.readline, b".\r\n"))
        if self.streek.startswith("stil:"):
            time.sleep(float(self.streek.partition(":")[2]))
        gevonden = MESSAGE_ID.search(inhoud)
        self.server.schrijf_op(gevonden[1] if gevonden else b"<>")
        if self.streek == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, METEEN_WEG)
            return False
        self._zeg(b"250 ok")
        return True

    def _zeg(self, regel: bytes) -> None:
        self.wfile.write(regel + b"\r\n")

    def finish(self) -> None:
        """A client that was killed can't be told anything any more."""
        try:
            super().finish()
        except OSError:
            return


@contextmanager
def postbus(*streken: str) -> Iterator[Postbus]:
    """A mail server in a thread of this process."""
    with Postbus(streken=streken) as bus:
        draad = threading.Thread(target=bus.serve_forever, args=(0.05,), daemon=True)
        draad.start()
        try:
            yield bus
        finally:
            bus.shutdown()
            draad.join()


@dataclass(frozen=True)
class Postkantoor:
    """A mail server in a process of its own."""

    poort: int
    pad: Path

    def boek(self) -> Grootboek:
        return Grootboek.lees(self.pad)

    def leeg(self) -> None:
        self.pad.write_bytes(b"")


@contextmanager
def postkantoor(werkmap: Werkmap, omgeving: Mapping[str, str], *streken: str) -> Iterator[Postkantoor]:
    """Start one with an empty ledger below `werkmap`, and stop it afterwards."""
    pad = werkmap.map / "grootboek.txt"
    pad.write_bytes(b"")
    opdracht = [sys.executable, "-m", "collectief.bench.postbus", str(pad), *streken]
    proces = Proces("postkantoor", opdracht, werkmap, omgeving, cwd=Path(__file__).resolve().parents[2])
    proces.start()
    try:
        if not wacht_tot(lambda: b"poort " in proces.log.read_bytes(), 30):
            raise RuntimeError(f"The mail sink does not start: see {proces.log}.")
        yield Postkantoor(int(proces.log.read_text().split("poort ")[1].split()[0]), pad)
    finally:
        proces.stop()


def main() -> None:
    grootboek, *streken = sys.argv[1:]
    with Postbus(streken=streken, grootboek=Path(grootboek)) as bus:
        sys.stdout.write(f"poort {bus.poort}\n")
        sys.stdout.flush()
        bus.serve_forever()


if __name__ == "__main__":
    main()
