"""What is known about the young person on paper and in wishes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trajecten.actions import bewaar_identiteit
from trajecten.forms.begin import GegevensForm, RoepnaamForm, WensenForm
from trajecten.models import EerdereWens, JongereIdentiteit
from trajecten.views.laden import open_traject


@require_http_methods(["GET", "POST"])
def wensen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down the dream, what is of value and interests. What stood there before can be read below."""
    traject = open_traject(request, pk, "wensen")
    form = WensenForm(request.POST or None, instance=traject)
    if form.is_valid():
        EerdereWens.schrijf(traject, form.veranderd(), door=request.user)
        messages.success(request, "Opgeschreven.")
        return redirect("trajecten:traject", pk=pk)
    eerder = traject.eerdere_wensen.select_related("door").order_by("-id")
    return render(request, "trajecten/wensen.html", {"traject": traject, "form": form, "eerder": eerder})


@require_http_methods(["GET", "POST"])
def gegevens(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read and edit who the young person is on paper; each time is written in the read log."""
    traject = open_traject(request, pk, "identiteit")
    jongere = traject.jongere
    identiteit = JongereIdentiteit.objects.filter(jongere=jongere).first() or JongereIdentiteit(jongere=jongere)
    roepnaamform = RoepnaamForm(request.POST or None, instance=jongere)
    form = GegevensForm(request.POST or None, instance=identiteit, begonnen_op=traject.begonnen_op)
    if form.is_valid() and roepnaamform.is_valid():
        roepnaamform.save()
        bewaar_identiteit(identiteit=form.save(commit=False))
        messages.success(request, "De gegevens zijn bewaard.")
        return redirect("trajecten:traject", pk=pk)
    context = {"traject": traject, "form": form, "roepnaamform": roepnaamform}
    return render(request, "trajecten/gegevens.html", context)
