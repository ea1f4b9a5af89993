from django.apps import AppConfig


class GeoConfig(AppConfig):
    name = "collectief.geo"
    label = "geo"
    verbose_name = "Postcodes en plaatsen"
