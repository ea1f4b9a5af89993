"""The way in: an application, the conversation about it, and what admins do with it."""

from django.urls import path

from initiatieven.views import aanmelden, gesprek, toetsing

urlpatterns = [
    path("aanmelden/", aanmelden.aanmelden, name="aanmelden"),
    path("aanmelden/dank/", aanmelden.dank, name="dank"),
    path("aanmelden/verder/<str:token>/", aanmelden.verder, name="verder"),
    path("aanmelden/verder/<str:token>/<slug:stap>/", aanmelden.verder_stap, name="verder_stap"),
    path("aanmelden/gesprek/<str:token>/", gesprek.gesprek, name="gesprek"),
    path("aanmelden/gesprek/<str:token>/agenda.ics", gesprek.gesprek_agenda, name="gesprek_agenda"),
    path("beheer/referenties/<int:pk>/", gesprek.referentie, name="referentie"),
    path("toetsing/", toetsing.toetsing, name="toetsing"),
    path("toetsing/<int:pk>/", toetsing.toets, name="toets"),
    path("toetsing/<int:pk>/oordelen/", toetsing.oordelen, name="oordelen"),
    path("toetsing/<int:pk>/stap/", toetsing.stap, name="stap"),
    path("toetsing/<int:pk>/besluit/", toetsing.besluit, name="besluit"),
    path("toetsing/<int:pk>/agenda.ics", gesprek.toets_agenda, name="toets_agenda"),
    path("toetsing/<int:pk>/gesprek/<slug:wat>/", gesprek.toets_gesprek, name="toets_gesprek"),
]
