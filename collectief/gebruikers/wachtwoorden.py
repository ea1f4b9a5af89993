"""What a password has to be, said in our own words: Django's Dutch says *u*, and nothing about the length."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)


class LengteValidator(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Kies er een van minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return f"Minstens {self.min_length} tekens. Een zinnetje dat alleen jij kent, werkt goed."


class VeelgebruiktValidator(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord gebruiken veel mensen. Kies er een dat alleen jij kent."

    def get_help_text(self) -> str:
        return "Niet een dat veel mensen gebruiken."


class LijktOpJouValidator(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op je naam of mailadres. Kies een ander."

    def get_help_text(self) -> str:
        return "Niet je naam of mailadres."
