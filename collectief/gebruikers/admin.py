"""Django's admin, for technical superusers only: accounts, never case data."""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction

from collectief.gebruikers.models import Gebruiker, RolNogNodig, weigert_als_iemand_alleen_blijft

# Signing in happens on our own page, with the second factor; the admin's own form would skip it.
admin.site.login = secure_admin_login(admin.site.login)


class GebruikerForm(forms.ModelForm):
    """An account that closes gives away what waited with it; the database does that, or says that it is too early."""

    def clean_is_active(self) -> bool:
        is_active = self.cleaned_data["is_active"]
        if self.instance.pk and not is_active:
            self._probeer_te_sluiten()
        return is_active

    def _probeer_te_sluiten(self) -> None:
        """Try it and undo it: a form only looks."""
        try:
            with transaction.atomic():
                with weigert_als_iemand_alleen_blijft():
                    Gebruiker.objects.filter(pk=self.instance.pk).update(is_active=False)
                transaction.set_rollback(True)
        except RolNogNodig as nodig:
            raise ValidationError(str(nodig)) from nodig


@admin.register(Gebruiker)
class GebruikerAdmin(admin.ModelAdmin):
    list_display = ["email", "naam", "is_active", "is_staff"]
    search_fields = ["email", "naam"]
    list_filter = ["is_active", "is_staff"]
    form = GebruikerForm
    fields = ["email", "naam", "is_active", "is_staff", "is_superuser"]
