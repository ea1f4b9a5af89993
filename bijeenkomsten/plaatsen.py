"""How a seat is given away when a meeting is full: in order of asking, with time to answer.

The one place that holds this; `Bijeenkomst.schuif_door` applies it.
"""

from datetime import datetime, timedelta

BEDENKTIJD = timedelta(hours=48)  # a weekend evening is long enough to see the mail, and the next one still has time
LANGST_BEWAARD = timedelta(days=30)  # after the meeting, for what people need to be able to come
NAMEN_BLIJVEN = timedelta(days=731)  # after the meeting, for who was asked and what she answered


def reageer_tot(nu: datetime, begint_op: datetime) -> datetime:
    """Until when somebody from the waiting list may take the seat that is kept for her; never past the beginning."""
    return min(nu + BEDENKTIJD, begint_op)


def plekken_voor(meegenomen: int) -> int:
    """How many seats one answer takes: the person herself, and whom she brings."""
    return 1 + meegenomen
