"""More can go along with a handover: the plan, photos, supplements. A chosen photo opens for who receives.

The picture is the only piece that is not copied into its row, so its row opens: as long as it is chosen, the handover
is hers to see and consent holds, which is asked on every query anew. The photo has to be of the same trajectory: a
key that somebody wrote by hand opens nothing elsewhere.
"""

from django.db import migrations, models

# Policies are tried from the last name to the first: what `zien` shows already is not looked up by this one. The tables of
# handovers are read in a function, which runs as whoever asks: so they are planned when it is asked, and not each time
# that a page shows a photo.
HEEN = """
CREATE FUNCTION fotos_hierheen() RETURNS TABLE (sleutel text, traject uuid) LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.sleutel, o.traject_id FROM trajecten_overdrachtstuk s
    JOIN trajecten_overdracht o ON o.id = s.overdracht_id
    WHERE s.soort = 'foto' AND s.overdracht_id IN (SELECT overdrachten_hierheen())
$$;

CREATE POLICY hierheen ON trajecten_momentfoto FOR SELECT USING (
    weggehaald_op IS NULL AND ('foto:' || id, traject_id) IN (SELECT h.sleutel, h.traject FROM fotos_hierheen() h));
"""
TERUG = """
DROP POLICY hierheen ON trajecten_momentfoto;
DROP FUNCTION fotos_hierheen();
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0036_seintje_vergrendelt")]

    operations = [
        migrations.AlterField(
            model_name="overdrachtstuk",
            name="soort",
            field=models.CharField(
                choices=[
                    ("roepnaam", "de roepnaam"),
                    ("wensen", "wensdroom en wat waardevol is"),
                    ("weg", "de weg tot nu"),
                    ("woorden", "eigen woorden bij de weg"),
                    ("stap", "kleine stappen"),
                    ("mens", "mensen eromheen"),
                    ("nazorg", "afspraken over nazorg"),
                    ("plan", "preventieplan"),
                    ("moment", "momenten"),
                    ("foto", "foto’s bij momenten"),
                    ("aanvulling", "aanvullingen bij momenten"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunSQL(HEEN, TERUG),
    ]
