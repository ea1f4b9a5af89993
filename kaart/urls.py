from django.urls import path

from kaart import views, views_alarm, views_app, views_contact, views_dekking, views_delen, views_lijstje
from kaart.uitgeven import Soort

app_name = "kaart"
urlpatterns = [
    path("", views.kaart, name="kaart"),
    path("plekken.json", views.plekken, name="plekken"),
    path("plek/<int:pk>/", views.plek, name="plek"),
    path("lijstje/", views_lijstje.lijstje, name="lijstje"),
    path("lijstje/naast-elkaar/", views_lijstje.vergelijken, name="vergelijken"),
    path("hulp/", views_lijstje.hulp, name="hulp"),
    path("uitgave.json", views_app.uitgave, name="uitgave"),
    path("zonder-netwerk/", views_app.zonder_netwerk, name="zonder_netwerk"),
    path("insluiten/", views_delen.insluiten, name="insluiten"),
    path("insluiten/maken/", views_delen.insluiten_maken, name="insluiten_maken"),
    path("open-data/", views_delen.open_data, name="open_data"),
    path("open-data/plekken.geojson", views_delen.open_bestand, {"soort": Soort.GEOJSON}, name="plekken_geojson"),
    path("open-data/plekken.csv", views_delen.open_bestand, {"soort": Soort.CSV}, name="plekken_csv"),
    path("opensearch.xml", views_delen.opensearch, name="opensearch"),
    path("contact/", views_contact.contact, name="contact"),
    path("contact/dank/", views_contact.contact_dank, name="contact_dank"),
    path("contact/mijn/<str:token>/", views_contact.contact_stand, name="contact_stand"),
    path("contact/mijn/<str:token>/intrekken/", views_contact.contact_intrekken, name="contact_intrekken"),
    path("alarm/", views_alarm.nieuw, name="alarm_nieuw"),
    path("alarm/dank/", views_alarm.dank, name="alarm_dank"),
    path("alarm/<str:token>/", views_alarm.alarm, name="alarm"),
    path("alarm/<str:token>/stop/", views_alarm.stop, name="alarm_stop"),
    path("dekking/", views_dekking.dekking, name="dekking"),
    path("dekking/witte-vlekken/", views_dekking.witte_vlekken, name="witte_vlekken"),
    path("vragen/", views_contact.vragen, name="vragen"),
    path("vragen/<int:pk>/", views_contact.vraag, name="vraag"),
]
