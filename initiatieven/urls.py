from django.urls import path

from initiatieven.views import aanmelden, beelden, beheer, export, openbaar, toetsing

app_name = "initiatieven"
urlpatterns = [
    path("", openbaar.lijst, name="lijst"),
    path("export/", export.export, name="export"),
    path("verbondgenoten/", openbaar.verbondgenoten, name="verbondgenoten"),
    path("aanmelden/", aanmelden.aanmelden, name="aanmelden"),
    path("aanmelden/dank/", aanmelden.dank, name="dank"),
    path("beheer/", beheer.beheer, name="beheer"),
    path("toetsing/", toetsing.toetsing, name="toetsing"),
    path("toetsing/<int:pk>/", toetsing.toets, name="toets"),
    path("toetsing/<int:pk>/oordelen/", toetsing.oordelen, name="oordelen"),
    path("toetsing/<int:pk>/stap/", toetsing.stap, name="stap"),
    path("toetsing/<int:pk>/besluit/", toetsing.besluit, name="besluit"),
    path("foto/<uuid:sleutel>/", openbaar.foto, name="foto"),
    path("<slug:slug>/", openbaar.detail, name="detail"),
    path("<slug:slug>/blad/", openbaar.blad, name="blad"),
    path("<slug:slug>/fotos/", beelden.fotos, name="fotos"),
    path("<slug:slug>/fotos/<uuid:sleutel>/", beelden.eigen_foto, name="eigen_foto"),
    path("<slug:slug>/fotos/<uuid:sleutel>/anders/", beelden.foto_anders, name="foto_anders"),
    path("<slug:slug>/verhalen/", beelden.verhalen, name="verhalen"),
    path("<slug:slug>/verhalen/<int:pk>/", beelden.verhaal_anders, name="verhaal_anders"),
    path("<slug:slug>/bewerken/", beheer.bewerken, name="bewerken"),
    path("<slug:slug>/plekken-kloppen/", beheer.plekken_kloppen, name="plekken_kloppen"),
]
