from django.urls import path

from kaart import views

app_name = "kaart"
urlpatterns = [
    path("", views.kaart, name="kaart"),
    path("plekken.json", views.plekken, name="plekken"),
    path("plek/<int:pk>/", views.plek, name="plek"),
]
