"""The form field for a photo, for every app that takes one."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from collectief.beeld import Foto, GeenFoto, maak_foto
from collectief.bestanden import MAX_UPLOAD


class Fotoveld(forms.FileField):
    """A photo, judged by what is in it. Gives a picture of ours: smaller, upright, and with nothing else in it."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def to_python(self, data: UploadedFile | None) -> Foto | None:
        if data in self.empty_values:
            return None
        if data.size > MAX_UPLOAD:
            raise ValidationError(
                f"Dit bestand is {data.size // 1_000_000} MB. Een foto mag hooguit {MAX_UPLOAD // 1_000_000} MB zijn."
            )
        try:
            return maak_foto(data)
        except GeenFoto as fout:
            raise ValidationError(str(fout)) from fout
