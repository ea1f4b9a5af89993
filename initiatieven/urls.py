from django.urls import path, re_path

from initiatieven.urls_lidmaatschap import urlpatterns as lidmaatschap
from initiatieven.views import (
    beelden,
    beheer,
    bevestigen,
    bijhouden,
    export,
    openbaar,
    verbondgenoten,
    verhalen,
    wijzigingen,
)

app_name = "initiatieven"
urlpatterns = [
    *lidmaatschap,
    path("", openbaar.lijst, name="lijst"),
    path("export/", export.export, name="export"),
    path("verbondgenoten/", verbondgenoten.verbondgenoten, name="verbondgenoten"),
    path("verbondgenoten/beheer/", verbondgenoten.beheer, name="verbondgenoten_beheer"),
    path("verbondgenoten/<int:pk>/", verbondgenoten.verbondgenoot, name="verbondgenoot"),
    path("verbondgenoten/<int:pk>/contact/", verbondgenoten.contact, name="verbondgenoot_contact"),
    path("beheer/", beheer.beheer, name="beheer"),
    re_path(
        r"^bevestigen/(?P<token>[\w:-]+)/(?P<antwoord>klopt|wijzigen|gestopt)/$",
        bevestigen.bevestigen,
        name="bevestigen",
    ),
    path("overzicht/", bijhouden.overzicht, name="overzicht"),
    path("overzicht/<int:pk>/gebeld/", bijhouden.gebeld, name="gebeld"),
    path("melding/<int:pk>/", bijhouden.melding_klaar, name="melding_klaar"),
    path("wijzigingen/", wijzigingen.wijzigingen, name="wijzigingen"),
    path("wijzigingen/<int:pk>/", wijzigingen.wijziging_besluit, name="wijziging_besluit"),
    path("verhalen/", verhalen.verhalenlijst, name="verhalenlijst"),
    path("verhalen/<int:pk>/", verhalen.verhaal, name="verhaal"),
    path("foto/<uuid:sleutel>/", openbaar.foto, name="foto"),
    path("<slug:slug>/", openbaar.detail, name="detail"),
    path("<slug:slug>/blad/", openbaar.blad, name="blad"),
    path("<slug:slug>/klopt/", bijhouden.klopt, name="klopt"),
    path("<slug:slug>/klopt-niet/", bijhouden.klopt_niet, name="klopt_niet"),
    path("<slug:slug>/gemeld/", bijhouden.gemeld, name="gemeld"),
    path("<slug:slug>/fotos/", beelden.fotos, name="fotos"),
    path("<slug:slug>/fotos/<uuid:sleutel>/", beelden.eigen_foto, name="eigen_foto"),
    path("<slug:slug>/fotos/<uuid:sleutel>/anders/", beelden.foto_anders, name="foto_anders"),
    path("<slug:slug>/verhalen/", beelden.verhalen, name="verhalen"),
    path("<slug:slug>/verhalen/<int:pk>/", beelden.verhaal_anders, name="verhaal_anders"),
    path("<slug:slug>/geschiedenis/", wijzigingen.geschiedenis, name="geschiedenis"),
    path("<slug:slug>/geschiedenis/<int:pk>/terug/", wijzigingen.terugzetten, name="terugzetten"),
    path("<slug:slug>/wijzigingen/<int:pk>/intrekken/", wijzigingen.wijziging_intrekken, name="wijziging_intrekken"),
    path("<slug:slug>/bewerken/", beheer.bewerken, name="bewerken"),
    path("<slug:slug>/plekken-kloppen/", beheer.plekken_kloppen, name="plekken_kloppen"),
]
