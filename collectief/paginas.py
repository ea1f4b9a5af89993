"""Front pages and error pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_fout(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain an expired form; what was typed is still there after going back."""
    return render(request, "403_csrf.html", status=403)
