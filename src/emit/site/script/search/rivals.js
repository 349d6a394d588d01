// What a text does not tell from the hit that is the best. Refuses to know how hits are found. The same as src/runtime/search/rivals.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [CLEAR_MARGIN, CLEARLY_LESS_ALIKE, MOST_OF_IT, SOME_OF_IT] = [100, 250000, 500, 300];
  const [EXACT, CONTAINED, SENTENCE, SIMILAR] = [0, 1, 2, 3];

  /** How much less a hit has in common with the text than the first, in thousandths of what that has. */
  search.margin = (it, first) => Math.floor(1000 * Math.max(first.common - it.common, 0) / Math.max(first.common, 1));

  /** Neither named nor quoted. */
  search.isMerelySimilar = it => it.matched === SIMILAR && !it.isNamed;

  /** Of a finder's keys: which hit comes first though another is more alike, and which ones are rivals of the first. */
  search.rivals = ({ parts, text, siblings, quoted, index }) => {
    const { stands, standsIn, tellingPieces, margin } = search;
    const has = (texts, piece) => texts.some(it => stands(piece, it));
    const says = (asked, piece) => stands(piece, asked.folded) || stands(piece, asked.settled);
    const isPart = (key, of) => standsIn(parts(key), parts(of).join(""));

    /** The pieces that tell a key from another one. */
    const telling = (key, from) => parts(key).flatMap(tellingPieces).filter(piece => !has(parts(from), piece));
    /** The words in katakana that tell a key from the symptom of another one. A name of what varies in a message is no part of it. */
    const tellingWords = (key, from) => new search.Letters(text(key)).katakana()
      .filter(word => has(parts(key), word) && !siblings(from).some(folded => has(folded, word)));

    /** Whether there is what tells a key from another one, and the text has all of the pieces and, if there are any, one of the words. */
    const isToldApart = (key, from, asked) => {
      const pieces = telling(key, from);
      if (!pieces.every(piece => says(asked, piece))) return false;
      const words = tellingWords(key, from);
      return words.length === 0 ? pieces.length > 0 : words.some(word => says(asked, word));
    };
    /** Whether the text has at least three quarters of the pieces that tell a key from another one, and, if there are any, one of the words. */
    const isMostlySaid = (key, from, asked) => {
      const [pieces, words] = [telling(key, from), tellingWords(key, from)];
      const said = pieces.filter(piece => says(asked, piece)).length;
      return pieces.length > 0 && 4 * said >= 3 * pieces.length && (words.length === 0 || words.some(word => says(asked, word)));
    };
    const isOfSymptom = (key, of) => siblings(of).some(folded => folded.length === parts(key).length && folded.every((part, at) => part === parts(key)[at]));
    /** Whether the text has what tells a key from another one, of whose symptom it is none, and nothing that tells the other from it. */
    const isMeant = (key, not, asked) => isToldApart(key, not, asked)
      && ![...telling(not, key), ...tellingWords(not, key)].some(piece => says(asked, piece)) && !isOfSymptom(key, not);

    /** Of a key that has all of the first one, which stands in the text: how much of the rest the text has, in thousandths; 0 for others. */
    const beyond = (it, first) => {
      if (first.matched !== CONTAINED || !isPart(first.key, it.key)) return 0;
      const rest = index.totals[it.key] - index.totals[first.key];
      return rest <= 0 ? 0 : Math.min(Math.floor(1000 * Math.max(it.common - first.common, 0) / rest), 1000);
    };

    /** Whether the text has all of a key, or a sentence, that is no part of the first. */
    const saysMore = (it, first, asked) => it.matched === SENTENCE
      ? quoted(it.key, asked).some(sentence => !stands(sentence, parts(first.key).join("")))
      : !isPart(it.key, first.key);

    /** See `Search::put_first_what_is_meant` in Rust. */
    const putFirstWhatIsMeant = (found, asked) => {
      const first = found[0]?.[1];
      const isNear = it => it.matched === first.matched && it.isNamed === first.isNamed && margin(it, first) < CLEAR_MARGIN;
      const goesBefore = it => search.isMerelySimilar(first) && it.matched === SENTENCE && saysMore(it, first, asked);
      const isBefore = it => beyond(it, first) >= MOST_OF_IT || isNear(it) && isMeant(it.key, first.key, asked) || goesBefore(it);
      const place = found.findIndex(([, it]) => it !== first && isBefore(it));
      if (place > 0) found.unshift(...found.splice(place, 1));
    };

    /** See `Search::is_rival` in Rust. */
    const isRival = (it, first, asked) => {
      if (it === first) return false;
      const isLesser = first.isNamed && !it.isNamed && it.likeness < first.likeness;
      const isQuoted = ({ matched }) => matched === CONTAINED || matched === SENTENCE;
      const areBoth = isQuoted(first) && isQuoted(it) && (!isLesser || it.matched === SENTENCE);
      if (beyond(it, first) >= SOME_OF_IT || areBoth && saysMore(it, first, asked)) return true;
      if (isMeant(first.key, it.key, asked)) return false;
      if (first.matched === SENTENCE && it.likeness >= first.likeness && isMostlySaid(it.key, first.key, asked)) return true;
      const isNear = first.likeness - it.likeness <= CLEARLY_LESS_ALIKE;
      return first.matched !== EXACT && isNear && isToldApart(it.key, first.key, asked)
        || !isLesser && it.matched === first.matched && margin(it, first) < CLEAR_MARGIN;
    };

    return { putFirstWhatIsMeant, isRival };
  };
})(globalThis.faqc ??= {});
