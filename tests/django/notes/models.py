"""The model that both sides have: `tests/src/django/note.rs` is its twin."""

from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=200)
    due = models.DateField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        permissions = [("archive_note", "Can archive note")]

    def __str__(self):
        return self.title
