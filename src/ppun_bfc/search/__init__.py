"""Find things by words: what people type, whatever the case, the accents and a letter or two."""

from .hits import Hit, Hits
from .index import SearchIndex
from .lookup import look_up_name
from .texts import Where
from .words import fold

__all__ = ["Hit", "Hits", "SearchIndex", "Where", "fold", "look_up_name"]
