"""What PyInstaller cannot see: the data that ship, and the modules that are imported late."""  # noqa: N999 - named as PyInstaller wants it

import pkgutil
from pathlib import Path

import ppun_bfc.published as source

__all__ = ["datas", "hiddenimports"]

_FOLDER = Path(source.__file__).parent

hiddenimports = [found.name for found in pkgutil.walk_packages([str(_FOLDER)], "ppun_bfc.")]
datas = [
    (str(source.published_folder()), "ppun_bfc/data/published"),
    (str(_FOLDER / "explorer"), "ppun_bfc/explorer"),
    (str(_FOLDER / "search" / "hidden.tsv"), "ppun_bfc/search"),
]
