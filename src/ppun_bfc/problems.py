"""
Every problem that a person may be told of, its cause and its cure, in English and French.

One long table, since a wording is looked up and not read through: code, what is wrong, what to do
about it; the same in French.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from .languages import Phrase
from .vocabulary import Code

__all__ = ["PROBLEMS", "Problem", "Severity"]

#: How bad a problem is: only an error makes a check fail.
Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One sort of problem: its code, what is wrong, what to do about it, and how bad it is."""

    code: Code
    what: Phrase
    cure: Phrase
    severity: Severity = "error"


def _problem(code: Code, en: str, en_cure: str, fr: str, fr_cure: str) -> Problem:
    return Problem(code, Phrase(en, fr), Phrase(en_cure, fr_cure))


def _notice(code: Code, en: str, en_cure: str, fr: str, fr_cure: str) -> Problem:
    """A problem that makes no check fail."""
    return Problem(code, Phrase(en, fr), Phrase(en_cure, fr_cure), "warning")


# -- parts of the messages of errors --------------------------------------------------------------
UNKNOWN_ID = Phrase(
    en="no {id!r} in version {version}",
    fr="pas de {id!r} dans la version {version}",
)
UNKNOWN_NAME = Phrase(
    en="nothing is called {name!r} in version {version}",
    fr="rien ne se nomme {name!r} dans la version {version}",
)
SEARCH_IT = Phrase(
    en="look for a part of the name with `search`",
    fr="chercher une partie du nom avec `search`",
)
AMBIGUOUS_NAME = Phrase(
    en="several things are called {name!r} in version {version}",
    fr="plusieurs choses se nomment {name!r} dans la version {version}",
)
CHOOSE_ONE = Phrase(
    en="ask for one of {ids}, or give a kind",
    fr="demander l’une de {ids}, ou donner une sorte",
)
UNKNOWN_KIND = Phrase(
    en="no kind {kind!r}",
    fr="pas de sorte {kind!r}",
)
UNKNOWN_RELATION = Phrase(
    en="no relation {relation!r} in version {version}",
    fr="pas de relation {relation!r} dans la version {version}",
)
UNKNOWN_VERSION = Phrase(
    en="no version {version!r} in this package",
    fr="pas de version {version!r} dans ce paquet",
)
UNKNOWN_TABLE = Phrase(
    en="no table {table!r}",
    fr="pas de table {table!r}",
)
LIST_TABLES = Phrase(
    en="list them with: list(policy.tables())",
    fr="les voir avec : list(policy.tables())",
)
UNKNOWN_FIELD = Phrase(
    en="{noun} has no {name!r}",
    fr="{noun} n’a pas de {name!r}",
)
NEAREST = Phrase(
    en="did you mean {names}?",
    fr="vouliez-vous dire {names} ?",
)
KNOWN = Phrase(
    en="known: {names}",
    fr="connus : {names}",
)
LIST_IDS = Phrase(
    en="list what there is with `ppun-bfc list {kind}`",
    fr="voyez ce qui existe avec `ppun-bfc list {kind}`",
)
UPGRADE = Phrase(
    en="a newer release of ppun-bfc may ship it",
    fr="une livraison plus récente de ppun-bfc la contient peut-être",
)
UPGRADE_TO = Phrase(
    en='it ships from release {package} on: pip install "ppun-bfc>={package}"',
    fr='elle est livrée à partir de {package} : pip install "ppun-bfc>={package}"',
)
OTHER_VERSIONS = Phrase(
    en="it is in {versions}{heir}: load such a version, or migrate the id",
    fr="il est dans {versions}{heir} : chargez une telle version, ou migrez l’identifiant",
)
DIGEST_OF = Phrase(
    en="that digest is version {version}",
    fr="cette empreinte est celle de la version {version}",
)
INVALID_DATA = Phrase(
    en="{place}: {count} problem(s)",
    fr="{place} : {count} problème(s)",
)
ANOTHER_KIND = Phrase(
    en="{id!r} is {found}, not {wanted}",
    fr="{id!r} est de sorte {found}, et non {wanted}",
)

