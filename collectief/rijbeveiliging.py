"""Row security: PostgreSQL itself decides which case rows a user or a task may see.

The web and the worker connect with a role that owns no table. Every request and every task runs in one
transaction that names who is asking (`app.gebruiker`) or which task is running (`app.taak`); both settings
are local to that transaction, so a pooled connection never carries one visitor into the next request. Who holds a
private link has no account: that request names the key of the link (`app.sleutel`), and sees the row with that key.
Without any of these there are no case rows. Policies are made in migrations with `bescherm`. A request names its user
with `noem_gebruiker`, which also works out beforehand what is hers, so that policies cost next to nothing; with
`app.gebruiker` alone they hold just as well, only slower.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, migrations, transaction
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from collectief.voorbereid import voorbereide_cursor

ROLVRAAG = """
SELECT r.rolsuper OR r.rolbypassrls OR pg_has_role(current_user, d.datdba, 'MEMBER')
       OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relrowsecurity AND pg_has_role(current_user, c.relowner, 'MEMBER'))
FROM pg_roles r, pg_database d
WHERE r.rolname = current_user AND d.datname = current_database()
"""


class OnveiligeDatabaserol(ImproperlyConfigured):
    """The application connected with a role that could walk around row security."""


def weiger_machtige_rol(sender, connection, **kwargs) -> None:
    """Refuse a new connection whose role is superuser, has BYPASSRLS or owns the database or a case table.

    Raises OnveiligeDatabaserol. The owner role is allowed only where it is chosen explicitly, for migrations. Django
    says "created" of each connection that comes out of the pool: one is looked at when it is new, not on every request.
    """
    if settings.DATABASE_ROL == "eigenaar" or getattr(connection.connection, "is_nagekeken", False):
        return
    with connection.cursor() as cursor:
        cursor.execute(ROLVRAAG)
        if cursor.fetchone()[0]:
            connection.close()
            raise OnveiligeDatabaserol(
                "DATABASE_URL connects with a role that can bypass row security. "
                "Use the application role; the owner belongs in DATABASE_OWNER_URL."
            )
    connection.connection.is_nagekeken = True


connection_created.connect(weiger_machtige_rol, dispatch_uid="weiger_machtige_rol")


def _stel_in(naam: str, waarde: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [naam, waarde])


@contextmanager
def als_gebruiker(gebruiker_id: int) -> Iterator[None]:
    """Open a transaction in which the database sees this user (primary key). Nested use takes over, then gives back."""
    with transaction.atomic(), _tijdelijk("app.gebruiker", str(gebruiker_id)):
        yield


@contextmanager
def als_taak(naam: str) -> Iterator[None]:
    """Open a transaction in which the database knows this background task, for example `nazorg`."""
    with transaction.atomic(), _tijdelijk("app.taak", naam):
        yield


@contextmanager
def met_sleutel(sleutel: UUID) -> Iterator[None]:
    """Open a transaction in which the database shows what a private link leads to: the row with this key.

    For visitors without an account. Only a key from a link that we signed ourselves may come here.
    """
    with transaction.atomic(), _tijdelijk("app.sleutel", str(sleutel)):
        yield


@contextmanager
def _tijdelijk(naam: str, waarde: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [naam])
        (eerder,) = cursor.fetchone()
    _stel_in(naam, waarde)
    yield
    if not connection.needs_rollback:
        _stel_in(naam, eerder)


def achter_rijbeveiliging() -> list[str]:
    """The tables that hold FORCE ROW LEVEL SECURITY now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace "
            "ORDER BY relname"
        )
        return [naam for (naam,) in cursor.fetchall()]


@contextmanager
def voorbij_rijbeveiliging() -> Iterator[None]:
    """Let the owner of the tables read and write case rows, for one transaction: demo data, and keys that change.

    FORCE is put back in the same transaction; when something fails, the rollback puts it back. Nobody else sees the
    tables meanwhile: ALTER TABLE holds them locked until the end.
    """
    with transaction.atomic():
        tabellen = achter_rijbeveiliging()
        _dwing_af(tabellen, "NO FORCE")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks now: a table with pending checks is not altered
        _dwing_af(tabellen, "FORCE")


