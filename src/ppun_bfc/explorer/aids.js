// What an applicant may receive: Python compiled the rules, this only follows them (`ppun_bfc.grants`).
import { Edition } from "./data.js";
import { Words } from "./words.js";

/** @typedef {import("./data.js").Bracket} Bracket */
/** @typedef {import("./data.js").Entry} Entry */
/** @typedef {import("./data.js").Rule} Rule */
/** @typedef {import("./data.js").Both} Both */
/** @typedef {bigint} Fixed A number times ten to the 20th, so that nothing of it is lost. */
/**
 * @typedef {object} Asked
 * @property {number} who
 * @property {Fixed | null} population
 * @property {Fixed | null} epci
 * @property {Fixed | null} cost
 * @property {string | null} on a day, as 2021-07-01
 */
/**
 * @typedef {object} Offer
 * @property {Rule} rule
 * @property {Bracket[]} brackets those that the cost falls in, the one that grants most first
 * @property {Fixed | null} most
 * @property {Entry} entry what makes the applicant eligible
 * @property {"yes" | "part"} fit
 * @property {boolean} unsure whether a limit of inhabitants still has to be checked
 * @property {boolean | null} open
 */
/** @typedef {{rule: Rule, reason: string, text: Both}} Refusal */
/** @typedef {{offers: Offer[], refused: Refusal[]}} Offers */

const PLACES = 20;
const FRENCH = new Words("fr");
const ENGLISH = new Words("en");
/** An amount as people write it: groups of three apart by spaces, a point or comma for cents. */
const WRITTEN =
  /^([0-9]{1,15}|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3}){1,4})(?:[.,]([0-9]{1,9}))?(?:[ \u00a0\u202f]?(?:€|EUR|euros?))?$/;
const TWO_WAYS = /^[0-9]{1,3}[.,][0-9]{3}$/;

/** The number that a text of Python or of a person is; null where it is none above 0.
 * @param {string} text
 * @returns {Fixed | null} */
export function amount(text) {
  const given = text.replace(/^[ \u00a0\u202f]+|[ \u00a0\u202f]+$/g, "");
  const found = WRITTEN.exec(given);
  if (!found || TWO_WAYS.test(given.replace(/[ \u00a0\u202f€EURos]+$/, ""))) return null;
  const value = fixed(found[1].replace(/[^0-9]/g, "") + (found[2] ? `.${found[2]}` : ""));
  return value > 0n ? value : null;
}

/** @param {string} text digits with a point
 * @returns {Fixed} */
function fixed(text) {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(PLACES, "0"));
}

/** Digits with a point.
 * @param {Fixed} value */
export function plain(value) {
  const digits = value.toString().padStart(PLACES + 1, "0");
  const part = digits.slice(-PLACES).replace(/0+$/, "");
  return digits.slice(0, -PLACES) + (part ? `.${part}` : "");
}

/** @param {Bracket} bracket
 * @param {Fixed} cost */
function holds(bracket, cost) {
  return (
    (bracket.from === null || cost >= fixed(bracket.from)) &&
    (bracket.above === null || cost > fixed(bracket.above)) &&
    (bracket.to === null || cost <= fixed(bracket.to))
  );
}

/** The most that a bracket grants to a cost that it holds.
 * @param {Bracket} bracket
 * @param {Fixed} cost
 * @returns {Fixed} */
function most(bracket, cost) {
  const limits = [cost];
  if (bracket.rate !== null) limits.push((cost * fixed(bracket.rate)) / (100n * 10n ** BigInt(PLACES)));
  if (bracket.ceiling !== null) limits.push(fixed(bracket.ceiling));
  return limits.reduce((least, one) => (one < least ? one : least));
}

/** Where the smallest bracket starts; null where there is no lower limit.
 * @param {Rule} rule
 * @returns {string | null} */
export function leastCost(rule) {
  const starts = rule.brackets.map((one) => one.from ?? one.above);
  if (starts.length === 0) return null;
  return starts.reduce((least, one) =>
    least === null || one === null ? null : fixed(one) < fixed(least) ? one : least,
  );
}

/** What an applicant can ask for, what grants most first; and what not, with why.
 * @param {Edition} edition
 * @param {Asked} asked
 * @returns {Offers} */
