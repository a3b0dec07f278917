// What the page says, in French and English, and how numbers and days are written.

/** @typedef {import("./data.js").Lang} Lang */
/** @typedef {import("./data.js").Both} Both */

/** @type {Record<string, Both>} */
const TEXTS = {
  title: ["Politique Publique des Usages Numériques", "Public Policy on Digital Uses (PPUN-BFC)"],
  version: ["version {version}", "version {version}"],
  skip: ["Aller au contenu", "Skip to content"],
  views: ["Vues", "Views"],
  matrix: ["Matrice", "Matrix"],
  tree: ["Arborescence", "Tree"],
  time: ["Calendrier", "Timeline"],
  aids: ["Aides", "Grants"],
  search: ["Recherche", "Search"],
  layer: ["Ma couche", "My layer"],
  other: ["English", "Français"],
  "other.title": ["Read this page in English", "Lire cette page en français"],
  find: ["Chercher dans la politique", "Search the policy"],
  "matrix.lead": ["Choisir une case pour lire ce qui la fonde.", "Choose a cell to read what it rests on."],
  rows: ["Lignes", "Rows"],
  columns: ["Colonnes", "Columns"],
  hide: ["Masquer les lignes et colonnes vides", "Hide empty rows and columns"],
  key: ["Légende", "Key"],
  "key.part_of": ["l’un contient l’autre", "one contains the other"],
  "key.stated": ["une source le dit", "a source says it"],
  "key.derived": [
    "les auteurs de ces données le concluent, et disent pourquoi",
    "an editor concluded it, with a reason",
  ],
  "key.inherited": ["vrai de ce qui contient l’un des deux", "true of what contains one of the two"],
  "key.modality": [
    "souligné de tirets : la source n’affirme pas (exigé, voulu, conditionnel, possible)",
    "dashed underline: the source does not affirm (required, intended, conditional, possible)",
  ],
  "key.disputed": [
    "les sources se contredisent sur ce qui fonde la case",
    "sources disagree about what the cell rests on",
  ],
  nothing: ["rien ne montre qu’ils se rencontrent", "nothing shows that they meet"],
  "matrix.none": ["Rien ne se rencontre ici.", "Nothing meets here."],
  "matrix.count": ["{filled} cases remplies sur {all}", "{filled} cells of {all} filled"],
  "more.rows": ["{count} lignes de plus", "{count} more rows"],
  "more.columns": ["{count} colonnes de plus", "{count} more columns"],
  evidence: ["Ce qui fonde la case", "What the cell rests on"],
  part: ["fait partie de", "is part of"],
  disputed: ["contesté", "disputed"],
  sources: ["Sources", "Sources"],
  "copy.id": ["Copier l’identifiant", "Copy the id"],
  "copy.python": ["Copier la ligne Python", "Copy the Python line"],
  "copy.cite": ["Copier le paragraphe à citer", "Copy the paragraph to cite"],
  copied: ["Copié.", "Copied."],
  "copy.failed": ["Copie impossible : sélectionner le texte ci-dessous.", "Cannot copy: select the text below."],
  unknown: ["« {id} » n’est pas dans cette version.", "“{id}” is not in this version."],
  near: ["Peut-être :", "Perhaps:"],
  "search.count": ["{count} pour « {asked} »", "{count} for “{asked}”"],
  "search.empty": [
    "Taper un ou plusieurs mots : « tiers-lieux », « 162 M€ », « ODD 12 ».",
    "Type some words: “tiers-lieux”, “162 M€”, “ODD 12”.",
  ],
  "search.said": ["On dit\u00a0:", "People say:"],
  "search.more": ["{count} de plus", "{count} more"],
  kind: ["Sorte", "Kind"],
  basis: ["Liens", "Links"],
  source: ["Source", "Source"],
  any: ["tout", "any"],
  "tree.of": ["Arborescence de", "Tree of"],
  "tree.lead": [
    "Le nombre dit combien de choses sont dessous ; la barre, leur part.",
    "The number tells how many things are below; the bar, their share.",
  ],
  "tree.below": ["{count} dessous", "{count} below"],
  "time.sort": ["Ce qui est daté", "What is dated"],
  "time.chart": ["Nombre de dates par année", "Dates per year"],
  "sort.event": ["événement", "event"],
  "sort.opens": ["ouverture", "opens"],
  "sort.closes": ["clôture", "closes"],
  "sort.deadline": ["échéance", "due"],
  "sort.adopted": ["adoption", "adopted"],
  "sort.period": ["période", "in force"],
  "aids.lead": ["Dites qui vous êtes ; le reste est facultatif.", "Say who you are; the rest is optional."],
  "aids.any-day": ["Sans jour donné, les aides closes sont comprises.", "Without a day, closed grants are among them."],
  who: ["Je suis", "I am"],
  population: ["Habitants", "Inhabitants"],
  epci: ["Habitants de mon EPCI", "Inhabitants of my inter-municipal body"],
  cost: ["Coût éligible du projet, en euros", "Eligible cost of the project, in euros"],
  day: ["Jour", "Day"],
  "bad.number": ["Ce n’est pas un nombre supérieur à 0 : {value}", "This is no number above 0: {value}"],
  "aids.none": ["Rien ne peut être demandé.", "Nothing can be asked for."],
  "aids.can": ["Ce que peut demander : {who}", "What {who} can ask for"],
  "aids.cannot": ["Ce qui ne peut l’être, et pourquoi", "What cannot be asked for, and why"],
  closes: ["Clôture : {day}", "Closes: {day}"],
  undated: ["aucune source ne dit si elle est ouverte ce jour", "no source says whether it is open then"],
  apply: ["Où déposer sa demande", "Where to apply"],
  grants: ["Montants", "What is granted"],
  bonuses: ["Majorations", "What may be added"],
  rules: ["Règles", "Rules"],
  deadlines: ["Échéances", "Deadlines"],
  "layer.lead": [
    "Déposer ici un CSV de trois colonnes : id, valeur, note. Il reste dans ce navigateur ; rien n’est envoyé.",
    "Drop a CSV of three columns here: id, value, note. It stays in this browser; nothing is sent.",
  ],
  "layer.choose": ["Choisir un fichier", "Choose a file"],
  "layer.shown": [
    "{count} choses annotées, sur la matrice, l’arborescence et les pages.",
    "{count} things annotated, on the matrix, the tree and the pages.",
  ],
  "layer.unknown": ["Identifiants que cette version n’a pas :", "Ids that this version does not have:"],
  "layer.drop": ["Retirer la couche", "Remove the layer"],
  "layer.bad": [
    "Ce fichier ne se lit pas : il faut des lignes « id;valeur;note ».",
    "This file cannot be read: lines “id,value,note” are needed.",
  ],
  value: ["valeur", "value"],
  note: ["note", "note"],
  export: ["Télécharger en CSV ce qui est montré", "Download what is shown as CSV"],
  broken: ["La page n’a pas pu lire ses données : {error}", "The page could not read its data: {error}"],
};

