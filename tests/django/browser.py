"""A browser for Django's own pages: cookies, and the forms as they stand in the HTML."""

from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener


class Form(HTMLParser):
    """The fields of the form with this id, as (name, value) pairs that a browser would send."""

    def __init__(self, html, form_id=None):
        super().__init__()
        self.form_id = form_id
        self.fields = []
        self.inside = False
        self.select = None
        self.text = None
        self.errors = []
        self.in_errors = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == self.form_id or self.form_id is None
        if tag == "ul" and "errorlist" in attrs.get("class", ""):
            self.in_errors = True
        name = attrs.get("name")
        if not self.inside:
            return
        if tag == "input" and name:
            kind = attrs.get("type", "text")
            if kind in ("submit", "button") or "disabled" in attrs:
                return
            if kind in ("checkbox", "radio") and "checked" not in attrs:
                return
            default = "on" if kind in ("checkbox", "radio") else ""
            self.fields.append((name, attrs.get("value", default)))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.fields.append((self.select, attrs.get("value", "")))
        elif tag == "textarea":
            self.text = (name, "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "ul":
            self.in_errors = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.text:
            self.fields.append(self.text)
            self.text = None

    def handle_data(self, data):
        if self.text:
            self.text = (self.text[0], self.text[1] + data)
        if self.in_errors and data.strip():
            self.errors.append(data.strip())


class Browser:
    """Visits the server at this address."""

    def __init__(self, address):
        self.address = address
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        """The address where it ends, and the page."""
        return self._open(Request(urljoin(self.address, path)))

    def submit(self, path, changes, form_id=None):
        """Opens a page, changes its form and sends it; the address where that ends.

        A change to None takes the field away, a list gives it several values.
        """
        url, html = self.get(path)
        form = Form(html, form_id)
        fields = [(name, value) for name, value in form.fields if name not in changes]
        if not any(name == "csrfmiddlewaretoken" for name, _ in fields):
            raise ValueError(f"{url} has no form to send: {html[:300]}")
        for name, value in changes.items():
            values = value if isinstance(value, list) else [] if value is None else [value]
            fields += [(name, one) for one in values]
        data = urlencode(fields).encode()
        end, html = self._open(Request(url, data, {"Origin": self.address}))
        errors = Form(html, form_id).errors
        if errors:
            raise ValueError(f"{end}: {errors}")
        return end

    def _open(self, request):
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.url, answer.read().decode()
        except HTTPError as error:
            body = error.read().decode(errors="replace")
            raise ValueError(f"{request.full_url}: {error.code} {body[:500]}") from error
