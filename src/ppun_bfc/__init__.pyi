# What checkers and editors see of the package; a test holds it equal to `__init__.py`.

from .changes import apply as apply
from .changes import diff as diff
from .checks import check_files as check_files
from .collection import EntityCollection as EntityCollection
from .errors import BadQuantity as BadQuantity
from .errors import DeprecatedIdWarning as DeprecatedIdWarning
from .errors import DigestMismatch as DigestMismatch
from .errors import Finding as Finding
from .errors import InvalidData as InvalidData
from .errors import PpunError as PpunError
from .errors import UnknownId as UnknownId
from .errors import UnknownVersion as UnknownVersion
from .errors import UnreadableFile as UnreadableFile
from .errors import WrongType as WrongType
from .migration import migrate as migrate
from .migration import migrate_files as migrate_files
from .models import EdtfDate as EdtfDate
from .models import Entity as Entity
from .models import Link as Link
from .pins import Pin as Pin
from .policy import PolicyVersion as PolicyVersion
from .published import check_published as check_published
from .published import load as load
from .published import read as read
from .published import version_of as version_of
from .published import versions as versions

__version__: str
