"""What a meeting is prepared and remembered with; below the addresses of meetings, under the same name."""

from django.urls import path

from bijeenkomsten.views import datumprikker, verslag, vragen

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
    # date polls
    path("datumprikkers/", datumprikker.lijst, name="datumprikkers"),
    path("datumprikkers/nieuw/", datumprikker.nieuw, name="datumprikker_nieuw"),
    path("datumprikkers/<int:pk>/", datumprikker.prikker, name="datumprikker"),
    path("datumprikkers/<int:pk>/data/", datumprikker.data_erbij, name="prikdata"),
    path("datumprikkers/<int:pk>/mensen/", datumprikker.mensen_erbij, name="prikmensen"),
    path("datumprikkers/<int:pk>/mensen/<int:gast_pk>/", datumprikker.gast, name="prikgast"),
    path("datumprikkers/<int:pk>/data/<int:datum_pk>/weg/", datumprikker.datum_weg, name="prikdatum_weg"),
    path("datumprikkers/<int:pk>/data/<int:datum_pk>/", datumprikker.kies, name="prikdatum_kies"),
    path("datumprikkers/<int:pk>/termijn/", datumprikker.termijn, name="prik_termijn"),
    path("datumprikkers/<int:pk>/herinneren/", datumprikker.herinneren, name="prik_herinneren"),
    path("datumprikkers/<int:pk>/stoppen/", datumprikker.stoppen, name="prik_stoppen"),
    path("wanneer-kun-je/<slug:token>/", datumprikker.prikken, name="prikken"),
    # reports, and what people promised
    path("<int:pk>/verslag/", verslag.openbaar, name="verslag"),
    path("antwoord/<slug:token>/verslag/", verslag.gastverslag, name="gastverslag"),
    path("<int:pk>/verslag/lezen/", verslag.lezen, name="verslag_lezen"),
    path("<int:pk>/verslag/een-minuut/", verslag.een_minuut, name="een_minuut"),
    path("<int:pk>/verslag/schrijven/", verslag.schrijven, name="verslag_schrijven"),
    path("<int:pk>/verslag/stap/", verslag.stap, name="verslag_stap"),
    path("<int:pk>/verslag/reacties/<int:reactie_pk>/", verslag.reactie_verwerkt, name="reactie_verwerkt"),
    path("<int:pk>/verslag/<slug:soort>/nieuw/", verslag.onderdeel, name="verslag_nieuw"),
    path("<int:pk>/verslag/<slug:soort>/<int:onderdeel_pk>/", verslag.onderdeel, name="verslag_onderdeel"),
    path("acties/", verslag.acties, name="acties"),
    path("acties/<int:pk>/klaar/", verslag.actie_klaar, name="actie_klaar"),
]
