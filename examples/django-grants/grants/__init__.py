"""Grants, each for an action of the policy."""
