"""Stands in for the web server: the same entrance to the smallest website, without Django."""

import sys

from granian import Granian
from granian.constants import Interfaces

if __name__ == "__main__":
    poort = int(sys.argv[sys.argv.index("--poort") + 1])
    Granian("collectief.wsgi:application", port=poort, interface=Interfaces.WSGI, workers_kill_timeout=5).serve()
