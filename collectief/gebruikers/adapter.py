"""How allauth behaves here: accounts by invitation only, and every mail through our outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.sites.shortcuts import get_current_site

from collectief.post.actions import leg_klaar_tekst


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Put the mail in the outbox; its text is erased as soon as it is sent, because it may hold a secret link."""
        bericht = self.render_mail(
            template_prefix,
            email,
            {"email": email, "current_site": get_current_site(self.request), **context},
        )
        leg_klaar_tekst(aan_adres=email, onderwerp=bericht.subject, tekst=bericht.body)
