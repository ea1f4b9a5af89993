from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "collectief.post"
    label = "post"
    verbose_name = "Post"
