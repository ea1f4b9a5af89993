from django.urls import path

from collectief.gebruikers import views

app_name = "gebruikers"
urlpatterns = [
    path("wat-mag-ik/", views.wat_mag_ik, name="wat_mag_ik"),
    path("uitnodigen/", views.uitnodigen, name="uitnodigen"),
    path("uitnodigen/<int:pk>/intrekken/", views.trek_in, name="trek_in"),
    path("rollen/", views.rollen, name="rollen"),
    path("rollen/<int:pk>/beeindigen/", views.beeindig, name="beeindig"),
    path("welkom/<slug:token>/", views.aanvaard, name="aanvaard"),
]
