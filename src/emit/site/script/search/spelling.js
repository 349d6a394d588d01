// Words by their other spellings and readings. Refuses to know where they are searched for. The same as
// src/runtime/search/spelling.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [SHORTEST_SPELLING, SHORTEST_READING] = [2, 3];

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

  /** For a table's `terms` a function that replaces each spelling in a folded text by its word: from the left, the longest one. */
  search.spellings = terms => {
    const byFirst = new Map();
    const add = (written, word, shortest) => {
      const letters = Array.from(written);
      if (letters.length < shortest || word === "") return;
      if (!byFirst.has(letters[0])) byFirst.set(letters[0], []);
      byFirst.get(letters[0]).push({ written, word, length: bytes(written) });
    };
    for (const term of terms ?? []) {
      const word = faqc.fold(term.id);
      add(word, word, SHORTEST_SPELLING);
      for (const written of term.avoid ?? []) add(faqc.fold(written), word, SHORTEST_SPELLING);
      for (const written of readings(term.reading)) add(written, word, SHORTEST_READING);
    }
    for (const all of byFirst.values()) all.sort((one, other) => other.length - one.length);
    /** Whether a spelling begins with a code unit: hardly any does. */
    const isFirst = new Uint8Array(0x10000);
    for (const letter of byFirst.keys()) isFirst[letter.charCodeAt(0)] = 1;
    return folded => {
      let [settled, kept] = ["", 0];
      for (let at = 0; at < folded.length;) {
        if (isFirst[folded.charCodeAt(at)] === 0) {
          at += 1;
          continue;
        }
        const isPair = folded.codePointAt(at) > 0xFFFF;
        const first = isPair ? folded.slice(at, at + 2) : folded[at];
        const spelling = byFirst.get(first)?.find(it => folded.startsWith(it.written, at));
        if (spelling) {
          settled += folded.slice(kept, at) + spelling.word;
          kept = at + spelling.written.length;
        }
        at += spelling ? spelling.written.length : first.length;
      }
      return settled + folded.slice(kept);
    };
  };
})(globalThis.faqc ??= {});
