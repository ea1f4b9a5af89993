from django.apps import AppConfig


class GebruikersConfig(AppConfig):
    name = "collectief.gebruikers"
    label = "gebruikers"
    verbose_name = "Gebruikers en rollen"
