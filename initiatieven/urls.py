from django.urls import path

from initiatieven.views import openbaar

app_name = "initiatieven"
urlpatterns = [
    path("", openbaar.lijst, name="lijst"),
    path("verbondgenoten/", openbaar.verbondgenoten, name="verbondgenoten"),
    path("<slug:slug>/", openbaar.detail, name="detail"),
]
