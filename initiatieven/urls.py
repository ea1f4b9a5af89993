from django.urls import path

from initiatieven.views import aanmelden, openbaar

app_name = "initiatieven"
urlpatterns = [
    path("", openbaar.lijst, name="lijst"),
    path("verbondgenoten/", openbaar.verbondgenoten, name="verbondgenoten"),
    path("aanmelden/", aanmelden.aanmelden, name="aanmelden"),
    path("aanmelden/dank/", aanmelden.dank, name="dank"),
    path("<slug:slug>/", openbaar.detail, name="detail"),
]