# -- errors --------------------------------------------------------------------------------------
NOT_TEXT = _problem(
    "not-text",
    "{value} is not {expected}",
    "give {expected}",
    "{value} n’est pas {expected}",
    "donnez {expected}",
)
BAD_QUANTITY = _problem(
    "bad-quantity",
    "{noun} is not a number above 0: {value!r}",
    "give a whole number, or a decimal one with a point",
    "{noun} : {value!r} n’est pas un nombre supérieur à 0",
    "donnez un nombre entier, ou décimal avec un point",
)
DIGEST_MISMATCH = _problem(
    "digest-mismatch",
    "{place} has digest {actual}, not {expected}",
    "reinstall ppun-bfc, or correct the digest in the pin",
    "{place} a pour empreinte {actual}, et non {expected}",
    "réinstallez ppun-bfc, ou corrigez l’empreinte épinglée",
)
UNSUPPORTED_FORMAT = _problem(
    "unsupported-format",
    "{place} is written in format {found}; this release reads up to {newest}",
    "install a newer ppun-bfc",
    "{place} est au format {found} ; ce paquet lit jusqu’au format {newest}",
    "installez un ppun-bfc plus récent",
)
UNREADABLE_FILE = _problem(
    "unreadable-file",
    "cannot use {path}: {reason}",
    "check the path and its permissions",
    "impossible d’utiliser {path} : {reason}",
    "vérifiez le chemin et ses droits",
)
ALREADY_PUBLISHED = _problem(
    "already-published",
    "version {version} is published, and what is published never changes",
    "publish under the next number, {next}",
    "la version {version} est publiée, et ce qui est publié ne change jamais",
    "publiez sous le numéro suivant, {next}",
)
NOTHING_TO_PUBLISH = _problem(
    "nothing-to-publish",
    "{folder} says the same as version {version}",
    "change the data first",
    "{folder} dit la même chose que la version {version}",
    "modifiez d’abord les données",
)
MISSING_EXTRA = _problem(
    "missing-extra",
    "{what} needs the extra {extra!r}",
    'install it with: pip install "ppun-bfc[{extra}]"',
    "{what} : il manque l’extra {extra!r}",
    'installez-le avec : pip install "ppun-bfc[{extra}]"',
)

# -- findings: reading files --------------------------------------------------------------------
TOO_LARGE = _problem(
    "too-large",
    "the file has {size} bytes, more than the {limit} allowed",
    "split the file",
    "le fichier fait {size} octets, plus que les {limit} admis",
    "découpez le fichier",
)
EMPTY = _problem(
    "empty",
    "there is nothing here",
    "write a value, or delete the key or file",
    "il n’y a rien ici",
    "écrivez une valeur, ou supprimez la clé ou le fichier",
)
NO_FILES = _problem(
    "no-files",
    "no *.yaml file in this folder",
    "give the folder that holds the authoring files",
    "aucun fichier *.yaml dans ce dossier",
    "donnez le dossier qui contient les fichiers sources",
)
OUTSIDE = _problem(
    "outside",
    "this file is a link that leads outside the folder",
    "put the file itself in the folder",
    "ce fichier est un lien qui mène hors du dossier",
    "mettez le fichier lui-même dans le dossier",
)
NOT_UTF8 = _problem(
    "not-utf8",
    "byte {offset} is not UTF-8",
    "save the file as UTF-8",
    "l’octet {offset} n’est pas de l’UTF-8",
    "enregistrez le fichier en UTF-8",
)
NOT_NFC = _problem(
    "not-nfc",
    "this text is not in Unicode normal form C",
    "write it as {text!r} in form C",
    "ce texte n’est pas en forme normale C d’Unicode",
    "écrivez {text!r} en forme C",
)
CONTROL_CHARACTER = _problem(
    "control-character",
    "this text has a control character or a lone surrogate",
    "delete it",
    "ce texte contient un caractère de contrôle ou un demi-codet isolé",
    "supprimez-le",
)
SYNTAX = _problem(
    "syntax",
    "{problem}",
    "correct the syntax",
    "{problem}",
    "corrigez la syntaxe",
)
TOO_DEEP = _problem(
    "too-deep",
    "nested more than {limit} deep",
    "flatten it",
    "imbriqué sur plus de {limit} niveaux",
    "aplatissez-le",
)
ALIAS = _problem(
    "alias",
    "anchors and aliases are not used here",
    "write the value itself",
    "les ancres et alias ne servent pas ici",
    "écrivez la valeur elle-même",
)
TAG = _problem(
    "tag",
    "tags are not used here: {tag}",
    "delete the tag; every value is read as text",
    "les étiquettes de type ne servent pas ici : {tag}",
    "supprimez l’étiquette ; toute valeur est lue comme un texte",
)
DUPLICATE_KEY = _problem(
    "duplicate-key",
    "the key {key!r} stands twice",
    "keep one",
    "la clé {key!r} figure deux fois",
    "n’en gardez qu’une",
)
BAD_NUMBER = _problem(
    "bad-number",
    "{number} is not a number that can be read",
    "write a decimal number as text",
    "{number} n’est pas un nombre lisible",
    "écrivez un nombre décimal sous forme de texte",
)

