"""All migrations in a quarter of the time: the same operations, with fewer models drawn again in between.

Django keeps a class of every model beside the state that migrations are in. After each operation it makes the changed
model anew with everything around it, which here is nearly everything: 15,000 classes for 114 migrations. One will do,
unless what other models point at is changed; and code in a migration always gets all of them anew.

`./dev start` and production migrate as Django does. `tests/proef_migreren.py` compares what both make.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db.migrations.state import ProjectState


def _wat_opnieuw(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:  # noqa: FBT001, FBT002
    """Name the models to make anew after a change of this one; `delay`: nobody else can notice that change."""
    self.is_delayed = True  # so that Django gives code in a migration all models anew
    eerder = self.apps.all_models[app_label].get(model_name)
    velden = {veld.name for veld in (*eerder._meta.local_fields, *eerder._meta.local_many_to_many)} if eerder else set()
    is_gegroeid = self.models[app_label, model_name].fields.keys() > velden
    return {(app_label, model_name)} if delay or is_gegroeid else set(self.models)


@contextmanager
def lichte_staat() -> Iterator[None]:
    """While this holds, `migrate` makes no more classes anew than somebody can notice."""
    with patch.object(ProjectState, "_find_reload_model", _wat_opnieuw):
        yield
