from django.urls import path

from kaart.uitgeven import Soort
from kaart.views import alarm, app, contact, dekking, delen, lijstje, zoeken

app_name = "kaart"
urlpatterns = [
    path("", zoeken.kaart, name="kaart"),
    path("plekken.json", zoeken.plekken, name="plekken"),
    path("plek/<int:pk>/", zoeken.plek, name="plek"),
    path("lijstje/", lijstje.lijstje, name="lijstje"),
    path("lijstje/naast-elkaar/", lijstje.vergelijken, name="vergelijken"),
    path("hulp/", lijstje.hulp, name="hulp"),
    path("uitgave.json", app.uitgave, name="uitgave"),
    path("zonder-netwerk/", app.zonder_netwerk, name="zonder_netwerk"),
    path("insluiten/", delen.insluiten, name="insluiten"),
    path("insluiten/maken/", delen.insluiten_maken, name="insluiten_maken"),
    path("open-data/", delen.open_data, name="open_data"),
    path("open-data/plekken.geojson", delen.open_bestand, {"soort": Soort.GEOJSON}, name="plekken_geojson"),
    path("open-data/plekken.csv", delen.open_bestand, {"soort": Soort.CSV}, name="plekken_csv"),
    path("opensearch.xml", delen.opensearch, name="opensearch"),
    path("contact/", contact.contact, name="contact"),
    path("contact/dank/", contact.contact_dank, name="contact_dank"),
    path("contact/mijn/<str:token>/", contact.contact_stand, name="contact_stand"),
    path("contact/mijn/<str:token>/intrekken/", contact.contact_intrekken, name="contact_intrekken"),
    path("alarm/", alarm.nieuw, name="alarm_nieuw"),
    path("alarm/dank/", alarm.dank, name="alarm_dank"),
    path("alarm/<str:token>/", alarm.alarm, name="alarm"),
    path("alarm/<str:token>/stop/", alarm.stop, name="alarm_stop"),
    path("dekking/", dekking.dekking, name="dekking"),
    path("dekking/witte-vlekken/", dekking.witte_vlekken, name="witte_vlekken"),
    path("vragen/", contact.vragen, name="vragen"),
    path("vragen/<int:pk>/", contact.vraag, name="vraag"),
]
