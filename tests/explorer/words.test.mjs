import assert from "node:assert/strict";
import { test } from "node:test";
import { amount, plain } from "../../src/ppun_bfc/explorer/aids.js";
import { parseCsv, size, toCsv } from "../../src/ppun_bfc/explorer/layer.js";
import { amounts, fold } from "../../src/ppun_bfc/explorer/search.js";
import { Words } from "../../src/ppun_bfc/explorer/words.js";

const fr = new Words("fr");
const en = new Words("en");
const spaced = (text) => text.replaceAll("\u00a0", " ");

test("numbers, amounts and days are written as each language does", () => {
  assert.equal(spaced(fr.number("162000000.50")), "162 000 000,5");
  assert.equal(en.number("1000"), "1,000");
  assert.equal(spaced(fr.euros("1234.567")), "1 234,56 €");
  assert.equal(en.euros("1234.999"), "€1,234.99");
  assert.equal(fr.day("2021-05-01"), "1er mai 2021");
  assert.equal(en.day("2018/2022"), "2018–2022");
  assert.equal(fr.day("2019-06"), "juin 2019");
});

test("an amount that could be read in two ways, or is none, is refused", () => {
  for (const text of ["10.000", "10,000", "0", "-1", "1e5", "", "x", "1".repeat(16), "1.0000000001"]) {
    assert.equal(amount(text), null, text);
  }
  assert.equal(plain(amount(" 100\u202f000,50 € ")), "100000.5");
  assert.equal(plain(amount("0.000000001")), "0.000000001");
});

test("a text that stands in braces is filled in once", () => {
  assert.equal(fr.fill(["{who} : {who}", ""], { who: "{day}" }), "{day} : {day}");
});

test("search folds case, accents and ligatures, and reads amounts", () => {
  assert.equal(fold("L’Œuvre  É_t\nx"), "l oeuvre e t\nx");
  assert.deepEqual(amounts("de 0,10 € à 162 M€, soit 1.500.000 euros"), ["eur0p1", "eur162000000", "eur1500000"]);
});

test("a CSV is read as spreadsheets write it, and written so that they run nothing", () => {
  assert.deepEqual(parseCsv('\ufeffid;value\r\n"a;""b""";1\r\n\r\n"two\nlines";2'), [
    ["id", "value"],
    ['a;"b"', "1"],
    ["two\nlines", "2"],
  ]);
  assert.deepEqual(parseCsv("id\tvalue\na\t1"), [
    ["id", "value"],
    ["a", "1"],
  ]);
  assert.equal(toCsv([["=1+1", "-3,5", 'a"b', "@x"]]), '"\'=1+1";"-3,5";"a""b";"\'@x"\r\n');
});

test("a value is a size where it is a number", () => {
  assert.equal(size({ value: "1 200,5 €", note: "" }), 1200.5);
  assert.equal(size({ value: "beaucoup", note: "" }), null);
  assert.equal(size(undefined), null);
});
