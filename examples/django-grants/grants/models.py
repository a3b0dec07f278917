"""A grant keeps the id of what it serves; the label is the policy's to say."""

from django.db import models

from ppun_bfc.fields import Choices


class Grant(models.Model):
    """A grant to a project."""

    title = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    action = models.CharField(max_length=120, choices=Choices("action", group="theme"))

    def __str__(self) -> str:
        return self.title
