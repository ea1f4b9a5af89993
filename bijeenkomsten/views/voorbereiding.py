"""The programme and the documents of a meeting: the core team writes them, and who may reads them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bijeenkomsten.actions import bewaar_document, haal_document_weg
from bijeenkomsten.bladzijde import als_bestand, inhoud, met_overzicht
from bijeenkomsten.forms.voorbereiding import DocumentForm, programmaformulier
from bijeenkomsten.models import Bijeenkomst, Document
from bijeenkomsten.permissions import mag_plannen
from bijeenkomsten.views.kernteam import voor_kernteam


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def programma(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the programme, and see whether its minutes fit."""
    bijeenkomst = get_object_or_404(met_overzicht(Bijeenkomst.objects.all()), pk=pk)
    formset = programmaformulier(request.POST or None, bijeenkomst)
    if formset.is_valid():
        formset.save()
        messages.success(request, "Het programma is bewaard.")
        return redirect(request.path)
    context = {"bijeenkomst": bijeenkomst, "formset": formset, **inhoud(bijeenkomst)}
    return render(request, "bijeenkomsten/programma.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_kernteam
def documenten(request: HttpRequest, pk: int) -> HttpResponse:
    """All documents of a meeting, and a form for one more."""
    bijeenkomst = get_object_or_404(Bijeenkomst, pk=pk)
    form = DocumentForm(request.POST or None, request.FILES or None, instance=Document(bijeenkomst=bijeenkomst))
    if form.is_valid():
        document = form.save(commit=False)
        bewaar_document(document=document, inhoud=form.inhoud, door=request.user)
        messages.success(request, f"{document.naam} staat erbij.")
        return redirect(request.path)
    rijen = bijeenkomst.documenten.order_by("toegevoegd_op", "pk")
    return render(
        request, "bijeenkomsten/documenten.html", {"bijeenkomst": bijeenkomst, "form": form, "documenten": rijen}
    )


@require_POST
@voor_kernteam
def document_weg(request: HttpRequest, document: str) -> HttpResponse:
    stuk = get_object_or_404(Document, pk=document)
    haal_document_weg(document=stuk)
    messages.success(request, f"{stuk.naam} is weg.")
    return redirect("bijeenkomsten:documenten", stuk.bijeenkomst_id)


@require_safe
def document(request: HttpRequest, document: str) -> HttpResponse:
    """Send a document to who is invited, or to the core team."""
    alle = Document.objects.all() if mag_plannen(request.user) else Document.objects.zichtbaar_voor(request.user)
    return _stuur(get_object_or_404(alle, pk=document))


@require_safe
@login_not_required
def openbaar_document(request: HttpRequest, document: str) -> HttpResponse:
    """Send a document that everybody may see."""
    return _stuur(get_object_or_404(Document.objects.openbaar(), pk=document))


@require_safe
@login_not_required
@never_cache
def gastdocument(request: HttpRequest, token: str, document: str) -> HttpResponse:
    """Send a document to a guest without an account, by her personal link."""
    return _stuur(get_object_or_404(Document.objects.voor_gast(token), pk=document))


def _stuur(stuk: Document) -> HttpResponse:
    try:
        return als_bestand(stuk)
    except FileNotFoundError as fout:
        raise Http404 from fout
