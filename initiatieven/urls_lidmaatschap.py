"""The way in: an application, the conversation about it, and what admins do with it."""

from django.urls import path

from initiatieven.views import aanmelden, gegevens, gesprek, jaarcheck, toetsing

urlpatterns = [
    path("aanmelden/", aanmelden.aanmelden, name="aanmelden"),
    path("aanmelden/dank/", aanmelden.dank, name="dank"),
    path("aanmelden/verder/<str:token>/", aanmelden.verder, name="verder"),
    path("aanmelden/verder/<str:token>/<slug:stap>/", aanmelden.verder_stap, name="verder_stap"),
    path("aanmelden/gesprek/<str:token>/", gesprek.gesprek, name="gesprek"),
    path("aanmelden/gesprek/<str:token>/agenda.ics", gesprek.gesprek_agenda, name="gesprek_agenda"),
    path("beheer/referenties/<int:pk>/", gesprek.referentie, name="referentie"),
    path("beheer/benadering/", jaarcheck.benadering, name="benadering"),
    path("beheer/benadering/<slug:slug>/", jaarcheck.onderschrijven, name="onderschrijven"),
    path("toetsing/jaarchecks/", jaarcheck.jaarchecks, name="jaarchecks"),
    path("toetsing/jaarchecks/<int:pk>/", jaarcheck.besproken, name="jaarcheck_besproken"),
    path("toetsing/benadering/", jaarcheck.nieuwe_benadering, name="nieuwe_benadering"),
    path("export/open-data.csv", gegevens.open_data_csv, name="open_data_csv"),
    path("export/hsds.json", gegevens.open_data_json, name="open_data_json"),
    path("toetsing/importeren/", gegevens.importeren, name="importeren"),
    path("toetsing/importeren/<int:pk>/", gegevens.importproef, name="importproef"),
    path("toetsing/prullenbak/", gegevens.prullenbak, name="prullenbak"),
    path("toetsing/prullenbak/<int:pk>/", gegevens.weggooien, name="weggooien"),
    path("<slug:slug>/jaarcheck/", jaarcheck.jaarcheck, name="jaarcheck"),
    path("toetsing/", toetsing.toetsing, name="toetsing"),
    path("toetsing/<int:pk>/", toetsing.toets, name="toets"),
    path("toetsing/<int:pk>/oordelen/", toetsing.oordelen, name="oordelen"),
    path("toetsing/<int:pk>/stap/", toetsing.stap, name="stap"),
    path("toetsing/<int:pk>/besluit/", toetsing.besluit, name="besluit"),
    path("toetsing/<int:pk>/agenda.ics", gesprek.toets_agenda, name="toets_agenda"),
    path("toetsing/<int:pk>/gesprek/<slug:wat>/", gesprek.toets_gesprek, name="toets_gesprek"),
]
