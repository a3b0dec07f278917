"""A grants portal in miniature: projects, and what of the regional policy they serve."""
