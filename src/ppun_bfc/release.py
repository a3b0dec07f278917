"""The release of this package, read where it is asked for: reading it costs more than an import."""

from .languages import Phrase

__all__ = ["LICENCE", "LICENCE_URL", "NOTICE", "PUBLISHER", "release"]

#: The licence of the data (SPDX), and where it stands.
LICENCE = "etalab-2.0"
LICENCE_URL = "https://spdx.org/licenses/etalab-2.0.html"
#: Who publishes the data.
PUBLISHER = "ppun_bfc"
#: What every export says of itself.
NOTICE = Phrase(
    "Data of ppun_bfc, not an official publication of the Région Bourgogne-Franche-Comté.",
    "Données de ppun_bfc ; ceci n’est pas une publication officielle de la Région "
    "Bourgogne-Franche-Comté.",
)


def release() -> str:
    """The version of the package, such as "0.1.0"."""
    from importlib.metadata import version

    return version("ppun-bfc")
