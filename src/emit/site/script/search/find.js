// From a pasted message, or words that describe a problem, to symptoms. Refuses to know what follows from a symptom. The same as
// src/runtime/search/find.rs, asked.rs, ranked.rs, index.rs and weight.rs: every number is an integer, and every tie is broken alike.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [LONGEST_TEXT, MOST_HITS, MOST_CANDIDATES, MOST_SIBLINGS] = [4000, 10, 64, 1000];
  const [LEAST_CONTAINED, LEAST_SIMILAR, BY_CHANCE, FEW, MUCH, MUCH_OF_SENTENCE] = [150000, 420000, 250000, 4, 3, 2];
  const [MISSING, STRANGE, BOUND] = [2, 1, 48];
  const MATCHED = ["exact", "contained", "sentence", "similar"];
  const [EXACT, CONTAINED, SENTENCE, SIMILAR] = MATCHED.keys();
  const KINDS = ["message", "title", "also"];
  const MESSAGE = KINDS.indexOf("message");
  const { stands } = search;

  const COMMON = "ませ せん ます した する しま です でき きま りま てい して いま され まし あり れて れま でし には から さい この くだ " +
    "ださ てく れた はあ こと って とし しな ある また ため なり いる るこ なけ けれ ばな れる よう によ よる より った " +
    "られ わせ もし しく なる きな ない すべ まで もの なっ その べて たが きる だけ なく もう どう かど うか ござ ざい いた " +
    "たし しい とき など ので のに ては での るの たの がで がな にな とな えま けま わり れば でい";
  const commonGrams = search.gramsOf(COMMON.split(" "));

  const weight = (keys, having) => {
    const counted = Math.max(having, 1);
    const ratio = Math.floor((keys + counted) * 256 / counted);
    const power = Math.floor(Math.log2(ratio));
    // A rounded logarithm may be one off at a power of two.
    const exact = 2 ** power > ratio ? power - 1 : 2 ** (power + 1) <= ratio ? power + 1 : power;
    return 16 * (exact - 8) + Math.floor(ratio / 2 ** (exact - 4)) - 16;
  };

  const likeness = (common, key, text, rarest) => {
    const strange = Math.min(STRANGE * (text - common), BOUND * rarest);
    const whole = 8 * common + MISSING * (key - common) + strange;
    return whole === 0 ? 0 : Math.floor(8000000 * common / whole);
  };

  const needed = (common, text, rarest) => {
    const few = Math.max(FEW * rarest - common, 0);
    return LEAST_SIMILAR + Math.floor(BY_CHANCE * (text - common) * few / Math.max(text * FEW * rarest, 1));
  };

  /** Of keys, each a list of folded texts. */
  const makeIndex = keys => {
    const postings = new Map();
    keys.forEach((texts, key) => search.eachGram(texts, gram => {
      const having = postings.get(gram);
      if (having === undefined) postings.set(gram, [key]);
      else if (having[having.length - 1] !== key) having.push(key);
    }));
    const weights = new Map();
    const totals = new Array(keys.length).fill(0);
    for (const [gram, having] of postings) {
      const full = weight(keys.length, having.length);
      const counted = commonGrams.has(gram) ? Math.max(Math.floor(full / 4), 1) : full;
      weights.set(gram, counted);
      for (const key of having) totals[key] += counted;
    }
    const rarest = weight(keys.length, 1);
    const weightOf = grams => {
      let sum = 0;
      for (const gram of grams) sum += weights.get(gram) ?? 0;
      return sum;
    };
    const candidates = (grams, least) => {
      const common = new Map();
      let text = 0;
      for (const gram of grams) {
        const counted = weights.get(gram) ?? rarest;
        text += counted;
        for (const key of postings.get(gram) ?? []) common.set(key, (common.get(key) ?? 0) + counted);
      }
      const found = [];
      for (const [key, sum] of common) {
        const like = likeness(sum, totals[key], text, rarest);
        if (like >= least) found.push({ key, common: sum, likeness: like, needed: needed(sum, text, rarest) });
      }
      return found;
    };
    /** How much a key, by its distinct grams, is like a text. */
    const compare = (key, own, grams) => {
      let [common, text] = [0, 0];
      for (const gram of grams) {
        const counted = weights.get(gram) ?? rarest;
        text += counted;
        if (own.has(gram)) common += counted;
      }
      return { likeness: likeness(common, totals[key], text, rarest), needed: needed(common, text, rarest) };
    };
    /** How much a key is like a part of it, which weighs so much. */
    const likenessOfPart = (key, part) => likeness(part, totals[key], part, rarest);
    return { weightOf, candidates, compare, likenessOfPart, rarest, totals };
  };

  /** The sentences of a text that has several, folded, if all of it folds to that. */
  const sentencesOf = (text, folded) => {
    const sentences = faqc.inner.lowered(text).split(search.END_OF_SENTENCE).map(faqc.inner.kept).filter(it => it !== "");
    return sentences.length > 1 && sentences.join("") === folded ? sentences : [];
  };

  /** What every browser folds character by character, each to one. */
  const SIMPLE = /^[\0-~、-〟ぁ-ゖァ-ー一-鿿！-～]*$/;
  /** The parts of a folded text that are as long as the sentences of a text, one after the other; nothing of a text that is not simple. */
  const cutSimply = (text, folded) => {
    if (!SIMPLE.test(text)) return undefined;
    let end = 0;
    return text.split(/[。!！?？\n]/).map(sentence => {
      const start = end;
      end += faqc.inner.letters(sentence).length;
      return folded.slice(start, end);
    }).filter(it => it !== "");
  };

  /** The least is the best; see `Ranked::rank` in Rust. */
  const compare = (one, other) => Number(one.matched !== EXACT) - Number(other.matched !== EXACT)
    || Number(other.isNamed) - Number(one.isNamed) || other.likeness - one.likeness
    || one.matched - other.matched || other.shared - one.shared || one.kind - other.kind;

  /** Makes the `title`, the keys of `symptoms` (each with `keys` of `kind`, `text` and `folded`) and the `terms` ready: a function
   * from a text to hits, the best first, at most ten. */
  search.finder = ({ title, symptoms, terms }) => {
    const worded = symptoms.flatMap(it => it.keys).filter(key => key.kind !== "message").flatMap(key => key.folded);
    const { settle } = search.spellings(terms, title, word => worded.some(part => part.includes(word)));
    const keys = symptoms.flatMap((it, symptom) => it.keys.map((key, place) => ({ symptom, place, key })));
    const exact = folded => keys.flatMap(({ key }, number) => key.folded.length === 1 && key.folded[0] === folded ? [number] : []);
    const index = makeIndex(keys.map(({ key }) => key.folded.map(settle)));
    const kind = key => KINDS.indexOf(keys[key].key.kind);

    const parts = key => keys[key].key.folded;
    /** The folded parts of the keys of a key's symptom, the first ones of very many. */
    const siblings = key => symptoms[keys[key].symptom].keys.slice(0, MOST_SIBLINGS).map(it => it.folded);

    /** Whether a text is a part of the key, or has a code that it has. */
    const names = (asked, parts, settled) => asked.mayBePart
      && (parts.some(part => stands(asked.folded, part)) || settled.some(part => stands(asked.settled, part)))
      || asked.codes.length > 0 && parts.flatMap(search.codes).some(code => asked.codes.includes(code));

    const isNoChance = sentence => index.weightOf(search.gramsOf([settle(sentence)])) >= MUCH_OF_SENTENCE * index.rarest;
    /** By key, where the sentences of its text would be in the folded part if that is all of the text; nothing where it takes more to say. */
    const cuts = new Map();
    const cutOf = key => {
      if (!cuts.has(key)) cuts.set(key, cutSimply(keys[key].key.text, parts(key)[0]));
      return cuts.get(key);
    };
    const standsSettled = (sentence, asked) => stands(sentence, asked.folded) || stands(settle(sentence), asked.settled);
    /** The sentences of a message of several, folded, that stand in the text and are long enough to be no chance. */
    const quoted = (key, asked) => {
      if (kind(key) !== MESSAGE || parts(key).length !== 1) return [];
      if (cutOf(key)?.some(sentence => standsSettled(sentence, asked)) === false) return [];
      const sentences = sentencesOf(keys[key].key.text, parts(key)[0]);
      return sentences.filter(sentence => search.isTelling(sentence) && standsSettled(sentence, asked) && isNoChance(sentence));
    };

    const isLike = ({ likeness, needed }) => likeness >= needed;
    /** Whether one of the text's sentences, by itself, is like enough to a key. */
    const hasLikeSentence = (key, settled, asked) => {
      const own = search.gramsOf(settled);
      return asked.sentences.some(({ grams }) => isLike(index.compare(key, own, grams)));
    };

    const matchedBy = (key, common, settled, asked) => {
      if (search.standsIn(parts(key), asked.folded) || search.standsIn(settled, asked.settled)) return CONTAINED;
      return common >= MUCH_OF_SENTENCE * index.rarest && quoted(key, asked).length > 0 ? SENTENCE : SIMILAR;
    };

    /** None, or the key, if it matches; a similar one if it is alike enough. */
    const judged = (candidate, asked, isAlike) => {
      const { key, common, likeness } = candidate;
      const settled = parts(key).map(settle);
      const matched = matchedBy(key, common, settled, asked);
      const saysAll = matched === CONTAINED && kind(key) === MESSAGE && common >= MUCH * index.rarest;
      const isNamed = saysAll || names(asked, parts(key), settled);
      if (matched === SIMILAR && !isNamed && !isAlike(candidate, settled)) return [];
      let shared = 0;
      for (const part of parts(key)) for (const pair of search.pairs(part)) shared += asked.pairs.has(pair) ? 1 : 0;
      return [{ matched, isNamed, likeness, shared, kind: kind(key), key, common }];
    };

    const context = { parts, isMessage: key => kind(key) === MESSAGE, text: key => keys[key].key.text, siblings, quoted, settle, title: faqc.fold(title), index };
    const { putFirstWhatIsMeant, isRival } = search.rivals(context);
    const isSure = search.sureness(context);

    const askedFor = letters => {
      const { folded } = letters;
      const ranges = letters.sentences();
      const sentences = ranges.length > 1 ? ranges : [];
      return {
        letters,
        folded,
        settled: settle(folded),
        sentences: sentences.map(range => ({ range, grams: search.gramsOf([settle(letters.text(range))]) })),
        pairs: search.pairs(folded),
        codes: search.codes(folded),
        mayBePart: search.isTelling(folded),
      };
    };

    return text => {
      const letters = new search.Letters(text, LONGEST_TEXT);
      if (letters.folded === "") return [];
      const asked = askedFor(letters);
      const grams = search.gramsOf([asked.settled]);
      const candidates = index.candidates(grams, LEAST_CONTAINED)
        .sort((one, other) => other.likeness - one.likeness || one.key - other.key).slice(0, MOST_CANDIDATES);
      const rankedBy = isAlike => exact(asked.folded)
        .map(key => ({ matched: EXACT, isNamed: true, likeness: 1000000, shared: 0, kind: kind(key), key, common: index.weightOf(grams) }))
        .concat(candidates.flatMap(it => judged(it, asked, isAlike)))
        .sort((one, other) => compare(one, other) || one.key - other.key);
      let ranked = rankedBy(isLike);
      if (ranked.length === 0) ranked = rankedBy(({ key }, settled) => hasLikeSentence(key, settled, asked));
      // The best key of each symptom; where that is only similar, the best one of which a sentence is quoted, if there is one.
      const best = new Map();
      for (const it of ranked) {
        const { symptom } = keys[it.key];
        const kept = best.get(symptom);
        if (kept === undefined || it.matched === SENTENCE && search.isMerelySimilar(kept)) best.set(symptom, it);
      }
      const found = [...best].sort(([a, one], [b, other]) => compare(one, other) || a - b).slice(0, MOST_HITS);
      putFirstWhatIsMeant(found, asked);
      const first = found[0]?.[1];
      return found.map(([symptom, it]) => ({
        symptom,
        key: keys[it.key].place,
        matched: MATCHED[it.matched],
        score: it.matched === EXACT ? 1000 : Math.min(Math.floor(it.likeness / 1000), 999),
        margin: search.margin(it, first),
        rival: isRival(it, first, asked),
        sure: it === first && isSure(first, asked),
      }));
    };
  };
})(globalThis.faqc ??= {});
