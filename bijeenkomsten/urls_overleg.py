"""What a meeting is prepared and remembered with; below the addresses of meetings, under the same name."""

from django.urls import path

from bijeenkomsten.views import vragen

urlpatterns = [
    path("vragen/", vragen.lijst, name="vragen"),
    path("vragen/nieuw/", vragen.nieuw, name="vraag_nieuw"),
    path("vragen/<int:pk>/", vragen.vraag, name="vraag"),
    path("vragen/<int:pk>/bewerken/", vragen.bewerken, name="vraag_bewerken"),
    path("vragen/<int:pk>/intrekken/", vragen.intrekken, name="vraag_intrekken"),
    path("vragen/<int:pk>/steunen/", vragen.steunen, name="vraag_steunen"),
    path("vragen/<int:pk>/samenvoegen/", vragen.samenvoegen, name="vraag_samenvoegen"),
    path("vragen/<int:pk>/stap/", vragen.stap, name="vraag_stap"),
    path("vragen/<int:pk>/antwoord/", vragen.antwoorden, name="vraag_antwoord"),
    path("<int:pk>/vragen/", vragen.agenda, name="agendavragen"),
    path("<int:pk>/vragen/<int:vraag_pk>/", vragen.plaatsen, name="vraag_plaatsen"),
]
