"""A QR code of one of our own addresses, drawn as SVG inside the page."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

RAND = 4  # quiet modules around it, as scanners need


def qr(adres: str, naam: str) -> SafeString:
    """Draw a full address in one path; `naam` says what it is for whoever cannot see it."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=RAND)
    code.add_data(adres)
    code.make(fit=True)
    vakjes = code.get_matrix()
    lijnen = "".join(f"M{x} {y}h1v1h-1z" for y, rij in enumerate(vakjes) for x, is_zwart in enumerate(rij) if is_zwart)
    return format_html(
        '<svg class="qr" viewBox="0 0 {maat} {maat}" width="180" height="180" role="img" aria-label="{naam}">'
        '<path fill="#000" d="{lijnen}"/></svg>',
        maat=len(vakjes),
        naam=naam,
        lijnen=lijnen,
    )
