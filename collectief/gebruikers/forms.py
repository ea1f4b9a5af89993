"""Forms about people: invite someone, accept an invitation, set up a second step, forget a password."""

from time import perf_counter, sleep

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from collectief.gebruikers.models import Gebruiker, Rol, Roluitnodiging
from collectief.gebruikers.permissions import mag_uitnodigen_voor

GEEN_ADRES = "Dit is geen e-mailadres. Kijk het even na."


class UitnodigForm(forms.ModelForm):
    """Invite someone for a role, within what the inviter may give."""

    class Meta:
        model = Roluitnodiging
        fields = ["naam", "email", "soort", "initiatief"]
        error_messages = {
            "naam": {"required": "Vul de naam in van wie je uitnodigt."},
            "email": {
                "required": "Vul het e-mailadres in.",
                "invalid": GEEN_ADRES,
            },
            "soort": {"required": "Kies een rol."},
        }

    def __init__(self, *args, door: Gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        self.door = door
        self.instance.door = door
        self.fields["initiatief"].queryset = self.fields["initiatief"].queryset.op_naam()
        if not door.is_beheerder:
            eigen = door.initiatieven_als(Rol.Soort.COORDINATOR)
            self.fields["soort"].choices = [(soort.value, soort.label) for soort in Rol.BIJ_INITIATIEF]
            self.fields["initiatief"].queryset = self.fields["initiatief"].queryset.filter(pk__in=eigen)
            self.fields["initiatief"].required = True
            self.fields["initiatief"].error_messages["required"] = "Kies voor welk initiatief."
            if len(eigen) == 1:
                self.initial.setdefault("initiatief", *eigen)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email == self.door.email or Gebruiker.objects.met_adres(email).filter(pk=self.door.pk).exists():
            raise ValidationError("Jezelf kun je geen rol geven. Vraag het aan een collega.")
        return email

    def clean(self) -> dict:
        data = super().clean()
        initiatief = data.get("initiatief")
        soort = data.get("soort")
        if soort and not mag_uitnodigen_voor(self.door, soort, initiatief.pk if initiatief else None):
            raise ValidationError("Je kunt alleen uitnodigen voor een initiatief waar je coördinator bent.")
        if soort and Rol.objects.nu().filter(
            gebruiker__in=Gebruiker.objects.met_adres(data.get("email", "")), soort=soort, initiatief=initiatief
        ):
            self.add_error("email", "Deze persoon heeft deze rol al.")
        return data


class ZoekMensForm(forms.Form):
    """Look for somebody by name or mail address."""

    q = forms.CharField(label="Naam of e-mailadres", required=False, max_length=120, empty_value="")


class AanvaardForm(forms.Form):
    """Choose a name and a password for a new account."""

    naam = forms.CharField(
        label="Hoe heet je?",
        max_length=120,
        error_messages={"required": "Vul je naam in."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    wachtwoord = forms.CharField(
        label="Kies een wachtwoord",
        help_text="Minstens 12 tekens. Een zinnetje dat alleen jij kent, werkt goed.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Kies een wachtwoord."},
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict:
        data = super().clean()
        if data.get("wachtwoord"):
            try:
                validate_password(data["wachtwoord"], Gebruiker(email=self.email, naam=data.get("naam", "")))
            except ValidationError as fout:
                self.add_error("wachtwoord", fout)
        return data


class WachtwoordVergetenForm(ResetPasswordForm):
    """Takes as long for an address that nobody has as for one that gets a mail: how long it took tells nothing."""

    DUUR = 0.25  # seconds; making the mail takes some hundredths

    def __init__(self, *args, **kwargs):
        self._begin = perf_counter()
        super().__init__(*args, **kwargs)

    def save(self, request, **kwargs) -> str:
        email = super().save(request, **kwargs)
        sleep(max(0, self.DUUR - (perf_counter() - self._begin)))
        return email


# allauth's own forms, of which the labels are English or for experts. Named in MFA_FORMS.


class CodeAppForm(ActivateTOTPForm):
    code = forms.CharField(
        label="De zes cijfers uit de app",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyForm(AddWebAuthnForm):
    name = forms.CharField(label="Naam", required=False)
    passwordless = forms.BooleanField(
        label="Hiermee log ik in zonder wachtwoord",
        required=False,
        help_text="Je apparaat vraagt dan elke keer om je vingerafdruk, je gezicht of je pincode.",
    )


class PasskeynaamForm(EditWebAuthnForm):
    name = forms.CharField(label="Naam", error_messages={"required": "Geef de passkey een naam."})
