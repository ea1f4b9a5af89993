"""Row security on what families ask: only staff of a place that was asked, and who holds the private link.

Staff of one place do not see which other places were asked. The task that reminds and erases sees them all; it is
named by the worker, never by a page. What was asked is never changed afterwards, only erased.
"""

from django.db import migrations

from collectief.rijbeveiliging import alleen_toevoegen, bescherm

SLEUTEL = """
CREATE FUNCTION app_sleutel() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('app.sleutel', true), '')::uuid $$;
"""
VAN_MIJ = "initiatief_id IN (SELECT mijn_initiatieven())"
GEVRAAGD = f"EXISTS (SELECT FROM kaart_contactplek p WHERE p.verzoek_id = kaart_contactverzoek.id AND p.{VAN_MIJ})"
LINK = "{kolom} = (SELECT app_sleutel())"
TAAK = "(SELECT app_taak()) = '{naam}'"
CONTACT, ALARM = TAAK.format(naam="contact"), TAAK.format(naam="alarm")


def met_de_link(kolom: str) -> str:
    link = LINK.format(kolom=kolom)
    return f"met_de_link FOR ALL USING ({link}) WITH CHECK ({link})"


class Migration(migrations.Migration):
    dependencies = [("kaart", "0001_vragen_en_cijfers"), ("trajecten", "0002_rijbeveiliging")]

    operations = [
        migrations.RunSQL(SLEUTEL, "DROP FUNCTION app_sleutel()"),
        bescherm(
            "kaart_contactplek",
            met_de_link("verzoek_id"),
            f"gevraagd_lezen FOR SELECT USING ({VAN_MIJ})",
            f"gevraagd_zetten FOR UPDATE USING ({VAN_MIJ}) WITH CHECK ({VAN_MIJ})",
            f"taak_leest FOR SELECT USING ({CONTACT})",
            f"taak_zet FOR UPDATE USING ({CONTACT}) WITH CHECK ({CONTACT})",
        ),
        bescherm(
            "kaart_contactverzoek",
            met_de_link("id"),
            f"gevraagd_lezen FOR SELECT USING ({GEVRAAGD})",
            f"taak_leest FOR SELECT USING ({CONTACT})",
            f"taak_wist FOR UPDATE USING ({CONTACT}) WITH CHECK ({CONTACT})",
        ),
        bescherm(
            "kaart_zoekalarm",
            met_de_link("id"),
            f"taak FOR ALL USING ({ALARM}) WITH CHECK ({ALARM})",
        ),
        alleen_toevoegen("kaart_contactplek", behalve="stand, reden, sinds, door_id, herinnerd_op"),
        alleen_toevoegen(
            "kaart_contactverzoek",
            behalve="naam, email, telefoon, wanneer, leeftijd, bericht, gevraagd_na, gevonden, ingetrokken_op, gewist_op",
        ),
    ]
