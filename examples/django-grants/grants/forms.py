"""The form of an applicant; the choices come with the field."""

from django import forms

from .models import Grant


class GrantForm(forms.ModelForm):
    """What an applicant fills in."""

    class Meta:
        """Every field of the model."""

        model = Grant
        fields = ("title", "amount", "action")