# -- findings: shape of records -----------------------------------------------------------------
MISSING_FIELD = _problem(
    "missing-field",
    "{name!r} is missing",
    "add it",
    "{name!r} manque",
    "ajoutez-le",
)
UNEXPECTED_FIELD = _problem(
    "unexpected-field",
    "{name!r} is not a field here",
    "delete it, or write one of: {names}",
    "{name!r} n’est pas un champ ici",
    "supprimez-le, ou écrivez l’un de : {names}",
)
WRONG_TYPE = _problem(
    "wrong-type",
    "expected {expected}",
    "write {expected} here",
    "attendu : {expected}",
    "écrivez ici : {expected}",
)
NOT_ONE_OF = _problem(
    "not-one-of",
    "{value!r} is not one of the values allowed",
    "write one of: {names}",
    "{value!r} n’est pas une des valeurs admises",
    "écrivez l’une de : {names}",
)
BAD_VALUE = _problem(
    "bad-value",
    "{value!r} is not valid here: {problem}",
    "correct the value",
    "{value!r} n’est pas valable ici : {problem}",
    "corrigez la valeur",
)
BAD_ID = _problem(
    "bad-id",
    "{value!r} is not an id",
    "write kind:slug, lower-case ASCII words joined by '-', at most 60 characters",
    "{value!r} n’est pas un identifiant",
    "écrivez sorte:nom, en mots ASCII minuscules joints par « - », 60 signes au plus",
)
OTHER_KIND = _problem(
    "other-kind",
    "the kind {kind!r} is not the one in the id",
    "write the same kind in both",
    "la sorte {kind!r} n’est pas celle de l’identifiant",
    "écrivez la même sorte aux deux endroits",
)
BAD_DATE = _problem(
    "bad-date",
    "{value!r} is not a date",
    "write 2016, 2019-06, 2021-12-31 or an interval such as 2018/2022",
    "{value!r} n’est pas une date",
    "écrivez 2016, 2019-06, 2021-12-31 ou un intervalle comme 2018/2022",
)
BAD_DECIMAL = _problem(
    "bad-decimal",
    "{value!r} is not a decimal number",
    "write digits, and a point before decimals",
    "{value!r} n’est pas un nombre décimal",
    "écrivez des chiffres, et un point devant les décimales",
)
TOO_MANY_WORDS = _problem(
    "too-many-words",
    "{count} words, more than the {limit} allowed",
    "shorten it",
    "{count} mots, plus que les {limit} admis",
    "raccourcissez",
)

