"""Every address of the platform, app by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

import collectief.gebruikers.admin  # noqa: F401  (autodiscovery is off: it would import leaflet.admin, which needs GDAL)
from collectief import paginas
from collectief.gezond import gezond
from collectief.stand import stand
from collectief.uitleg import uitleg
from collectief.zoeken import zoeken
from kaart.views import app
from trajecten.views import agenda, seintje

handler500 = "collectief.storing.serverfout"

urlpatterns = [
    path("", paginas.home, name="home"),
    path("kaart/", include("kaart.urls")),  # high up: most visitors come for this
    path("trajecten/", include("trajecten.urls")),  # and next what staff come for, all day
    path("over/", paginas.over, name="over"),
    path("pers/", paginas.pers, name="pers"),
    path("beveiliging/", paginas.beveiliging, name="beveiliging"),
    path(".well-known/security.txt", paginas.security_txt, name="security_txt"),
    path("privacy/", paginas.privacy, name="privacy"),
    path("uitleg/", uitleg, name="uitleg"),
    path("uitleg/<slug:naam>/", uitleg, name="uitleg_voor"),
    path("zoeken/", zoeken, name="zoeken"),
    path("stijl/", paginas.stijl, name="stijl"),
    path("gezond/", gezond, name="gezond"),
    path("accounts/", include("allauth.urls")),
    path("beheer/stand/", stand, name="stand"),
    path("mijn/", paginas.mijn, name="mijn"),
    # Outside trajecten/: whoever sees these addresses reads nothing in them.
    path("agenda/<str:token>.ics", agenda.feed, name="agenda_feed"),
    path("seintje/<str:token>/", seintje.stop, name="seintje_stop"),
    path("gebruikers/", include("collectief.gebruikers.urls")),
    path("bijeenkomsten/", include("bijeenkomsten.urls")),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("dienst.js", app.dienst, name="dienst"),  # at the top: a service worker rules over what is below it
    path("post/", include("collectief.post.urls")),
    path("initiatieven/", include("initiatieven.urls")),
    path(settings.BEHEER_PAD, admin.site.urls),
]
