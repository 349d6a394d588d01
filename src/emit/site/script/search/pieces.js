// What stands in folded texts: parts, sentences, codes, and what tells one text from another. Refuses to know what is searched for. The
// same as src/runtime/search/pieces.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [SHORTEST, SHORTEST_PART, DIGITS_OF_CODE, NARROW] = [2, 4, 4, 3];

  /** Each two characters that follow each other, once. */
  search.pairs = text => {
    const letters = Array.from(text);
    return new Set(letters.slice(1).map((c, at) => letters[at] + c));
  };

  const isDigit = c => c !== undefined && /^[0-9]$/.test(c);

  /** Where a part first stands in a text, from a place on, without cutting a number; else -1. */
  search.placeOf = (part, text, from = 0) => {
    for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
      const isCut = isDigit(part[0]) && isDigit(text[at - 1]) || isDigit(part[part.length - 1]) && isDigit(text[at + part.length]);
      if (!isCut) return at;
    }
    return -1;
  };

  search.stands = (part, text) => search.placeOf(part, text) >= 0;

  /** Whether all parts stand in the text, one after the other, and are long enough together. */
  search.standsIn = (parts, text) => {
    let [from, length] = [0, 0];
    for (const part of parts) {
      const at = search.placeOf(part, text, from);
      if (at < 0) return false;
      from = at + part.length;
      length += Array.from(part).length;
    }
    return length >= SHORTEST;
  };

  /** Whether a character of a folded text says by itself what it is about; kana do not. */
  search.tellsApart = c => !/[ぁ-ゖー]/.test(c);

  /** What of a folded text says by itself what it is about: single characters, but for kana, whole numbers, and of letters that say less
   * three that follow each other, or as many as there are. */
  search.tellingPieces = folded => (folded.match(/[0-9]+|(?:(?![0-9])[\0-\u{2E7F}])+|[^\0-\u{2E7F}]/gu) ?? []).flatMap(run => {
    if (/^[0-9]/.test(run)) return [run];
    const letters = Array.from(run);
    const length = Math.min(letters.length, NARROW);
    const pieces = letters.slice(length - 1).map((_, at) => letters.slice(at, at + length).join(""));
    return pieces.filter(piece => Array.from(piece).every(search.tellsApart));
  });

  /** A text that is long enough to say something when it stands somewhere, and not in kana alone. */
  search.isTelling = folded => {
    const letters = Array.from(folded);
    return letters.length >= SHORTEST_PART && letters.some(search.tellsApart);
  };

  /** What ends a sentence, or a line, once NFKC is applied. */
  search.END_OF_SENTENCE = /[。!?\n]/;

  /** The codes in a folded text: of errors, of devices. */
  search.codes = folded => folded.split(/[^0-9A-Za-z]+/)
    .filter(run => run.replace(/[^0-9]/g, "").length >= DIGITS_OF_CODE && run.length > DIGITS_OF_CODE);
})(globalThis.faqc ??= {});
