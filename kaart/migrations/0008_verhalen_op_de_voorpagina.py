"""A story that comes or goes is published too: the front page tells of the newest."""

from django.db import migrations

HEEN = (
    "CREATE TRIGGER kaart_gewijzigd AFTER INSERT OR UPDATE OR DELETE ON initiatieven_plekverhaal"
    " FOR EACH STATEMENT EXECUTE FUNCTION kaart_gewijzigd();"
)
TERUG = "DROP TRIGGER kaart_gewijzigd ON initiatieven_plekverhaal;"


class Migration(migrations.Migration):
    dependencies = [("kaart", "0007_plek_mag_verdwijnen"), ("initiatieven", "0007_bladzijde")]

    operations = [migrations.RunSQL(HEEN, TERUG)]