def _dwing_af(tabellen: Iterable[str], stand: str) -> None:
    with connection.cursor() as cursor:
        for tabel in tabellen:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(tabel)} {stand} ROW LEVEL SECURITY")


def is_publiek(request: HttpRequest) -> bool:
    """Tell whether this URL needs no sign-in. Unknown URLs count as public: they become a 404."""
    try:
        return not getattr(resolve(request.path_info).func, "login_required", True)
    except Resolver404:
        return True


class RijbeveiligingMiddleware:
    """Run every signed-in request in one transaction that names its user to the database.

    Public pages are left alone: they touch neither session nor user. Private answers may not be stored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_publiek(request):
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> None:
        """Name the user, before the view and after the session is known, unless fetching her did so already."""
        if not getattr(view_func, "login_required", True):
            return
        if not request.user.is_authenticated:
            _stel_in("app.gebruiker", "")  # a session that was refused may have fetched its user first
        elif not getattr(request.user, "is_genoemd", False):
            with voorbereide_cursor() as cursor:
                cursor.execute("SELECT noem_gebruiker(%s)", [request.user.pk])

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what a failing view wrote; the error page comes from an outer layer that hides the exception."""
        if connection.in_atomic_block and not is_publiek(request):
            transaction.set_rollback(True)


# FORCE keeps the owner out of the stories too, except in the functions of the owner that clear away on purpose: these
# set `app.opruimen` for as long as they run. For the application role the setting opens nothing.
OPRUIMEN = "opruimen_door_eigenaar"
OPRUIMEN_REGEL = "TO CURRENT_USER USING ((SELECT current_setting('app.opruimen', true)) = 'ja')"


def bescherm(tabel: str, *policies: str) -> migrations.RunSQL:
    """Return the migration step that puts row security on `tabel`, with these `CREATE POLICY` tails.

    Each policy is written as `naam FOR … USING (…)`, without the table. FORCE makes it hold for the owner too, who
    gets in only while clearing away.
    """
    heen = [
        f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {tabel} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {OPRUIMEN} ON {tabel} {OPRUIMEN_REGEL}",
    ]
    terug = [f"DROP POLICY IF EXISTS {OPRUIMEN} ON {tabel}"]
    for policy in policies:
        naam, rest = policy.split(maxsplit=1)
        heen.append(f"CREATE POLICY {naam} ON {tabel} {rest}")
        terug.append(f"DROP POLICY {naam} ON {tabel}")
    terug += [
        f"ALTER TABLE {tabel} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY",
    ]
    return migrations.RunSQL(heen, terug)


def alleen_toevoegen(tabel: str, *, behalve: str = "") -> migrations.RunSQL:
    """Return the migration step after which the application only adds rows to `tabel`, and never deletes one.

    `behalve` names the columns that it may still fill in later, as `kolom, kolom`.
    """
    rol = connection.ops.quote_name(settings.APP_ROL)
    heen = [f"REVOKE UPDATE, DELETE ON {tabel} FROM {rol}"]
    if behalve:
        heen.append(f"GRANT UPDATE ({behalve}) ON {tabel} TO {rol}")
    return migrations.RunSQL(heen, f"GRANT UPDATE, DELETE ON {tabel} TO {rol}")


def zegt_het_een_keer(app: str) -> migrations.RunSQL:
    """Return the migration step after which no policy of `app` repeats its USING to the letter in WITH CHECK.

    Without WITH CHECK, PostgreSQL asks of what is written what USING says. Undoing it has nothing to do: both mean the
    same.
    """
    tabellen = f"{app}\\_%"
    return migrations.RunSQL(
        f"""
        DO $$
        DECLARE p record;
        BEGIN
            FOR p IN SELECT *, (SELECT string_agg(CASE rol WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(rol) END, ', ')
                                FROM unnest(roles) rol) AS voor
                     FROM pg_policies
                     WHERE schemaname = current_schema() AND tablename LIKE '{tabellen}' AND qual = with_check
            LOOP
                EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename);
                EXECUTE format('CREATE POLICY %I ON %I AS %s FOR %s TO %s USING (%s)',
                               p.policyname, p.tablename, p.permissive, p.cmd, p.voor, p.qual);
            END LOOP;
        END $$
        """,  # noqa: S608 (the name of an app)
        migrations.RunSQL.noop,
    )
