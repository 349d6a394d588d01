// Whether a text that leads to a symptom may be about something else. Refuses to know how hits are found. The same as
// src/runtime/search/foreign.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [SURE, NEARLY_ALL] = [600000, 900000];
  const [EXACT, CONTAINED, SENTENCE] = [0, 1, 2];
  /** With one of these, folded, it is said that something is not as it should be. */
  const TROUBLE = ["ない", "なか", "なく", "なけ", "ません", "ず", "ぬ", "へん", "れん", "きん", "不", "未", "無理", "失敗", "切れ", "違", "えらー",
    "だめ", "駄目", "not", "cant", "wont", "doesnt", "didnt", "fail", "error", "unable"];
  const tellsTrouble = text => TROUBLE.some(word => text.includes(word));

  /** Of letters that look alike, one for all. */
  const compared = folded => search.alike(folded).map(c => String.fromCodePoint(c)).join("");

  /** Half of the pairs of a word, or, where it is one pair, a letter of it that is no kana: the others may be misread. */
  const hasMost = (word, has) => {
    const pairs = [...search.pairs(compared(word))];
    const hasLetter = pair => Array.from(pair).some(c => search.tellsApart(c) && has(c));
    const found = pairs.filter(pair => has(pair) || pairs.length === 1 && hasLetter(pair));
    return 2 * found.length >= pairs.length;
  };

  /** Of a finder's keys: whether the text is much like one, says that something is wrong where that does, and its words are those of the
   * symptom, where it speaks of that. */
  search.sureness = ({ parts, isMessage, siblings, quoted, settle, title, index }) => {
    /** Where the text has the key, or its sentence. */
    const quotedPlace = (it, asked) => {
      const text = it.matched === CONTAINED ? parts(it.key)[0] : it.matched === SENTENCE ? quoted(it.key, asked)[0] : undefined;
      const place = text === undefined ? -1 : search.placeOf(text, asked.folded);
      return place < 0 ? undefined : [asked.letters.at(place), asked.letters.at(place)];
    };

    /** Where in a part of the text it has the first pair of letters that the key has too, and the last one. */
    const sharedPlace = (it, asked, part) => {
      const own = [...parts(it.key), ...parts(it.key).map(settle)].map(search.pairs);
      return asked.letters.spanOfPairs(part, pair => own.some(pairs => pairs.has(pair)));
    };

    const isForeign = (it, asked, place, looksWithin) => {
      if (!place) return false;
      const { letters } = asked;
      const known = [...siblings(it.key).flat().flatMap(text => [text, settle(text)]), title];
      const alike = known.map(compared);
      const hasAlike = text => alike.some(it => it.includes(text));
      const has = text => known.some(it => it.includes(text)) || hasAlike(compared(text));
      const isKnown = word => has(letters.text(word)) || has(settle(letters.text(word)));
      for (let word = letters.wordBefore(place[0]); word; word = letters.wordBefore(word[0])) if (!isKnown(word)) return true;
      return looksWithin && letters.words(place).some(word => !isKnown(word) && !hasMost(letters.text(word), hasAlike));
    };

    /** Whether a key that is no message says that something is wrong, and the text does not. */
    const isOpposite = (key, asked) => !isMessage(key) && parts(key).some(tellsTrouble) && !tellsTrouble(asked.folded);

    /** Whether the first sentence of a message is quoted: what comes after may be advice that many messages give. */
    const isBegun = (key, asked) => parts(key)[0].startsWith(quoted(key, asked)[0]);

    /** The likeness of the text, or of that of its sentences that is still more alike; and which part of it that is. */
    const mostAlike = (it, asked) => {
      const key = search.gramsOf(parts(it.key).map(settle));
      let best = { likeness: it.likeness, part: asked.letters.whole() };
      for (const { range, grams } of asked.sentences) {
        const { likeness } = index.compare(it.key, key, grams);
        if (likeness > best.likeness) best = { likeness, part: range };
      }
      return best;
    };

    return (first, asked) => {
      if (first.matched === EXACT) return true;
      const saysMuch = () => index.likenessOfPart(first.key, first.common) >= SURE && (first.isNamed || isBegun(first.key, asked));
      const isQuoted = first.matched === CONTAINED || first.matched === SENTENCE && saysMuch();
      if (isQuoted) return !isForeign(first, asked, quotedPlace(first, asked) ?? sharedPlace(first, asked, asked.letters.whole()), false);
      const { likeness, part } = mostAlike(first, asked);
      return likeness >= SURE && first.common >= index.rarest && !isOpposite(first.key, asked)
        && !isForeign(first, asked, sharedPlace(first, asked, part), likeness < NEARLY_ALL);
    };
  };
})(globalThis.faqc ??= {});
