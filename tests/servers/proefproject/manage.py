"""Stands in for Django: notes each command with its role, and fails or waits when a file asks for it."""

import os
import sys
import time
from pathlib import Path

hier = Path(__file__).parent
naam = sys.argv[1]
with (hier / "opdrachten.log").open("a") as log:
    log.write(f"{' '.join(sys.argv[1:])} als {os.environ.get('COLLECTIEF_DATABASE_ROL', 'app')}\n")
if naam == "demo_accounts":
    sys.stdout.write("begeleider@voorbeeld.example\n")
if naam == "toon":
    sys.stdout.write("\n".join(os.environ.get(sleutel, "-") for sleutel in sys.argv[2:]) + f"\n{Path.cwd()}\n")
while (hier / f"wacht-{naam}").exists():
    time.sleep(0.05)
if (hier / f"stuk-{naam}").exists():
    sys.exit(f"{naam} ging stuk")