export function offersFor(edition, asked) {
  const belongs = new Set([asked.who, ...edition.ancestors(asked.who)]);
  const parts = new Set(edition.descendants(asked.who));
  const isEpci = [...belongs].some((at) => edition.things[at].id === "actor:epci");
  const shared = asked.epci ?? (isEpci ? asked.population : null);
  const reasons = edition.packed.words.reasons;
  /** @type {Offer[]} */
  const offers = [];
  /** @type {Refusal[]} */
  const refused = [];
  /** @param {Rule} rule
   * @param {string} reason
   * @param {(words: Words) => Record<string, string>} given */
  const refuse = (rule, reason, given) => {
    const told = [FRENCH, ENGLISH].map((words) => words.fill(reasons[reason], given(words)));
    refused.push({ rule, reason, text: [told[0], told[1]] });
  };
  /** @param {Entry} entry */
  const isSmall = (entry) => {
    if (entry.below === null) return true;
    const people = entry.of === "epci" ? shared : asked.population;
    return people === null ? null : people < fixed(entry.below);
  };
  /** @param {Entry} entry */
  const fitOf = (entry) => (belongs.has(entry.who) ? "yes" : parts.has(entry.who) ? "part" : null);
  for (const rule of edition.packed.aids) {
    if (rule.eligible.length === 0) {
      refuse(rule, "unsaid", () => ({}));
      continue;
    }
    const named = rule.eligible.filter((entry) => fitOf(entry) !== null);
    if (named.length === 0) {
      refuse(rule, "not_named", (words) => ({
        who: rule.eligible.map((entry) => edition.name(entry.who, words.lang)).join(", "),
      }));
      continue;
    }
    const fitting = named.filter((entry) => isSmall(entry) !== false);
    if (fitting.length === 0) {
      const widest = named.reduce((best, one) => (fixed(one.below ?? "0") > fixed(best.below ?? "0") ? one : best));
      const reason = widest.of === "epci" ? "epci_population" : "population";
      refuse(rule, reason, (words) => ({ limit: words.number(widest.below ?? "0") }));
      continue;
    }
    const open = asked.on === null ? null : isOpen(rule, asked.on);
    if (open === false) {
      refuse(rule, "closed", (words) => ({ day: words.day(asked.on ?? "") }));
      continue;
    }
    const cost = asked.cost;
    let brackets = rule.brackets;
    if (cost !== null) {
      brackets = rule.brackets.filter((one) => holds(one, cost));
      brackets.sort((a, b) => Number(most(b, cost) - most(a, cost) > 0n) - Number(most(b, cost) - most(a, cost) < 0n));
      if (rule.brackets.length > 0 && brackets.length === 0) {
        refuse(rule, "cost", (words) => ({ text: outside(edition, rule, cost, words) }));
        continue;
      }
    }
    /** @param {Entry} entry */
    const rank = (entry) => (fitOf(entry) === "part" ? 2 : 0) + (isSmall(entry) === null ? 1 : 0);
    const entry = fitting.reduce((best, one) => (rank(one) < rank(best) ? one : best));
    offers.push({
      rule,
      brackets,
      most: cost !== null && brackets.length > 0 ? most(brackets[0], cost) : null,
      entry,
      fit: fitOf(entry) === "part" ? "part" : "yes",
      unsure: isSmall(entry) === null,
      open,
    });
  }
  /** @param {Offer} offer
   * @returns {Fixed} */
  const worth = (offer) => {
    if (asked.cost !== null) return offer.most ?? 0n;
    return offer.brackets.reduce((best, one) => {
      const ceiling = one.ceiling === null ? 0n : fixed(one.ceiling);
      return ceiling > best ? ceiling : best;
    }, 0n);
  };
  offers.sort((a, b) => (worth(a) === worth(b) ? 0 : worth(a) > worth(b) ? -1 : 1));
  return { offers, refused };
}

/** What the nearest aid with dates says of the day.
 * @param {Rule} rule
 * @param {string} on
 * @returns {boolean | null} */
function isOpen(rule, on) {
  if (rule.days.length === 0) return null;
  const [opens, closes] = rule.days[0];
  if ((opens && on < opens[0]) || (closes && on > closes[1])) return false;
  return (opens && on < opens[1]) || (closes && on > closes[0]) ? null : true;
}

/** Why a cost is in no bracket.
 * @param {Edition} edition
 * @param {Rule} rule
 * @param {Fixed} cost
 * @param {Words} words */
function outside(edition, rule, cost, words) {
  const reasons = edition.packed.words.reasons;
  const least = leastCost(rule);
  const told = words.euros(plain(cost));
  if (least !== null && cost <= fixed(least)) {
    return words.fill(reasons.below, { cost: told, least: words.euros(least) });
  }
  return words.fill(reasons[rule.brackets.length > 0 ? "outside" : "none"], { cost: told });
}

/** What an offer grants, in one sentence.
 * @param {Edition} edition
 * @param {Offer} offer
 * @param {Fixed | null} cost
 * @param {Words} words */
export function sentence(edition, offer, cost, words) {
  const reasons = edition.packed.words.reasons;
  if (cost === null) {
    return offer.brackets.map((one) => words.of(one.words)).join("; ") || words.of(reasons.none);
  }
  if (offer.brackets.length === 0) return outside(edition, offer.rule, cost, words);
  // A bracket's name says for what it is; of those with the same name the best one answers.
  const names = new Set();
  const told = [];
  for (const bracket of offer.brackets) {
    const name = bracket.label ? words.of(bracket.label) : "";
    const key = JSON.stringify(bracket.label);
    if (names.has(key)) continue;
    names.add(key);
    const terms = [];
    if (bracket.rate !== null) {
      const given = { rate: bracket.rate, low: bracket.rate_from ?? "" };
      terms.push(words.fill(reasons[bracket.rate_from === null ? "rate" : "rates"], given));
    }
    if (bracket.ceiling !== null) {
      terms.push(words.fill(reasons.ceiling, { ceiling: words.euros(bracket.ceiling) }));
    }
    const answer = words.fill(reasons.most, {
      most: words.euros(plain(most(bracket, cost))),
      cost: words.euros(plain(cost)),
      terms: terms.join(", "),
    });
    told.push(name ? `${words.colon(name)} ${answer}` : answer);
  }
  return told.join(words.lang === "fr" ? " ; " : "; ");
}

/** What still has to be true of the applicant.
 * @param {Edition} edition
 * @param {Offer} offer
 * @param {Words} words
 * @returns {string[]} */
export function conditions(edition, offer, words) {
  const reasons = edition.packed.words.reasons;
  const { entry } = offer;
  const found = [];
  if (offer.fit === "part") found.push(words.fill(reasons.if, { who: edition.name(entry.who, words.lang) }));
  if (offer.unsure && entry.below !== null) {
    const key = entry.of === "epci" ? "if_epci" : "if_population";
    found.push(words.fill(reasons[key], { limit: words.number(entry.below) }));
  }
  if (entry.condition) found.push(words.of(entry.condition));
  return found;
}
