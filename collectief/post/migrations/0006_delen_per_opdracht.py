"""Whether a part belongs to a message is looked at once per statement, and no longer once per part.

A sweep may write a hundred thousand parts in one statement; a look for each cost more than writing them. What holds is
the same: no part without its message, not even when the message goes away at that very moment.
"""

import django.db.models.deletion
from django.db import migrations, models

FUNCTIES = """
-- KEY SHARE as a foreign key takes it: a message that is being taken away is waited for, and then missed here.
CREATE FUNCTION deel_hoort_bij_bericht() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(DISTINCT n.bericht_id) FROM nieuw n) <> (SELECT count(*) FROM (
        SELECT FROM post_bericht b WHERE b.id IN (SELECT n.bericht_id FROM nieuw n) FOR KEY SHARE
    ) er_is) THEN
        RAISE foreign_key_violation USING MESSAGE = 'Een deel hoort bij een bericht dat er is.';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION deel_blijft_bij_bericht() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = 'Een deel verhuist niet naar een ander bericht.';
END $$;

CREATE FUNCTION bericht_gaat_met_delen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM post_berichtdeel d JOIN weg w ON w.id = d.bericht_id) THEN
        RAISE foreign_key_violation USING MESSAGE = 'Een bericht gaat pas weg als zijn delen weg zijn.';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER deel_hoort_bij_bericht AFTER INSERT ON post_berichtdeel
    REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION deel_hoort_bij_bericht();
CREATE TRIGGER deel_blijft_bij_bericht BEFORE UPDATE OF bericht_id ON post_berichtdeel
    FOR EACH ROW WHEN (NEW.bericht_id <> OLD.bericht_id) EXECUTE FUNCTION deel_blijft_bij_bericht();
CREATE TRIGGER bericht_gaat_met_delen AFTER DELETE ON post_bericht
    REFERENCING OLD TABLE AS weg FOR EACH STATEMENT EXECUTE FUNCTION bericht_gaat_met_delen();
"""
FUNCTIES_WEG = """
DROP TRIGGER bericht_gaat_met_delen ON post_bericht;
DROP TRIGGER deel_blijft_bij_bericht ON post_berichtdeel;
DROP TRIGGER deel_hoort_bij_bericht ON post_berichtdeel;
DROP FUNCTION bericht_gaat_met_delen();
DROP FUNCTION deel_blijft_bij_bericht();
DROP FUNCTION deel_hoort_bij_bericht();
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0005_acties_afmelden")]

    operations = [
        migrations.AlterField(
            model_name="berichtdeel",
            name="bericht",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="delen",
                to="post.bericht",
            ),
        ),
        migrations.RunSQL(FUNCTIES, FUNCTIES_WEG),
    ]
