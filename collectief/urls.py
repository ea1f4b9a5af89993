"""Every address of the platform, app by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from collectief.gezond import gezond

urlpatterns = [
    path("gezond/", gezond, name="gezond"),
    path("accounts/", include("allauth.urls")),
    path("gebruikers/", include("collectief.gebruikers.urls")),
    path("post/", include("collectief.post.urls")),
    path(settings.BEHEER_PAD, admin.site.urls),
]
