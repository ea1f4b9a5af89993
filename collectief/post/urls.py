from django.urls import path

from collectief.post import views

app_name = "post"
urlpatterns = [
    path("", views.postmap, name="postmap"),
    path("<str:naam>/", views.brief, name="brief"),
]
