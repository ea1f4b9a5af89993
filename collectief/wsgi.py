"""WSGI entrance, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

from collectief.verzoeken import met_schone_soort

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collectief.settings")
application = met_schone_soort(get_wsgi_application())
