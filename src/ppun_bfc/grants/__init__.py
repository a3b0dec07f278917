"""What an applicant can ask for, how much it can receive, and why it cannot ask for the rest."""

from .amounts import Amount, amount
from .answers import Applicant, Fit, Offer, Offers, Reason, Refusal
from .asking import grant, offers

__all__ = [
    "Amount",
    "Applicant",
    "Fit",
    "Offer",
    "Offers",
    "Reason",
    "Refusal",
    "amount",
    "grant",
    "offers",
]
