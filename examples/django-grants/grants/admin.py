"""The admin lists grants by what they serve."""

from django.contrib import admin

from .models import Grant


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    """Grants, filtered by action; `get_action_display` gives the official label."""

    list_display = ("title", "amount", "action")
    list_filter = ("action",)
