"""WSGI entrance, served by granian."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from collectief.checks import check_productie
from collectief.verzoeken import met_schone_soort
from kaart.uitreiken import Uitreiker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collectief.settings")
application = Uitreiker(met_schone_soort(get_wsgi_application()))
# Only management commands run the system checks by themselves; the web must not come up without them.
if fouten := check_productie(None):
    raise ImproperlyConfigured(" ".join(fout.msg for fout in fouten))

from collectief.opwarmen import warm_op  # noqa: E402 - models can be imported from here on

warm_op()
