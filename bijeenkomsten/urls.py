from django.urls import include, path

from bijeenkomsten.views import genodigde, kernteam, knop, openbaar, planning, post

app_name = "bijeenkomsten"
urlpatterns = [
    path("", include("bijeenkomsten.urls_overleg")),
    path("", openbaar.lijst, name="lijst"),
    path("agenda.ics", openbaar.agenda, name="agenda"),
    path("mijn/", genodigde.mijn, name="mijn"),
    path("antwoord/<slug:token>/", genodigde.antwoord, name="antwoord"),
    path("antwoorden/", post.antwoorden, name="antwoorden"),
    path("kom-je/<str:token>/<slug:antwoord>/", knop.knop, name="knop"),
    path("nieuw/", kernteam.nieuw, name="nieuw"),
    path("blad/", planning.blad, name="blad"),
    path("planning/", planning.planning, name="planning"),
    path("planning/voorstel/", planning.voorstel, name="voorstel"),
    path("planning/publiceren/", planning.jaar_publiceren, name="jaar_publiceren"),
    path("planning/inlezen/", planning.planning_inlezen, name="planning_inlezen"),
    path("planning/planning.csv", planning.planning_csv, name="planning_csv"),
    path("planning/planning.ics", planning.planning_ics, name="planning_ics"),
    path("planning/schoolvakanties/", planning.schoolvakanties, name="schoolvakanties"),
    path("<int:pk>/verplaatsen/", planning.verplaatsen, name="verplaatsen"),
    path("<int:pk>/weghalen/", planning.weghalen, name="weghalen"),
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
