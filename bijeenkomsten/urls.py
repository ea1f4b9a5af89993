from django.urls import path

from bijeenkomsten.views import genodigde, kernteam, knop, openbaar

app_name = "bijeenkomsten"
urlpatterns = [
    path("", openbaar.lijst, name="lijst"),
    path("agenda.ics", openbaar.agenda, name="agenda"),
    path("mijn/", genodigde.mijn, name="mijn"),
    path("antwoord/<slug:token>/", genodigde.antwoord, name="antwoord"),
    path("kom-je/<str:token>/<slug:antwoord>/", knop.knop, name="knop"),
    path("nieuw/", kernteam.nieuw, name="nieuw"),
    path("<int:pk>/", openbaar.detail, name="detail"),
    path("<int:pk>/agenda.ics", openbaar.agenda_van_een, name="agenda_van_een"),
    path("<int:pk>/meedoen/", genodigde.meedoen, name="meedoen"),
    path("<int:pk>/beheer/", kernteam.beheer, name="beheer"),
    path("<int:pk>/bewerken/", kernteam.bewerken, name="bewerken"),
    path("<int:pk>/publiceren/", kernteam.publiceren, name="publiceren"),
    path("<int:pk>/afgelasten/", kernteam.afgelasten, name="afgelasten"),
    path("<int:pk>/uitnodigen/", kernteam.uitnodigen, name="uitnodigen"),
    path("<int:pk>/uitnodigen/doelgroep/", kernteam.doelgroep_uitnodigen, name="doelgroep_uitnodigen"),
    path("<int:pk>/deelnemers/", kernteam.deelnemers, name="deelnemers"),
]
