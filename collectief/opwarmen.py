"""What the first visitor would otherwise wait for: addresses, the place register and the templates of the map."""

import gc
import logging
import sys
from threading import Thread

from django.conf import settings
from django.db import DatabaseError, connection
from django.template.loader import get_template
from django.urls import get_resolver

from collectief.geo.register import register
from kaart.wegwijzer import wegwijzer

logger = logging.getLogger(__name__)
BEURT = 0.0005  # seconds that a thread may compute while another, back from compressing or from the database, waits


def warm_op() -> None:
    """Load the addresses, and read the rest meanwhile: the site comes up without waiting for its database."""
    get_resolver().url_patterns  # noqa: B018 - a property that imports
    if settings.MODUS != "test":
        sys.setswitchinterval(BEURT)  # ten times shorter than Python's own: a page lets go several times
        Thread(target=lees_voor, name="opwarmen", daemon=True).start()


def lees_voor() -> None:
    """Read what a first search needs. Without a database that waits for the first search after all."""
    get_template("kaart/kaart.html")
    get_template("kaart/antwoord.html")
    try:
        register()
        wegwijzer()
    except DatabaseError:
        logger.warning("opwarmen: de database antwoordt nog niet")
    finally:
        connection.close()
        gc.freeze()  # what was read stays: going over it again and again would hold up a page for a sixth of a second
