from django.urls import path

from collectief.post import views

app_name = "post"
urlpatterns = [
    path("", views.postmap, name="postmap"),
    path("mailkeuze/", views.mailkeuze, name="mailkeuze"),
    path("afmelden/<str:token>/", views.afmelden, name="afmelden"),
    path("<str:naam>/", views.brief, name="brief"),
    path("<str:naam>/opmaak/", views.opmaak, name="opmaak"),
]