# -- findings: what holds across records --------------------------------------------------------
DUPLICATE_ID = _problem(
    "duplicate-id",
    "the id {id!r} stands twice",
    "rename or delete one",
    "l’identifiant {id!r} figure deux fois",
    "renommez ou supprimez l’un des deux",
)
UNKNOWN_REFERENCE = _problem(
    "unknown-reference",
    "{field} names {id!r}, which is not in the data",
    "write an existing id{hint}",
    "{field} nomme {id!r}, qui n’est pas dans les données",
    "écrivez un identifiant existant{hint}",
)
WRONG_KIND = _problem(
    "wrong-kind",
    "{field} cannot name a {kind}",
    "name one of: {names}",
    "{field} ne peut pas nommer un {kind}",
    "nommez l’un de : {names}",
)
CYCLE = _problem(
    "cycle",
    "{field} leads back to {id!r}",
    "break the circle",
    "{field} ramène à {id!r}",
    "rompez le cercle",
)
SPLIT_KIND = _problem(
    "split-kind",
    "records of kind {kind} also stand in {file}",
    "keep one kind in one file, since their order is data",
    "des fiches de sorte {kind} figurent aussi dans {file}",
    "gardez une sorte dans un seul fichier, car leur ordre est une donnée",
)
DUPLICATE_LINK = _problem(
    "duplicate-link",
    "this link stands twice",
    "keep one",
    "ce lien figure deux fois",
    "n’en gardez qu’un",
)
WRONG_RANGE = _problem(
    "wrong-range",
    "{relation} does not go from {source} to {target}",
    "{relation} goes from {sources} to {targets}",
    "{relation} ne va pas de {source} à {target}",
    "{relation} va de {sources} à {targets}",
)
NEEDS_CITATION = _problem(
    "needs-citation",
    "a stated link cites the place that states it",
    "add a citation",
    "un lien énoncé cite l’endroit qui l’énonce",
    "ajoutez une citation",
)
NEEDS_RATIONALE = _problem(
    "needs-rationale",
    "a derived link gives its reason",
    "add a rationale in French and English",
    "un lien déduit donne sa raison",
    "ajoutez une raison en français et en anglais",
)
NEEDS_BOTH_ENDS = _problem(
    "needs-both-ends",
    "a derived link cites both ends: nothing cited belongs to {id}",
    "cite a page that {id} cites",
    "un lien déduit cite ses deux bouts : rien de ce qui est cité n’est de {id}",
    "citez une page que {id} cite",
)
NO_RATIONALE = _problem(
    "no-rationale",
    "a stated link has no rationale",
    "delete the rationale, or make the link derived",
    "un lien énoncé n’a pas de raison",
    "supprimez la raison, ou déclarez le lien déduit",
)
NEEDS_MODALITY = _problem(
    "needs-modality",
    "a stated link says what the source commits to",
    "add a modality: {names}",
    "un lien énoncé dit à quoi la source s’engage",
    "ajoutez une modalité : {names}",
)
NO_MODALITY = _problem(
    "no-modality",
    "a derived link has no modality",
    "delete the modality",
    "un lien déduit n’a pas de modalité",
    "supprimez la modalité",
)
NEEDS_VALUE = _problem(
    "needs-value",
    "a figure has a value, or a minimum or maximum, not both",
    "keep one of them",
    "un chiffre a une valeur, ou un minimum ou maximum, non les deux",
    "gardez l’un des deux",
)
BAD_BOUNDS = _problem(
    "bad-bounds",
    "the minimum is above the maximum",
    "exchange them",
    "le minimum dépasse le maximum",
    "échangez-les",
)
NEEDS_RATE = _problem(
    "needs-rate",
    "a bracket grants a rate, a ceiling or both",
    "add what it grants",
    "une tranche accorde un taux, un plafond ou les deux",
    "ajoutez ce qu’elle accorde",
)
TWO_STARTS = _problem(
    "two-starts",
    "a bracket starts at cost_from or above cost_above, not both",
    "keep one of them",
    "une tranche part de cost_from ou dépasse cost_above, non les deux",
    "gardez l’un des deux",
)
NOT_A_READING = _problem(
    "not-a-reading",
    "what is adopted is none of the readings",
    "copy the reading that the data follows",
    "ce qui est retenu n’est aucune des lectures",
    "recopiez la lecture que suivent les données",
)
NEEDS_AS_WRITTEN = _problem(
    "needs-as-written",
    "a date or number is given with its as_written, and the other way round",
    "give both or neither",
    "une date ou un nombre va avec son as_written, et inversement",
    "donnez les deux ou aucun",
)
NEEDS_DEPRECATED = _problem(
    "needs-deprecated",
    "only a deprecated record has {field}",
    "add `status: deprecated`, or delete {field}",
    "seule une fiche dépréciée a {field}",
    "ajoutez `status: deprecated`, ou supprimez {field}",
)
TWO_WAYS = _problem(
    "two-ways",
    "replaced_by and consider are never mixed",
    "keep one",
    "replaced_by et consider ne vont jamais ensemble",
    "gardez l’un des deux",
)
DEAD_END = _problem(
    "dead-end",
    "replaced_by does not end at an active record",
    "name an active record",
    "replaced_by ne mène pas à une fiche active",
    "nommez une fiche active",
)
ONE_POLICY = _problem(
    "one-policy",
    "there must be one policy, not {count}",
    "keep one record of kind policy",
    "il faut une seule politique, et non {count}",
    "gardez une seule fiche de sorte policy",
)
OTHER_EDITION = _problem(
    "other-edition",
    "another file says edition {edition}",
    "keep one edition in a folder",
    "un autre fichier dit l’édition {edition}",
    "gardez une seule édition par dossier",
)
VANISHED_ID = _problem(
    "vanished-id",
    "this id of version {version} is gone",
    "keep the record, with `status: deprecated`",
    "cet identifiant de la version {version} a disparu",
    "gardez la fiche, avec `status: deprecated`",
)
CHANGED_KIND = _problem(
    "changed-kind",
    "this id of version {version} is now {id}, and kinds never change",
    "keep the record, with `status: deprecated` and `replaced_by: {id}`",
    "cet identifiant de la version {version} est devenu {id} : une sorte est à vie",
    "gardez la fiche, avec `status: deprecated` et `replaced_by: {id}`",
)
WRONG_EDITION = _problem(
    "wrong-edition",
    "version {version} does not belong to edition {edition}",
    "correct one of them",
    "la version {version} n’est pas de l’édition {edition}",
    "corrigez l’une des deux",
)

