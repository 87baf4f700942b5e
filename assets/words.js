// Words of a text as the search and the explorer compare them: without case, accents, dashes and English endings,
// and every spelling of a name as the one that the report uses (variants.json).
import { stemmer } from "stemmer";
import variants from "./variants.json";

const LONGEST_ENDING = 3; // letters that a star in variants.json stands for
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c'’]*/gu;

const PLAIN = /^[A-Za-z0-9]+$/;
const fold = (word) =>
  PLAIN.test(word) ? word.toLowerCase() : word
    .normalize("NFKD")
    .replace(/[\p{M}\u200c]/gu, "")
    .toLowerCase()
    .replace(/['’]s?$/, "") // possessive
    .replace(/['’]/g, "")
    .replace(/[يى]/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);

const stem = (word) => (/^[a-z]+$/.test(word) ? stemmer(word) : word);

// A word with the place where it stands in the text.
const split = (text) =>
  [...text.matchAll(WORD)].map((found) => ({
    word: stem(fold(found[0])),
    start: found.index,
    end: found.index + found[0].length,
  }));
const plain = (text) => split(text).map(({ word }) => word);

// Aircraft and missiles: a short name and a number are one word, however they are joined.
const designations = new Map();
for (const [own, others] of Object.entries(variants.designations))
  for (const name of [own, ...others]) designations.set(plain(name).join(""), plain(own).join(""));
const NUMBER = /^(\d{1,3})(\p{L}{0,3})$/u;
const TOGETHER = /^(\p{L}+)(\d{1,3}\p{L}{0,3})$/u;

function designated(words) {
  const joined = [];
  for (let place = 0; place < words.length; place++) {
    const [first, second] = [words[place], words[place + 1]];
    const whole = first.word.match(TOGETHER);
    if (whole && designations.has(whole[1])) {
      joined.push({ ...first, word: designations.get(whole[1]) + whole[2] });
    } else if (second && designations.has(first.word) && NUMBER.test(second.word) && second.start - first.end <= 1) {
      joined.push({ word: designations.get(first.word) + second.word, start: first.start, end: second.end });
      place++;
    } else joined.push(first);
  }
  return joined;
}

// Spellings: exact ones under their first word, the longest first; those with a star by their stem.
const spellings = new Map();
const stems = new Map();
for (const [own, others] of Object.entries(variants.names)) {
  const terms = designated(split(own)).map(({ word }) => word);
  for (const other of others) {
    const words = designated(split(other)).map(({ word }) => word);
    if (other.endsWith("*")) stems.set(words[0], terms);
    else spellings.set(words[0], [...(spellings.get(words[0]) ?? []), { words, terms }].sort((a, b) => b.words.length - a.words.length));
  }
}

function byStem(word) {
  if (/^[a-z0-9]/.test(word)) return undefined; // no star stands after Latin letters
  for (let length = word.length; length >= word.length - LONGEST_ENDING && length > 0; length--) {
    const found = stems.get(word.slice(0, length));
    if (found) return found;
  }
}

/** Return the words of a text as `{ terms, start, end }`: what they count as, and where they stand. */
export function tokens(text) {
  const words = designated(split(text));
  const found = [];
  for (let place = 0; place < words.length; place++) {
    const { word, start } = words[place];
    const spelling = spellings.get(word)?.find((other) => other.words.every((part, ahead) => words[place + ahead]?.word === part));
    const terms = spelling?.terms ?? byStem(word) ?? [word];
    if (spelling) place += spelling.words.length - 1;
    found.push({ terms, start, end: words[place].end });
  }
  return found;
}

/** Return the terms of a text, in order. */
export const terms = (text) => tokens(text).flatMap((token) => token.terms);
