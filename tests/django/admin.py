"""Django's admin over HTTP: a server on a free port, and a superuser who clicks."""

import threading

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.servers.basehttp import (
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)

from browser import Browser


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_):
        pass


def serve():
    """Serves this project as `runserver` does; its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_internal_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def permission_ids(names):
    """The keys of permissions written as `notes.add_note`."""
    ids = []
    for name in names:
        label, codename = name.split(".")
        found = Permission.objects.get(content_type__app_label=label, codename=codename)
        ids.append(str(found.pk))
    return ids


class Admin:
    """A superuser in the admin."""

    def __init__(self, address, username, password):
        self.browser = Browser(address)
        login = {"username": username, "password": password}
        end = self.browser.submit("/admin/login/?next=/admin/", login, "login-form")
        if not end.endswith("/admin/"):
            raise ValueError(f"the admin does not let {username} in: {end}")

    def change_user(self, username, permissions=None, groups=None, **fields):
        """Saves the form of a user with other permissions, groups, texts or check boxes."""
        user = get_user_model().objects.get(username=username)
        changes = {}
        for name, value in fields.items():
            # a check box is sent or not
            changes[name] = {True: "on", False: None}.get(value, value)
        if permissions is not None:
            changes["user_permissions"] = permission_ids(permissions)
        if groups is not None:
            found = Group.objects.filter(name__in=groups)
            changes["groups"] = [str(group.pk) for group in found]
        path = f"/admin/auth/user/{user.pk}/change/"
        return self._saved(self.browser.submit(path, changes, "user_form"), path)

    def change_group(self, name, permissions):
        """Saves the form of a group with these permissions."""
        group = Group.objects.get(name=name)
        path = f"/admin/auth/group/{group.pk}/change/"
        changes = {"permissions": permission_ids(permissions)}
        return self._saved(self.browser.submit(path, changes, "group_form"), path)

    def set_password(self, username, password):
        """Saves the form of a user's password."""
        user = get_user_model().objects.get(username=username)
        path = f"/admin/auth/user/{user.pk}/password/"
        changes = {"password1": password, "password2": password, "usable_password": "true"}
        return self._saved(self.browser.submit(path, changes, "user_form"), path)

    def delete_user(self, username):
        """Confirms that a user is deleted."""
        user = get_user_model().objects.get(username=username)
        path = f"/admin/auth/user/{user.pk}/delete/"
        return self._saved(self.browser.submit(path, {"post": "yes"}), path)

    def notes(self, query=""):
        """The list of notes, with the drill-down by date."""
        return self.browser.get(f"/admin/notes/note/{query}")[1]

    @staticmethod
    def _saved(end, path):
        if end.endswith(path):
            raise ValueError(f"{path} was not saved")
        return end
