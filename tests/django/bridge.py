"""Django as a process that tests talk to: a JSON object per line in, one per line out.

    {"do": "create_user", "username": "ann", "password": "secret"}
    {"ok": 1}

`{"error": ..}` instead of `{"ok": ..}` has the traceback. The commands are the functions of `Bridge`,
their arguments the other members of the object. The database and the secret: `interop/settings.py`.
"""

import io
import json
import os
import sys
import traceback
from datetime import date, datetime, timezone

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interop.settings")
django.setup()

from django.contrib.auth import authenticate, get_user_model  # noqa: E402
from django.contrib.auth.hashers import identify_hasher, make_password  # noqa: E402
from django.contrib.auth.models import Group, Permission  # noqa: E402
from django.contrib.auth.tokens import default_token_generator  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils.encoding import force_bytes  # noqa: E402
from django.utils.http import urlsafe_base64_encode  # noqa: E402

import admin  # noqa: E402
from browser import Browser  # noqa: E402
from notes.models import Note  # noqa: E402

User = get_user_model()


def permission(name):
    label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=label, codename=codename)


def text(moment):
    """A time as both sides write it for comparison: UTC with microseconds."""
    if isinstance(moment, datetime):
        return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return moment and moment.isoformat()


class Bridge:
    """The commands."""

    def __init__(self):
        self.address = None
        self.admin = None

    # ---- the database

    def version(self):
        """Django's version and the database."""
        return f"{django.get_version()} {connection.vendor}"

    def migrate(self, *, args=()):
        """`manage.py migrate` with these arguments; what it prints."""
        return self.manage(command="migrate", args=args)

    def manage(self, *, command, args=()):
        """A management command with these arguments; what it prints."""
        out = io.StringIO()
        call_command(command, *args, stdout=out, stderr=out, no_color=True)
        return out.getvalue()

    def sql(self, *, query):
        """The rows of a query."""
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [list(row) for row in cursor.fetchall()] if cursor.description else []

    def schema(self, *, tables):
        """Columns and constraints of tables, without the names of constraints."""
        inspect = connection.introspection
        with connection.cursor() as cursor:
            return {table: self._table(cursor, inspect, table) for table in tables}

    @staticmethod
    def _table(cursor, inspect, table):
        columns = []
        for column in inspect.get_table_description(cursor, table):
            size = column.internal_size or column.display_size
            # SQLite takes any name for a type: what matters there is what comes back
            kind = column.type_code if connection.vendor == "postgresql" else ""
            columns.append([column.name, kind, size, bool(column.null_ok)])
        rules = []
        indexes = 0
        for rule in inspect.get_constraints(cursor, table).values():
            indexes += rule["index"]
            if rule["primary_key"] or rule["unique"] or rule["foreign_key"]:
                foreign = rule["foreign_key"] and list(rule["foreign_key"])
                rules.append([rule["columns"], rule["primary_key"], rule["unique"], foreign])
        return {"columns": columns, "rules": sorted(rules, key=str), "indexes": indexes}

    def content_types(self):
        """All content types, `app.model`, one entry per row."""
        rows = ContentType.objects.values_list("app_label", "model")
        return sorted(".".join(row) for row in rows)

    def permissions(self):
        """All permissions, `app.model.codename: name`, one entry per row."""
        rows = Permission.objects.values_list(
            "content_type__app_label", "content_type__model", "codename", "name"
        )
        return sorted(f"{label}.{model}.{code}: {name}" for label, model, code, name in rows)

    # ---- users

    def create_user(
        self, *, username, password, hasher="default", groups=(), permissions=(), **fields
    ):
        """Makes a user with a hash by this hasher (`pbkdf2_sha256`, `argon2`); its key."""
        user = User.objects.create(
            username=username, password=make_password(password, hasher=hasher), **fields
        )
        user.groups.set(Group.objects.get(name=name) for name in groups)
        user.user_permissions.set(permission(name) for name in permissions)
        return user.pk

    def create_group(self, *, name, permissions=()):
        """Makes a group with permissions; its key."""
        group = Group.objects.create(name=name)
        group.permissions.set(permission(one) for one in permissions)
        return group.pk

    def user(self, *, username):
        """What Django reads of a user."""
        user = User.objects.get(username=username)
        return {
            "id": user.pk,
            "username": user.username,
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "is_active": user.is_active,
            "is_staff": user.is_staff,
            "is_superuser": user.is_superuser,
            "last_login": text(user.last_login),
            "date_joined": text(user.date_joined),
            "hash": user.password,
            "hasher": identify_hasher(user.password).algorithm,
            "groups": sorted(user.groups.values_list("name", flat=True)),
            "permissions": sorted(user.get_all_permissions()),
        }

    def authenticate(self, *, username, password):
        """The key of the user who signs in, or null; Django may replace the hash."""
        user = authenticate(username=username, password=password)
        return user and user.pk

    def check_password(self, *, username, password):
        """Whether the password is right; nothing is written."""
        user = User.objects.get(username=username)
        hasher = identify_hasher(user.password)
        return hasher.verify(password, user.password)

    def has_perm(self, *, username, permission):
        """Whether the user has a permission."""
        return User.objects.get(username=username).has_perm(permission)

    def delete_user(self, *, username):
        """Deletes a user with everything that refers to it."""
        return User.objects.get(username=username).delete()[0]

    # ---- password resets

    def reset_token(self, *, username):
        """The two parts of a reset link."""
        user = User.objects.get(username=username)
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        return {"uid": uid, "token": default_token_generator.make_token(user)}

    def check_reset_token(self, *, username, token):
        """Whether Django takes the token."""
        user = User.objects.get(username=username)
        return default_token_generator.check_token(user, token)

    def reset_password(self, *, uid, token, password):
        """Follows a reset link in a browser and sets the password; where that ends."""
        changes = {"new_password1": password, "new_password2": password}
        return Browser(self.serve()).submit(f"/reset/{uid}/{token}/", changes)

    # ---- notes

    def create_note(self, *, title, due=None, created_at, done_at=None):
        """Makes a note; its key."""
        note = Note.objects.create(
            title=title,
            due=due and date.fromisoformat(due),
            created_at=datetime.fromisoformat(created_at),
            done_at=done_at and datetime.fromisoformat(done_at),
        )
        return note.pk

    def notes(self, *, order="created_at", **lookups):
        """The notes that match, as Django reads them."""
        return [
            {
                "title": note.title,
                "due": text(note.due),
                "created_at": text(note.created_at),
                "done_at": text(note.done_at),
            }
            for note in Note.objects.filter(**lookups).order_by(order)
        ]

    def note_days(self):
        """The days on which notes were made, truncated by the database."""
        return [text(day) for day in Note.objects.datetimes("created_at", "day")]

    # ---- the site over HTTP

    def serve(self):
        """Serves the project; its address."""
        self.address = self.address or admin.serve()
        return self.address

    def admin_login(self, *, username, password):
        """Signs a superuser in to the admin."""
        self.admin = admin.Admin(self.serve(), username, password)

    def admin_change_user(self, *, username, **changes):
        """Changes a user in the admin: permissions, groups, is_active, email, .."""
        return self.admin.change_user(username, **changes)

    def admin_change_group(self, *, name, permissions):
        """Changes the permissions of a group in the admin."""
        return self.admin.change_group(name, permissions)

    def admin_set_password(self, *, username, password):
        """Sets a user's password in the admin."""
        return self.admin.set_password(username, password)

    def admin_delete_user(self, *, username):
        """Deletes a user in the admin."""
        return self.admin.delete_user(username)

    def admin_notes(self, *, query=""):
        """The HTML of the admin's list of notes."""
        return self.admin.notes(query)


def answer(bridge, line):
    try:
        arguments = json.loads(line)
        return {"ok": getattr(bridge, arguments.pop("do"))(**arguments)}
    except BaseException:
        return {"error": traceback.format_exc()}


def main():
    bridge = Bridge()
    # nothing but answers may reach the other side
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        print(json.dumps(answer(bridge, line), default=str), file=answers, flush=True)


if __name__ == "__main__":
    main()
