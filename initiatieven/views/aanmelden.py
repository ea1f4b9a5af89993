"""The way in: the public application form and the page that thanks."""

from allauth.core.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from initiatieven.actions import dien_in
from initiatieven.forms import AanmeldingForm
from initiatieven.forms.velden import vragen_terug

TE_VEEL = "Er kwamen net veel aanmeldingen binnen. Wacht een uur en probeer het dan nog eens. Je tekst staat er nog."


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def aanmelden(request: HttpRequest) -> HttpResponse:
    """Apply for membership."""
    form = AanmeldingForm(request.POST or None)
    if form.is_valid():
        if form.is_van_een_robot:
            return redirect("initiatieven:dank")
        if consume(request, action="aanmelding", key=form.cleaned_data["contact_email"].lower()):
            _dien_in_een_keer(form)
            return redirect("initiatieven:dank")
        form.add_error(None, TE_VEEL)
    context = {"form": form, "vragen": vragen_terug(form)}
    return render(request, "initiatieven/aanmelden.html", context)


def _dien_in_een_keer(form: AanmeldingForm) -> None:
    """Hand in; when the same form arrived twice at the same moment, the second is the same application."""
    try:
        with transaction.atomic():
            dien_in(aanmelding=form.bewaar())
    except IntegrityError as fout:
        if "aanmelding_een_keer_tegelijk" not in str(fout):
            raise


@require_safe
@login_not_required
def dank(request: HttpRequest) -> HttpResponse:
    return render(request, "initiatieven/dank.html")
