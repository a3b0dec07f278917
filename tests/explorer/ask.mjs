// Asks the explorer's modules what a test asks Python; reads a file of JSON, writes the answers to standard output.
import { readFileSync } from "node:fs";
import { amount, conditions, leastCost, offersFor, plain, sentence } from "../../src/ppun_bfc/explorer/aids.js";
import { Network } from "../../src/ppun_bfc/explorer/cross.js";
import { Edition } from "../../src/ppun_bfc/explorer/data.js";
import { readLayer } from "../../src/ppun_bfc/explorer/layer.js";
import { amounts, Index, snippet } from "../../src/ppun_bfc/explorer/search.js";
import { Words } from "../../src/ppun_bfc/explorer/words.js";

const given = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const edition = new Edition(given.data);
const network = new Network(edition);
const index = new Index(edition);
const id = (at) => edition.things[at].id;
const at = (one) => edition.byId.get(one).at;
const number = (text) => (text === null ? null : amount(text));

const answers = {
  matrix: ({ rows, columns }) =>
    [...network.matrix(rows.map(at), columns.map(at)).values()].map((cell) => [
      id(cell.row),
      id(cell.column),
      cell.strength,
      cell.modality,
      cell.disputes.map(id).sort(),
    ]),
  explain: ({ source, target }) =>
    network
      .explain(at(source), at(target))
      .map((path) => [
        path.nodes.map(id),
        path.strength,
        path.modality,
        path.hops.map(({ link, child }) =>
          link
            ? [id(link.source), link.relation, id(link.target)]
            : [id(child), "part_of", id(edition.things[child].above)],
        ),
      ]),
  search: ({ text, kinds }) => {
    const among = kinds ? new Set(kinds.flatMap((kind) => edition.ofKind.get(kind))) : null;
    return index.find(text, among).map((hit) => [
      id(hit.at),
      hit.score,
      snippet(hit)
        .map((part, n) => (n % 2 ? `**${part}**` : part))
        .join(""),
    ]);
  },
  amounts: ({ text }) => amounts(text),
  amount: ({ text }) => {
    const found = amount(text);
    return found === null ? null : plain(found);
  },
  offers: ({ who, population, epci, cost, on }) => {
    const asked = { who: at(who), population: number(population), epci: number(epci), cost: number(cost), on };
    const { offers, refused } = offersFor(edition, asked);
    const both = ["fr", "en"].map((lang) => new Words(lang));
    return {
      offers: offers.map((offer) => ({
        aid: id(offer.rule.aid),
        most: offer.most === null ? null : plain(offer.most),
        brackets: offer.brackets.map((one) => one.words[0]),
        who: id(offer.entry.who),
        fit: offer.fit,
        unsure: offer.unsure,
        open: offer.open,
        closes: offer.rule.closes,
        url: offer.rule.url,
        least: leastCost(offer.rule),
        sentences: both.map((words) => sentence(edition, offer, asked.cost, words)),
        conditions: both.map((words) => conditions(edition, offer, words)),
        rules: offer.rule.rules.length,
        bonuses: offer.rule.bonuses.length,
      })),
      refused: refused.map((one) => ({ aid: id(one.rule.aid), reason: one.reason, text: one.text })),
    };
  },
  card: ({ one, lang }) => edition.card(at(one), lang),
  layer: ({ text }) => {
    const found = readLayer(edition, "x", text);
    return found && [...found.notes].map(([one, note]) => [id(one), note.value, note.note]);
  },
};

process.stdout.write(JSON.stringify(given.asked.map(([what, question]) => answers[what](question))));