# -- findings: against the sources --------------------------------------------------------------
PAGE_MISSING = _problem(
    "page-missing",
    "{page} is not in the sources",
    "correct the page, or give the folder that holds it",
    "{page} n’est pas dans les sources",
    "corrigez la page, ou donnez le dossier qui la contient",
)
NOT_ON_PAGE = _problem(
    "not-on-page",
    "{text!r} does not stand in {page}",
    "write it as the page prints it, or cite another page",
    "{text!r} ne figure pas dans {page}",
    "écrivez-le comme la page l’imprime, ou citez une autre page",
)
PARSES_OTHERWISE = _problem(
    "parses-otherwise",
    "{text!r} reads as {found}, not {expected}",
    "correct the value, or as_written",
    "{text!r} se lit {found}, et non {expected}",
    "corrigez la valeur, ou as_written",
)
NOT_PARSED = _problem(
    "not-parsed",
    "{text!r} cannot be read as a {what}",
    "give the words of the source that hold the {what}",
    "{text!r} ne se lit pas comme : {what}",
    "donnez les mots de la source qui contiennent : {what}",
)

# -- findings in the files of an application ----------------------------------------------------
UNREADABLE = _problem(
    "unreadable",
    "this file cannot be read: {reason}",
    "check its permissions, or leave it out",
    "ce fichier ne peut pas être lu : {reason}",
    "vérifiez ses droits, ou laissez-le de côté",
)
BINARY = _notice(
    "binary",
    "this file is binary, and was passed over",
    "leave it out, or save it as text",
    "ce fichier est binaire, et n’a pas été lu",
    "laissez-le de côté, ou enregistrez-le en texte",
)
NOT_A_FORMAT = _notice(
    "not-a-format",
    "files with this ending are not read",
    "give files that end in one of: {names}",
    "les fichiers de cette terminaison ne sont pas lus",
    "donnez des fichiers qui finissent par : {names}",
)
NEEDS_COLUMNS = _notice(
    "needs-columns",
    "a database is read only where its columns are named",
    "add --column TABLE.COLUMN",
    "une base de données n’est lue que si ses colonnes sont nommées",
    "ajoutez --column TABLE.COLONNE",
)
NOT_A_DATABASE = _problem(
    "not-a-database",
    "this is no SQLite database",
    "give a database, or leave the file out with --exclude",
    "ce n’est pas une base SQLite",
    "donnez une base, ou laissez le fichier de côté avec --exclude",
)
LOCKED = _problem(
    "locked",
    "another process has locked this database",
    "try again when it is done, or check a copy",
    "un autre processus a verrouillé cette base",
    "réessayez quand il aura fini, ou vérifiez une copie",
)
ENDLESS = _problem(
    "endless",
    "this view or table does not end, and was cut off",
    "name a column of a table",
    "cette vue ou table ne finit pas, et a été interrompue",
    "nommez une colonne de table",
)
DATABASE = _problem(
    "database",
    "SQLite cannot read this: {reason}",
    "mend the database, or check a copy that is whole",
    "SQLite ne peut pas lire ceci : {reason}",
    "réparez la base, ou vérifiez-en une copie intacte",
)
TOO_MANY = _problem(
    "too-many",
    "there are more than {limit} findings, and the others are not told",
    "mend those first, or leave files out with --exclude",
    "il y a plus de {limit} constats, et les autres ne sont pas dits",
    "corrigez d’abord ceux-là, ou laissez des fichiers de côté avec --exclude",
)
TWO_IN_ONE = _problem(
    "two-in-one",
    "{id} and another id here both become {heir}, which can stand here once only",
    "put together by hand what stood under both",
    "{id} et un autre identifiant d’ici deviennent tous deux {heir}, qui ne peut être là qu’une fois",
    "réunissez à la main ce qui était sous les deux",
)
UNWRITABLE = _problem(
    "unwritable",
    "this file cannot be written: {reason}",
    "check its permissions, or leave it out with --exclude",
    "ce fichier ne peut pas être écrit : {reason}",
    "vérifiez ses droits, ou laissez-le de côté avec --exclude",
)
CHANGED_FILE = _problem(
    "changed-file",
    "the file changed since it was read, and was left as it is",
    "run the command again",
    "le fichier a changé depuis qu’il a été lu, et reste tel quel",
    "relancez la commande",
)
NO_COLUMN = _problem(
    "no-column",
    "there is no column {name!r}; found with the delimiter {delimiter!r}: {names}",
    "correct the name, or give the delimiter with --delimiter",
    "pas de colonne {name!r} ; vues avec le séparateur {delimiter!r} : {names}",
    "corrigez le nom, ou donnez le séparateur avec --delimiter",
)
BAD_DELIMITER = _problem(
    "bad-delimiter",
    "{value!r} cannot part the cells of a CSV file",
    "give one character, such as ',' or ';'",
    "{value!r} ne peut pas séparer les cellules d’un CSV",
    "donnez un seul signe, comme « , » ou « ; »",
)
UNKNOWN_USE = _problem(
    "unknown-use",
    "version {version} has no {id!r}",
    "write one of: {names}; if it is no id of the policy, --ignore it",
    "la version {version} n’a pas {id!r}",
    "écrivez l’un de : {names} ; si ce n’est pas un identifiant, --ignore",
)
STRAY_USE = _problem(
    "stray-use",
    "version {version} has no {id!r}, nor anything like it",
    "correct it; if it is no id of the policy, --ignore it",
    "la version {version} n’a pas {id!r}, ni rien d’approchant",
    "corrigez-le ; si ce n’est pas un identifiant de la politique, --ignore",
)
ELSEWHERE_USE = _problem(
    "elsewhere-use",
    "version {version} has no {id!r}, but it is in {names}",
    "pin such a version, or do not use the id",
    "la version {version} n’a pas {id!r}, mais il est dans {names}",
    "épinglez une telle version, ou n’utilisez pas l’identifiant",
)
REPLACED_USE = _problem(
    "replaced-use",
    "{id} is deprecated in version {version}, and replaced by {heir}",
    "write {heir}; in data files `ppun-bfc migrate` does it",
    "{id} est déprécié dans la version {version}, et remplacé par {heir}",
    "écrivez {heir} ; `ppun-bfc migrate` le fait dans les fichiers de données",
)
SPLIT_USE = _problem(
    "split-use",
    "{id} is deprecated in version {version}, and a person must choose what follows",
    "choose among: {names}",
    "{id} est déprécié dans la version {version}, et une personne doit choisir la suite",
    "choisissez parmi : {names}",
)
WITHDRAWN_USE = _problem(
    "withdrawn-use",
    "{id} is deprecated in version {version}, and nothing replaces it",
    "stop using it",
    "{id} est déprécié dans la version {version}, et rien ne le remplace",
    "cessez de l’utiliser",
)
CHANGED_USE = _problem(
    "changed-use",
    "{id} means something else in version {version} than in {pinned}: {what}",
    "see whether what you built on it still holds, then pin {version}",
    "{id} n’a plus dans la version {version} le sens de la {pinned} : {what}",
    "voyez si ce que vous en faites tient encore, puis épinglez {version}",
)
GROWN_USE = _notice(
    "grown-use",
    "version {version} says more of {id} than {pinned}: {what}",
    "nothing breaks; see whether you want it",
    "la version {version} dit plus de {id} que la {pinned} : {what}",
    "rien ne rompt ; voyez si cela vous sert",
)

