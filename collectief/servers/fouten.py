"""The one error that a user of ./dev gets to read."""


class Startfout(Exception):
    """Something stands in the way; the message is one clear Dutch sentence, shown without a traceback."""


class Gestopt(BaseException):
    """Ctrl-C, ./dev stop or a closed terminal: unwinds everything, so that every `finally` stops what it started."""
