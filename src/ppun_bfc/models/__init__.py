"""The nouns: frozen, typed records, with no input or output of their own."""

from ..languages import Language
from . import aids, citations, dates, entity, facts, kinds, links, tree, units
from .aids import *  # noqa: F403 - each module lists its own names
from .citations import *  # noqa: F403
from .dates import *  # noqa: F403
from .entity import *  # noqa: F403
from .facts import *  # noqa: F403
from .kinds import *  # noqa: F403
from .links import *  # noqa: F403
from .tree import *  # noqa: F403
from .units import *  # noqa: F403
from .values import Name, Record, Text

__all__ = ["Language", "Name", "Record", "Text"]
__all__ += aids.__all__
__all__ += citations.__all__
__all__ += dates.__all__
__all__ += entity.__all__
__all__ += facts.__all__
__all__ += kinds.__all__
__all__ += links.__all__
__all__ += tree.__all__
__all__ += units.__all__