/** The words of one language. */
export class Words {
  /** @param {Lang} lang */
  constructor(lang) {
    this.lang = lang;
  }

  /** A text of the page.
   * @param {string} key
   * @param {Record<string, string | number>} [given] */
  say(key, given = {}) {
    return this.fill(TEXTS[key], given);
  }

  /** A text with what stands in its braces.
   * @param {Both} text
   * @param {Record<string, string | number>} [given] */
  fill(text, given = {}) {
    return this.of(text).replace(/\{(\w+)\}/g, (_, name) => String(given[name]));
  }

  /** The text of this language.
   * @param {Both} text */
  of(text) {
    return text[this.lang === "en" ? 1 : 0];
  }

  /** In quotation marks.
   * @param {string} text */
  quoted(text) {
    return this.lang === "fr" ? `«\u00a0${text}\u00a0»` : `“${text}”`;
  }

  /** A text that something follows.
   * @param {string} text */
  colon(text) {
    return this.lang === "fr" ? `${text} :` : `${text}:`;
  }

  /** A number as people read it.
   * @param {string} number digits with a point */
  number(number) {
    const [whole, part = ""] = number.split(".");
    const cents = part.replace(/0+$/, "");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, this.lang === "fr" ? "\u00a0" : ",");
    const point = this.lang === "fr" ? "," : ".";
    return cents ? `${grouped}${point}${cents}` : grouped;
  }

  /** An amount as people read it; an upper limit is never rounded up.
   * @param {string} number */
  euros(number) {
    const [whole, part = ""] = number.split(".");
    const cents = part.slice(0, 2).padEnd(2, "0");
    const text = this.number(whole) + (cents === "00" ? "" : `${this.lang === "fr" ? "," : "."}${cents}`);
    return this.lang === "fr" ? `${text}\u00a0€` : `€${text}`;
  }

  /** A date as people write it, as precise as it is (EDTF).
   * @param {string} text
   * @returns {string} */
  day(text) {
    if (text.includes("/"))
      return text
        .split("/")
        .map((part) => this.day(part))
        .join("–");
    const [year, month, day] = text.split("-");
    const name = month ? MONTHS[Number(month) - 1][this.lang === "en" ? 1 : 0] : "";
    const number = day ? String(Number(day)) : "";
    return [number === "1" && this.lang === "fr" ? "1er" : number, name, year].filter(Boolean).join(" ");
  }
}

/** @type {Both[]} */
const MONTHS = [
  ["janvier", "January"],
  ["février", "February"],
  ["mars", "March"],
  ["avril", "April"],
  ["mai", "May"],
  ["juin", "June"],
  ["juillet", "July"],
  ["août", "August"],
  ["septembre", "September"],
  ["octobre", "October"],
  ["novembre", "November"],
  ["décembre", "December"],
];
