"""What a run says that it cost."""

import signal
import subprocess
import sys
from collections import Counter

from tests.kosten import lopend, regels


def test_each_part_that_cost_anything_has_a_line():
    zonder = {"zonder aantal": 6, "zonder zelf": 201.24, "zonder gestart": 40.0, "zonder klok": 260.0}
    een, ander = Counter(zonder), Counter(zonder | {"vinden zelf": 4.5, "vinden klok": 5.0})

    een.update(ander)

    assert list(regels(een)) == [
        "de tests vinden: 4,5 s processortijd, in gestarte programma's 0,0 s, op de klokken samen 5,0 s",
        "zonder browser, 12 tests: 402,5 s processortijd, in gestarte programma's 80,0 s, op de klokken samen 520,0 s",
    ]


WERK = "import time\nwhile time.process_time() < 0.3: pass\n"
ROEPT = "print(flush=True)\ntime.sleep(60)\n"
OUDER = f"""
import subprocess, sys, time
subprocess.run([sys.executable, "-c", {WERK!r}])
kind = subprocess.Popen([sys.executable, "-c", {WERK + ROEPT!r}], stdout=subprocess.PIPE)
kind.stdout.readline()
try:
    print(flush=True)
    time.sleep(60)
finally:
    kind.kill()
"""


def test_what_still_runs_counts_with_what_it_waited_for():
    vooraf = lopend()
    with subprocess.Popen([sys.executable, "-c", OUDER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as ouder:
        ouder.stdout.readline()
        gemeten = lopend() - vooraf
        ouder.send_signal(signal.SIGINT)

    assert 0.5 < gemeten < 5  # a tick is a hundredth
