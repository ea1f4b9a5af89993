"""Addresses of trajectories. Who may not see a trajectory finds nothing at any of them."""

from django.urls import path

from trajecten.views import (
    gegevens,
    inzage,
    kijken,
    lijst,
    mensen,
    nazorg,
    perspectief,
    preventie,
    stap,
    toestemming,
    traject,
    vandaag,
    verdelen,
)

app_name = "trajecten"

urlpatterns = [
    path("", vandaag.vandaag, name="vandaag"),
    path("lijst/", lijst.lijst, name="lijst"),
    path("verdelen/", verdelen.verdelen, name="verdelen"),
    path("nieuw/", lijst.nieuw, name="nieuw"),
    path("<uuid:pk>/", traject.traject, name="traject"),
    path("<uuid:pk>/moment/", traject.moment, name="moment"),
    path("<uuid:pk>/concept/", traject.concept, name="concept"),
    path("<uuid:pk>/wensen/", gegevens.wensen, name="wensen"),
    path("<uuid:pk>/gegevens/", gegevens.gegevens, name="gegevens"),
    path("<uuid:pk>/inzage/", inzage.inzage, name="inzage"),
    path("<uuid:pk>/inzage/familie/", inzage.inzage_familie, name="inzage_familie"),
    path("<uuid:pk>/kijken/", kijken.kijken, name="kijken"),
    path("<uuid:pk>/kijken/nieuw/", kijken.kijken_nieuw, name="kijken_nieuw"),
    path("<uuid:pk>/perspectief/", perspectief.perspectief, name="perspectief"),
    path("<uuid:pk>/perspectief/stap/<uuid:sleutel>/", perspectief.kleine_stap, name="kleine_stap"),
    path("<uuid:pk>/perspectief/plek/<uuid:sleutel>/", perspectief.mogelijke_plek, name="mogelijke_plek"),
    path("<uuid:pk>/preventieplan/", preventie.preventieplan, name="preventieplan"),
    path("<uuid:pk>/preventieplan/schrijven/", preventie.preventieplan_schrijven, name="preventieplan_schrijven"),
    path("<uuid:pk>/preventieplan/akkoord/", preventie.akkoord, name="akkoord"),
    path("<uuid:pk>/preventieplan/akkoord/<int:akkoord_pk>/terug/", preventie.akkoord_terug, name="akkoord_terug"),
    path("<uuid:pk>/terugval/", preventie.terugval, name="terugval"),
    path("<uuid:pk>/terugval/<int:signaal_pk>/terug/", preventie.terugval_terug, name="terugval_terug"),
    path("<uuid:pk>/fase/", stap.fase, name="fase"),
    path("<uuid:pk>/fase/terugnemen/", stap.terugnemen, name="terugnemen"),
    path("<uuid:pk>/rust/", stap.rust, name="rust"),
    path("<uuid:pk>/verder/", stap.verder, name="verder"),
    path("<uuid:pk>/nazorg/", nazorg.nazorg, name="nazorg"),
    path("<uuid:pk>/contact/<int:contact_pk>/", nazorg.contact, name="contact"),
    path("<uuid:pk>/toestemming/", toestemming.toestemming, name="toestemming"),
    path("<uuid:pk>/toestemming/<int:toestemming_pk>/intrekken/", toestemming.trek_in, name="toestemming_intrekken"),
    path("<uuid:pk>/mensen/", mensen.mensen, name="mensen"),
    path("<uuid:pk>/mensen/<uuid:mens_pk>/", mensen.mens, name="mens"),
    path("<uuid:pk>/mensen/<uuid:mens_pk>/afscheid/", mensen.afscheid, name="afscheid"),
]
