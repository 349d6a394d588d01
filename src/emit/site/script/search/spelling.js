// Words by their other spellings and readings. Refuses to know where they are searched for. The same as
// src/runtime/search/spelling.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [SHORTEST_SPELLING, SHORTEST_READING, SHORTEST_OF_TITLE] = [2, 3, 5];

  const readings = reading => {
    const text = (reading ?? []).map(piece => typeof piece === "string" ? piece : piece.text).join("");
    return text.split(/[、,，]/).map(faqc.fold);
  };

  const bytes = text => {
    let sum = 0;
    for (const c of text) {
      const code = c.codePointAt(0);
      sum += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    return sum;
  };

  /** What a table's `terms` make of a folded text: `settle` replaces each spelling by its word, from the left, the longest one;
   * `replacing` tells the words, as the terms have them, that take the place of others. What the FAQ is about, long words of its
   * `title` that are not `isWorded` in symptoms, becomes a single character. */
  search.spellings = (terms, title = "", isWorded = () => false) => {
    const byFirst = new Map();
    const add = (written, id, shortest, word = faqc.fold(id)) => {
      const letters = Array.from(written);
      if (letters.length < shortest || word === "") return;
      if (!byFirst.has(letters[0])) byFirst.set(letters[0], []);
      byFirst.get(letters[0]).push({ written, word, id, length: bytes(written) });
    };
    for (const term of terms ?? []) {
      add(faqc.fold(term.id), term.id, SHORTEST_SPELLING);
      for (const written of term.avoid ?? []) add(faqc.fold(written), term.id, SHORTEST_SPELLING);
      for (const written of readings(term.reading)) add(written, term.id, SHORTEST_READING);
    }
    const has = word => byFirst.get(Array.from(word)[0])?.some(it => it.written === word);
    for (const word of title.split(/[^\p{Alphabetic}\p{N}]+/u)) {
      const written = faqc.fold(word);
      if (!has(written) && !isWorded(written)) add(written, word, SHORTEST_OF_TITLE, search.SUBJECT);
    }
    for (const all of byFirst.values()) all.sort((one, other) => other.length - one.length);
    /** Whether a spelling begins with a code unit: hardly any does. */
    const isFirst = new Uint8Array(0x10000);
    for (const letter of byFirst.keys()) isFirst[letter.charCodeAt(0)] = 1;

    const eachSpelling = (folded, visit) => {
      for (let at = 0; at < folded.length;) {
        if (isFirst[folded.charCodeAt(at)] === 0) {
          at += 1;
          continue;
        }
        const isPair = folded.codePointAt(at) > 0xFFFF;
        const first = isPair ? folded.slice(at, at + 2) : folded[at];
        const spelling = byFirst.get(first)?.find(it => folded.startsWith(it.written, at));
        if (spelling) visit(spelling, at);
        at += spelling ? spelling.written.length : first.length;
      }
    };
    const settle = folded => {
      let [settled, kept] = ["", 0];
      eachSpelling(folded, ({ written, word }, at) => {
        settled += folded.slice(kept, at) + word;
        kept = at + written.length;
      });
      return settled + folded.slice(kept);
    };
    const replacing = folded => {
      const ids = new Set();
      eachSpelling(folded, ({ written, word, id }) => written !== word && ids.add(id));
      return [...ids];
    };
    return { settle, replacing };
  };
})(globalThis.faqc ??= {});
