"""Django's admin, for technical superusers only: accounts, never case data."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from collectief.gebruikers.models import Gebruiker

# Signing in happens on our own page, with the second factor; the admin's own form would skip it.
admin.site.login = secure_admin_login(admin.site.login)


@admin.register(Gebruiker)
class GebruikerAdmin(admin.ModelAdmin):
    list_display = ["email", "naam", "is_active", "is_staff"]
    search_fields = ["email", "naam"]
    list_filter = ["is_active", "is_staff"]
    fields = ["email", "naam", "is_active", "is_staff", "is_superuser"]