# -- findings in a pyproject --------------------------------------------------------------------
NO_PIN = _problem(
    "no-pin",
    "there is no [tool.ppun-bfc] with a pin here",
    "write one with `ppun-bfc pin --into {file}`",
    "il n’y a pas ici de [tool.ppun-bfc] qui épingle une version",
    "écrivez-la avec `ppun-bfc pin --into {file}`",
)
PIN_ELSEWHERE = _problem(
    "pin-elsewhere",
    "the pin here is not a table [tool.ppun-bfc] that can be rewritten",
    "write it as such a table, or change it by hand",
    "l’épingle n’est pas ici une table [tool.ppun-bfc] qui puisse être réécrite",
    "écrivez-la comme une telle table, ou modifiez-la à la main",
)

# -- findings: published files ------------------------------------------------------------------
UNSOUND = _problem(
    "unsound",
    "{problem}",
    "reinstall ppun-bfc",
    "{problem}",
    "réinstallez ppun-bfc",
)
STRAY_FILE = _problem(
    "stray-file",
    "the index does not list this file",
    "delete it, or publish it",
    "l’index ne liste pas ce fichier",
    "supprimez-le, ou publiez-le",
)
INDEX_MISMATCH = _problem(
    "index-mismatch",
    "the index says {expected}, the file {actual}",
    "reinstall ppun-bfc",
    "l’index dit {expected}, le fichier {actual}",
    "réinstallez ppun-bfc",
)

#: Every problem by its code.
PROBLEMS: Mapping[Code, Problem] = {
    found.code: found for found in tuple(globals().values()) if isinstance(found, Problem)
}
