"""The platform with the addresses of the benches; settings and middleware are those of production."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from collectief.verzoeken import met_schone_soort
from kaart.uitreiken import Uitreiker

settings.ROOT_URLCONF = "collectief.bench.urls"
application = Uitreiker(met_schone_soort(get_wsgi_application()))

from collectief.opwarmen import warm_op  # noqa: E402 - models can be imported from here on

warm_op()
