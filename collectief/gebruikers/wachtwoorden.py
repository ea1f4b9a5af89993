"""What a password has to be, said in our own words: Django's sentence about the length has no Dutch translation."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengteValidator(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Kies er een van minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return f"Minstens {self.min_length} tekens. Een zinnetje dat alleen jij kent, werkt goed."
