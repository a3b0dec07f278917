"""What the command line says, in English and French: a table of texts, to look up and not to read."""

from collections.abc import Mapping

from ..languages import Phrase

__all__ = ["TEXTS"]

TEXTS: Mapping[str, Phrase] = {
    "app": Phrase(
        en="The public policy on digital uses of Bourgogne-Franche-Comté, as data. Not an official publication of the region.",
        fr="La Politique Publique des Usages Numériques de Bourgogne-Franche-Comté, en données. Ceci n’est pas une publication officielle de la Région.",
    ),
    "app.policy": Phrase(
        en="A version, a snapshot file, or a folder of YAML.",
        fr="Une version, un fichier de données ou un dossier YAML.",
    ),
    "app.lang": Phrase(
        en="Language of what people read.",
        fr="Langue de ce que lisent les personnes.",
    ),
    "app.version": Phrase(
        en="Print the version of the package and of its current data.",
        fr="Affiche la version du paquet et celle de ses données.",
    ),
    "format": Phrase(
        en="Text for people, or JSON for programs.",
        fr="Texte pour les personnes, ou JSON pour les programmes.",
    ),
    "versions": Phrase(
        en="List the versions that ship with this package.",
        fr="Liste les versions livrées avec ce paquet.",
    ),
    "app.help": Phrase(
        en="Show this message and exit.",
        fr="Affiche ce message.",
    ),
    "app.install_completion": Phrase(
        en="Have the current shell complete commands, options and ids.",
        fr="Installe la complétion des commandes, options et identifiants dans le shell courant.",
    ),
    "app.show_completion": Phrase(
        en="Print what makes the current shell complete, to install it oneself.",
        fr="Affiche de quoi compléter dans le shell courant, pour l’installer soi-même.",
    ),
    "panel.ARGUMENTS_PANEL_TITLE": Phrase("Arguments", "Arguments"),
    "panel.OPTIONS_PANEL_TITLE": Phrase("Options", "Options"),
    "panel.COMMANDS_PANEL_TITLE": Phrase("Commands", "Commandes"),
    "panel.DEFAULT_STRING": Phrase("[default: {}]", "[par défaut : {}]"),
    "panel.REQUIRED_LONG_STRING": Phrase("[required]", "[requis]"),
    "panel.RANGE_STRING": Phrase(" [{}]", " [{}]"),
    "usage.missing": Phrase("{name} is missing.", "il manque {name}."),
    "usage.command": Phrase("no command {name!r}.", "pas de commande {name!r}."),
    "usage.option": Phrase("no option {name}.", "pas d’option {name}."),
    "usage.extra": Phrase("too many arguments: {name}.", "arguments de trop : {name}."),
    "usage.value": Phrase("{name} takes a value.", "{name} attend une valeur."),
    "usage.no-value": Phrase("{name} takes no value.", "{name} n’attend pas de valeur."),
    "usage.no-command": Phrase("a command is missing.", "il manque une commande."),
    "usage.invalid": Phrase("{name} cannot be so: {why}", "{name} ne peut l’être : {why}"),
    "usage.near": Phrase(" Did you mean {near}?", " Vouliez-vous dire {near} ?"),
    "usage.help": Phrase("Try: {command} --help", "Essayer : {command} --help"),
    "word": Phrase("name", "nom"),
    "count": Phrase("count", "nombre"),
    "acronym": Phrase("acronym", "sigle"),
    "modality": Phrase("modality", "modalité"),
    "timeline": Phrase(
        en="List what is dated: events, openings, closings, deadlines.",
        fr="Liste ce qui est daté : événements, ouvertures, clôtures, échéances.",
    ),
    "timeline.start": Phrase(en="From that day on.", fr="À partir de ce jour."),
    "timeline.end": Phrase(en="Up to that day.", fr="Jusqu’à ce jour."),
    "timeline.due": Phrase(
        en="Only the days by which something is due: when grant schemes close, and their deadlines.",
        fr="Seulement les jours où quelque chose est dû : clôtures et échéances des aides.",
    ),
    "cite": Phrase(
        en="Write the paragraph of a deliberation that grounds a project on the policy (in French).",
        fr="Écrit le paragraphe d’une délibération qui fonde un projet sur la politique.",
    ),
    "cite.ids": Phrase(
        en="Ids of what the project carries out.",
        fr="Identifiants de ce que le projet met en œuvre.",
    ),
    "cite.derived": Phrase(
        en="Also what the editors of the data concluded, told as such.",
        fr="Aussi ce que les auteurs de ces données ont conclu, dit comme tel.",
    ),
    "list": Phrase(
        en="List the entities of a kind; without one, the kinds.",
        fr="Liste les entités d’une sorte ; sans elle, les sortes.",
    ),
    "list.kind": Phrase(
        en="A kind, such as priority or scheme.",
        fr="Une sorte (kind), comme priority ou scheme.",
    ),
    "show": Phrase(
        en="Show one entity with its citations and links.",
        fr="Montre une entité, ses citations et ses liens.",
    ),
    "id": Phrase(
        en="An id, such as scheme:srdeii.",
        fr="Un identifiant, comme scheme:srdeii.",
    ),
    "search": Phrase(
        en="Find entities by words; case and accents do not count.",
        fr="Cherche des entités par mots, sans égard aux accents ni à la casse.",
    ),
    "search.text": Phrase(
        en="One or more words.",
        fr="Un ou plusieurs mots.",
    ),
    "search.kind": Phrase(
        en="Only this kind; may be given several times.",
        fr="Cette sorte seulement ; peut être répété.",
    ),
    "search.limit": Phrase(en="At most so many.", fr="Au plus autant."),
    "related.modality": Phrase(
        en="Only links of this modality; may be given several times.",
        fr="Liens de cette modalité seulement ; peut être répété.",
    ),
    "aids.epci_population": Phrase(
        en="Inhabitants of the inter-municipal body (EPCI) that the applicant belongs to.",
        fr="Habitants de l’EPCI dont le demandeur fait partie.",
    ),
    "related": Phrase(
        en="List the links of one entity.",
        fr="Liste les liens d’une entité.",
    ),
    "related.relation": Phrase(
        en="Only this relation.",
        fr="Cette relation seulement.",
    ),
    "related.direction": Phrase(
        en="Links that start from it, lead to it, or both.",
        fr="Liens qui en partent (out), qui y mènent (in), ou les deux (both).",
    ),
    "related.basis": Phrase(
        en="Only stated, or only derived links.",
        fr="Liens énoncés (stated) ou déduits (derived) seulement.",
    ),
    "matrix": Phrase(
        en="Cross two kinds, every cell with its evidence.",
        fr="Croise deux sortes, chaque case avec ses preuves.",
    ),
    "rows": Phrase(
        en="The kind in the rows.",
        fr="La sorte en lignes.",
    ),
    "columns": Phrase(
        en="The kind in the columns.",
        fr="La sorte en colonnes.",
    ),
    "matrix.columns": Phrase(
        en="The kind in the columns; by default, the schemes that the policy itself implements or is coordinated with.",
        fr="La sorte en colonnes ; par défaut, les schémas que la politique elle-même met en œuvre ou avec lesquels elle s’articule.",
    ),
    "matrix.more": Phrase(
        en="All schemes: ppun-bfc matrix priority scheme. Any two kinds can be crossed; why two things meet: ppun-bfc explain ID ID.",
        fr="Tous les schémas : ppun-bfc matrix priority scheme. Deux sortes quelconques se croisent ; pourquoi deux choses se rencontrent : ppun-bfc explain ID ID.",
    ),
    "explain": Phrase(
        en="Show why two entities meet.",
        fr="Montre pourquoi deux entités se rencontrent.",
    ),
    "explain.max_links": Phrase(
        en="With 2, also ways over a third entity.",
        fr="Avec 2, passe aussi par une troisième entité.",
    ),
    "gaps": Phrase(
        en="List what nothing meets directly.",
        fr="Liste ce que rien ne rencontre directement.",
    ),
    "gaps.missing": Phrase(
        en="Instead, list rows without these: relations, date or figure, with commas.",
        fr="Plutôt, liste ce qui est sans : relations, date ou figure, avec virgules.",
    ),
    "aids": Phrase(
        en="List the aids that an applicant could ask for.",
        fr="Liste les aides qu’un demandeur pourrait solliciter.",
    ),
    "aids.applicant": Phrase(
        en="Who applies, such as actor:communes.",
        fr="Qui demande, comme actor:communes.",
    ),
    "aids.population": Phrase(
        en="Its number of inhabitants.",
        fr="Son nombre d’habitants.",
    ),
    "aids.on": Phrase(
        en="A day, YYYY-MM-DD; aids that are closed then are left out.",
        fr="Un jour, AAAA-MM-JJ ; les aides closes ce jour-là sont omises.",
    ),
    "grant": Phrase(
        en="Show the bracket of an aid that a project falls in, and the most it can receive.",
        fr="Donne la tranche d’une aide où tombe un projet, et le plus qu’il peut recevoir.",
    ),
    "grant.aid": Phrase(
        en="The id or slug of an aid.",
        fr="L’identifiant d’une aide, entier ou après les deux-points.",
    ),
    "grant.cost": Phrase(
        en="The eligible cost, in euros.",
        fr="Le coût éligible, en euros.",
    ),
    "missing": Phrase(
        en="missing",
        fr="manque",
    ),
    "undated": Phrase(
        en="no dates in the sources",
        fr="sans dates dans les sources",
    ),
    "rules": Phrase(
        en="Rules",
        fr="Règles",
    ),
    "inventory": Phrase(
        en="Show what of the source pages is cited, left out on purpose, or unexplained.",
        fr="Montre ce qui, dans les pages, est cité, laissé de côté exprès ou inexpliqué.",
    ),
    "inventory.reviewed": Phrase(
        en="The YAML file of what is left out; by default data/inventory/left-out.yaml.",
        fr="Le fichier YAML de ce qui est laissé de côté ; par défaut data/inventory/left-out.yaml.",
    ),
    "inventory.page": Phrase(
        en="Only this page, or document.",
        fr="Cette page, ou ce document, seulement.",
    ),
    "inventory.all": Phrase(
        en="Every item, not only the unexplained ones.",
        fr="Tous les éléments, et non les seuls inexpliqués.",
    ),
    "covered": Phrase(
        en="{count} items, {missing} unexplained",
        fr="{count} éléments, {missing} inexpliqué(s)",
    ),
    "state.cited": Phrase(
        en="cited",
        fr="cité",
    ),
    "state.left-out": Phrase(
        en="left out",
        fr="laissé de côté",
    ),
    "state.unexplained": Phrase(
        en="unexplained",
        fr="inexpliqué",
    ),
    "item.heading": Phrase(
        en="heading",
        fr="titre",
    ),
    "item.row": Phrase(
        en="table row",
        fr="ligne de tableau",
    ),
    "item.item": Phrase(
        en="list item",
        fr="élément de liste",
    ),
    "item.number": Phrase(
        en="number",
        fr="nombre",
    ),
    "item.date": Phrase(
        en="date",
        fr="date",
    ),
    "pin": Phrase(
        en="Write the pin of a version into an application's pyproject.toml.",
        fr="Écrit l’épingle d’une version dans le pyproject.toml d’une application.",
    ),
    "pin.version": Phrase(
        en="A version or edition; by default the current one.",
        fr="Une version ou une édition ; par défaut la courante.",
    ),
    "pin.into": Phrase(
        en="The pyproject.toml to write into.",
        fr="Le pyproject.toml où l’écrire.",
    ),
    "pin.python": Phrase(
        en="Write nothing; print the line of Python that loads it.",
        fr="N’écrit rien ; affiche la ligne de Python qui la charge.",
    ),
    "pinned": Phrase(
        en="pinned {version} in {path}",
        fr="version {version} épinglée dans {path}",
    ),
    "paths": Phrase(
        en="Files and folders of the application.",
        fr="Fichiers et dossiers de l’application.",
    ),
    "column": Phrase(
        en="A column that holds ids: NAME of CSV files, TABLE.COLUMN of SQLite files.",
        fr="Une colonne d’identifiants : NOM dans un CSV, TABLE.COLONNE dans un SQLite.",
    ),
    "delimiter": Phrase(
        en="What parts the cells of CSV files.",
        fr="Ce qui sépare les cellules des fichiers CSV.",
    ),
    "ignore": Phrase(
        en="A text that only looks like an id.",
        fr="Un texte qui ressemble seulement à un identifiant.",
    ),
    "check": Phrase(
        en="Find the policy's ids in files, and what is wrong with them.",
        fr="Trouve les identifiants de la politique dans des fichiers, et ce qui ne va pas.",
    ),
    "check.pin": Phrase(
        en="The pyproject.toml with the pin; by default, for each file, the nearest one above it.",
        fr="Le pyproject.toml qui épingle ; par défaut, pour chaque fichier, le plus proche au-dessus.",
    ),
    "check.against": Phrase(
        en="The version to hold the ids against; by default the pinned one.",
        fr="La version à laquelle comparer ; par défaut celle qui est épinglée.",
    ),
    "checked": Phrase(
        en="{uses} id(s) in {files} file(s) held against {version}{pin}: {count} problem(s), {more} notice(s)",
        fr="{uses} identifiant(s) dans {files} fichier(s), version {version}{pin} : {count} problème(s), {more} avis",
    ),
    "uptake": Phrase(
        en="Count what is done under the policy: items in files, tagged with ids.",
        fr="Compte ce qui est fait sous la politique : des éléments de fichiers, étiquetés d’identifiants.",
    ),
    "uptake.files": Phrase(
        en="Files of items, or patterns: CSV, Parquet, JSON lines, SQLite.",
        fr="Fichiers d’éléments, ou motifs : CSV, Parquet, JSON par lignes, SQLite.",
    ),
    "uptake.tags": Phrase(en="Column of ids.", fr="Colonne des identifiants."),
    "uptake.amount": Phrase(en="Column of amounts in euros.", fr="Colonne des montants en euros."),
    "uptake.by": Phrase(
        en="Column whose values are told apart, such as a year.",
        fr="Colonne dont les valeurs sont distinguées, comme une année.",
    ),
    "uptake.item": Phrase(
        en="Column that tells items apart, where there is a row a tag.",
        fr="Colonne qui distingue les éléments, s’il y a une ligne par étiquette.",
    ),
    "uptake.table": Phrase(en="Table of a SQLite file.", fr="Table d’un fichier SQLite."),
    "uptake.kind": Phrase(en="Kind to count by.", fr="Sorte par laquelle compter."),
    "uptake.across": Phrase(en="Cross with this kind.", fr="Croise avec cette sorte."),
    "uptake.rule": Phrase(
        en="full: whole for each thing an item counts for; split: shared equally.",
        fr="full : entier pour chaque chose dont l’élément relève ; split : partagé également.",
    ),
    "uptake.stated": Phrase(
        en="Count by stated links only.", fr="Ne compte que par les liens énoncés."
    ),
    "uptake.suppress": Phrase(
        en="Hide counts below this, and what would give them back.",
        fr="Cache les nombres inférieurs, et ce qui permettrait de les retrouver.",
    ),
    "uptake.before": Phrase(
        en="Tell only what counts otherwise under this version.",
        fr="Ne dit que ce qui compte autrement sous cette version.",
    ),
    "diff": Phrase(
        en="Compare two versions, every change classified.",
        fr="Compare deux versions, chaque changement classé.",
    ),
    "diff.old": Phrase(
        en="A version, a snapshot file, or a folder of YAML.",
        fr="Une version, un fichier de données ou un dossier YAML.",
    ),
    "diff.new": Phrase(
        en="Likewise.",
        fr="De même.",
    ),
    "reordered": Phrase(
        en="editorial	the order of kind {kind} changed",
        fr="rédaction	l’ordre de la sorte {kind} a changé",
    ),
    "impact.breaking": Phrase(
        en="breaking",
        fr="rupture",
    ),
    "impact.additive": Phrase(
        en="additive",
        fr="ajout",
    ),
    "impact.editorial": Phrase(
        en="editorial",
        fr="rédaction",
    ),
    "migrate": Phrase(
        en="Rewrite ids in JSON, CSV and YAML files for another version.",
        fr="Réécrit les identifiants de fichiers JSON, CSV et YAML pour une autre version.",
    ),
    "migrate.to": Phrase(
        en="The version to move to; by default the current one.",
        fr="La version où aller ; par défaut la courante.",
    ),
    "migrate.dry_run": Phrase(
        en="Write nothing, tell what would be.",
        fr="N’écrit rien, dit ce qui le serait.",
    ),
    "migrate.sql": Phrase(
        en="Print the SQL that moves one column of one table, instead.",
        fr="Affiche plutôt le SQL qui fait passer une colonne d’une table.",
    ),
    "migrate.which": Phrase(
        en="give files, or --sql TABLE.COLUMN", fr="donnez des fichiers, ou --sql TABLE.COLONNE"
    ),
    "migrated": Phrase(
        en="{count} id(s) rewritten in {files} file(s) for {version}; {open} left to a person",
        fr="{count} identifiant(s) réécrits dans {files} fichier(s) pour {version} ; {open} à décider",
    ),
    "would-migrate": Phrase(
        en="{count} id(s) to rewrite in {files} file(s) for {version}; {open} left to a person",
        fr="{count} identifiant(s) à réécrire dans {files} fichier(s) pour {version} ; {open} à décider",
    ),
    "versions.digest": Phrase(
        en="Only the version with this digest.",
        fr="La version qui a cette empreinte, seulement.",
    ),
    "versions.check": Phrase(
        en="Read every shipped file again, and check every byte and rule.",
        fr="Relit chaque fichier livré, et vérifie chaque octet et chaque règle.",
    ),
    "versions.sound": Phrase(
        en="{count} version(s): every byte and every rule holds",
        fr="{count} version(s) : chaque octet et chaque règle tiennent",
    ),
    "validate": Phrase(
        en="Check a folder of YAML; every problem with file, line and column.",
        fr="Vérifie un dossier YAML : chaque problème avec fichier, ligne et colonne.",
    ),
    "folder": Phrase(
        en="The folder of YAML files.",
        fr="Le dossier des fichiers YAML.",
    ),
    "publish": Phrase(
        en="Publish the next version of a folder of YAML.",
        fr="Publie la version suivante d’un dossier YAML.",
    ),
    "publish.into": Phrase(
        en="Folder of published files.",
        fr="Dossier des fichiers publiés.",
    ),
    "publish.number": Phrase(
        en="The version to write; by default the next number.",
        fr="La version à écrire ; par défaut le numéro suivant.",
    ),
    "publish.released": Phrase(
        en="Day of publication, YYYY-MM-DD; by default today.",
        fr="Jour de publication, AAAA-MM-JJ ; par défaut aujourd’hui.",
    ),
    "verify": Phrase(
        en="Check every name, figure and anchor against the source pages.",
        fr="Confronte chaque nom, chiffre et repère aux pages des sources.",
    ),
    "sources": Phrase(
        en="The folder of the source documents.",
        fr="Le dossier des documents sources.",
    ),
    "schema": Phrase(
        en="Print the JSON Schema of a snapshot, or of authoring files.",
        fr="Affiche le JSON Schema d’une version, ou des fichiers sources.",
    ),
    "schema.name": Phrase(
        en="Which schema.",
        fr="Quel schéma.",
    ),
    "schema.ids": Phrase(
        en="The ids of the version instead, in an OpenAPI document.",
        fr="Plutôt les identifiants de la version, dans un document OpenAPI.",
    ),
    "schema.which": Phrase(en="give {names}, or --ids", fr="donnez {names}, ou --ids"),
    "codegen": Phrase(
        en="Write the ids of the pinned version as types, for editors and type checkers.",
        fr="Écrit les identifiants de la version épinglée comme des types, pour les éditeurs.",
    ),
    "codegen.language": Phrase(en="Language: python.", fr="Langage : python."),
    "codegen.check": Phrase(
        en="Write nothing; exit with 1 where the file is another.",
        fr="N’écrit rien ; sort avec 1 si le fichier est autre.",
    ),
    "codegen.stale": Phrase(
        en="{path} is not that of {version}; write it again without --check",
        fr="{path} n’est pas celui de {version} ; réécrivez-le sans --check",
    ),
    "matrix.layer": Phrase(
        en="CSV of your own notes (id, value, note), shown beside the names.",
        fr="CSV de vos propres notes (id, valeur, note), montrées à côté des noms.",
    ),
    "explore": Phrase(
        en="Write the version as one HTML page to look at, which needs no server and no network.",
        fr="Écrit la version en une page HTML à regarder, sans serveur ni réseau.",
    ),
    "explore.output": Phrase(
        en="The file to write; without it, ppun-bfc-VERSION.html here.",
        fr="Le fichier à écrire ; sinon, ppun-bfc-VERSION.html ici.",
    ),
    "explore.open": Phrase(
        en="Open it in the browser.",
        fr="L’ouvre dans le navigateur.",
    ),
    "explore.layer": Phrase(
        en="CSV of your own notes (id, value, note), shown on matrix, tree and pages.",
        fr="CSV de vos propres notes (id, valeur, note), montrées sur matrice, arborescence et pages.",
    ),
    "export": Phrase(
        en="Write the whole version, in JSON (its SHA-256 is the digest) or another form.",
        fr="Écrit toute la version, en JSON (son SHA-256 est l’empreinte) ou sous une autre forme.",
    ),
    "export.form": Phrase(
        en="Form, such as csv, sqlite, xlsx or json-ld; json without one.",
        fr="Forme, comme csv, sqlite, xlsx ou json-ld ; sans elle, json.",
    ),
    "export.output": Phrase(
        en="File or folder to write, instead of the terminal.",
        fr="Fichier ou dossier à écrire, au lieu du terminal.",
    ),
    "export.force": Phrase(
        en="Replace what stands there.",
        fr="Remplace ce qui s’y trouve.",
    ),
    "export.option": Phrase(
        en="Setting of the form, such as base=https://example.org/ or delimiter=;",
        fr="Réglage de la forme, comme base=https://example.org/ ou delimiter=;",
    ),
    "export.needs-output": Phrase(
        en="{name} is not for a terminal; say where it goes with --output PATH",
        fr="{name} ne va pas dans un terminal ; dites où avec --output CHEMIN",
    ),
    "error": Phrase(
        en="error",
        fr="erreur",
    ),
    "current": Phrase(
        en="current",
        fr="courante",
    ),
    "nothing": Phrase(
        en="nothing found",
        fr="rien trouvé",
    ),
    "summary": Phrase(
        en="Summary",
        fr="Résumé",
    ),
    "part_of": Phrase(
        en="Part of",
        fr="Fait partie de",
    ),
    "citations": Phrase(
        en="Citations",
        fr="Citations",
    ),
    "links": Phrase(
        en="Links",
        fr="Liens",
    ),
    "wordings": Phrase(
        en="Also called",
        fr="Aussi nommé",
    ),
    "fields": Phrase(
        en="Facts",
        fr="Faits",
    ),
    "basis": Phrase(
        en="basis",
        fr="fondement",
    ),
    "rationale": Phrase(
        en="reason",
        fr="raison",
    ),
    "context": Phrase(
        en="Links of the whole, which say nothing of one row or column: {count}",
        fr="Liens de l’ensemble, qui ne disent rien d’une ligne ou d’une colonne : {count}",
    ),
    "no-meeting": Phrase(
        en="{source} and {target} do not meet in version {version}",
        fr="{source} et {target} ne se rencontrent pas dans la version {version}",
    ),
    "valid": Phrase(
        en="{folder}: no problem found",
        fr="{folder} : aucun problème",
    ),
    "invalid": Phrase(
        en="{count} problem(s)",
        fr="{count} problème(s)",
    ),
    "published": Phrase(
        en="published {version}, {size} bytes, {digest}",
        fr="version {version} publiée, {size} octets, {digest}",
    ),
    "verified": Phrase(
        en="{count} of {count} found in the sources",
        fr="{count} sur {count} retrouvés dans les sources",
    ),
    "unverified": Phrase(
        en="{count} looked up, {missing} problem(s)",
        fr="{count} cherchés, {missing} problème(s)",
    ),
    "sort.label": Phrase(
        en="labels and wordings",
        fr="libellés et variantes",
    ),
    "sort.acronym": Phrase(
        en="acronyms",
        fr="sigles",
    ),
    "sort.anchor": Phrase(
        en="anchors",
        fr="repères",
    ),
    "sort.section": Phrase(
        en="sections",
        fr="intertitres",
    ),
    "sort.figure": Phrase(
        en="figures",
        fr="chiffres",
    ),
    "sort.date": Phrase(
        en="dates",
        fr="dates",
    ),
    "written": Phrase(
        en="written: {path}",
        fr="écrit : {path}",
    ),
    "versions.folder": Phrase(
        en="Folder of published files; by default those that ship with this package.",
        fr="Dossier de fichiers publiés ; par défaut ceux livrés avec ce paquet.",
    ),
    "exclude": Phrase(
        en="A pattern of files and folders to leave out, such as 'chart/**'.",
        fr="Un motif de fichiers et dossiers à laisser de côté, comme 'chart/**'.",
    ),
    "check.require_pin": Phrase(
        en="Fail where no pin is found above a file.",
        fr="Échoue là où aucune épingle n’est trouvée au-dessus d’un fichier.",
    ),
    "check.root": Phrase(
        en="Whence SARIF and GitHub see the files; by default the nearest folder with .git.",
        fr="D’où SARIF et GitHub voient les fichiers ; par défaut le dossier le plus proche avec .git.",
    ),
    "no-pin": Phrase(en=" (no pin found)", fr=" (aucune épingle trouvée)"),
    "and-more": Phrase(en="and {count} more", fr="et {count} autres"),
    "passed.folder": Phrase(en="folders passed over", fr="dossiers non parcourus"),
    "passed.hidden": Phrase(en="hidden, passed over", fr="cachés, non lus"),
    "passed.excluded": Phrase(en="left out as asked", fr="laissés de côté à la demande"),
    "passed.kind": Phrase(en="kinds of files that are not read", fr="sortes de fichiers non lues"),
}
