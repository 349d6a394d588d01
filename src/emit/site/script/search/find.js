// From a pasted message, or words that describe a problem, to symptoms. Refuses to know what follows from a symptom. The same as
// src/runtime/search/find.rs, pieces.rs, index.rs and weight.rs: every number is an integer, and every tie is broken alike.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [LONGEST_TEXT, MOST_HITS, MOST_CANDIDATES, SHORTEST] = [4000, 10, 64, 2];
  const [LEAST_CONTAINED, LEAST_SIMILAR, BY_CHANCE, FEW, CLEAR_MARGIN] = [150000, 420000, 250000, 4, 100];
  const [CLEARLY_LESS_ALIKE, SHORTEST_PART, DIGITS_OF_CODE, MUCH] = [250000, 4, 4, 3];
  const [NARROW, MOST_OF_IT, SOME_OF_IT] = [3, 500, 300];
  const [MISSING, STRANGE, BOUND] = [2, 1, 48];
  const MATCHED = ["exact", "contained", "similar"];
  const KINDS = ["message", "title", "also"];

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
    return { weightOf, candidates, rarest, totals };
  };

  const pairs = text => {
    const letters = Array.from(text);
    return new Set(letters.slice(1).map((c, at) => letters[at] + c));
  };

  const isDigit = c => c !== undefined && /^[0-9]$/.test(c);

  /** Where a part first stands in a text, from a place on, without cutting a number; else -1. */
  const placeOf = (part, text, from = 0) => {
    for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
      const isCut = isDigit(part[0]) && isDigit(text[at - 1]) || isDigit(part[part.length - 1]) && isDigit(text[at + part.length]);
      if (!isCut) return at;
    }
    return -1;
  };
  const stands = (part, text) => placeOf(part, text) >= 0;

  const standsIn = (parts, text) => {
    let [from, length] = [0, 0];
    for (const part of parts) {
      const at = placeOf(part, text, from);
      if (at < 0) return false;
      from = at + part.length;
      length += Array.from(part).length;
    }
    return length >= SHORTEST;
  };

  /** Whether a character of a folded text says by itself what it is about; kana do not. */
  const tellsApart = c => !/[ぁ-ゖー]/.test(c);

  /** What of a folded text says by itself what it is about: single characters, but for kana, whole numbers, and of letters that say less
   * three that follow each other, or as many as there are. */
  const tellingPieces = folded => (folded.match(/[0-9]+|(?:(?![0-9])[\0-\u{2E7F}])+|[^\0-\u{2E7F}]/gu) ?? []).flatMap(run => {
    if (/^[0-9]/.test(run)) return [run];
    const letters = Array.from(run);
    const length = Math.min(letters.length, NARROW);
    const pieces = letters.slice(length - 1).map((_, at) => letters.slice(at, at + length).join(""));
    return pieces.filter(piece => Array.from(piece).every(tellsApart));
  });

  /** The codes in a folded text: of errors, of devices. */
  const codes = folded => folded.split(/[^0-9A-Za-z]+/)
    .filter(run => run.replace(/[^0-9]/g, "").length >= DIGITS_OF_CODE && run.length > DIGITS_OF_CODE);

  /** The least is the best; see `Ranked::rank` in Rust. */
  const compare = (one, other) => Number(one.matched !== 0) - Number(other.matched !== 0)
    || Number(other.isNamed) - Number(one.isNamed) || other.likeness - one.likeness
    || one.matched - other.matched || other.shared - one.shared || one.kind - other.kind;

  const margin = (it, first) => Math.floor(1000 * Math.max(first.common - it.common, 0) / Math.max(first.common, 1));

  /** Makes the `title`, the keys of `symptoms` (each with `keys` of `kind`, `text` and `folded`) and the `terms` ready: a function
   * from a text to hits, the best first, at most ten. */
  search.finder = ({ title, symptoms, terms }) => {
    const worded = symptoms.flatMap(it => it.keys).filter(key => key.kind !== "message").flatMap(key => key.folded);
    const { settle } = search.spellings(terms, title, word => worded.some(part => part.includes(word)));
    const keys = symptoms.flatMap((it, symptom) => it.keys.map((key, place) => ({ symptom, place, key })));
    const exact = folded => keys.flatMap(({ key }, number) => key.folded.length === 1 && key.folded[0] === folded ? [number] : []);
    const index = makeIndex(keys.map(({ key }) => key.folded.map(settle)));
    const kind = key => KINDS.indexOf(keys[key].key.kind);

    /** Whether a text is a part of the key, or has a code that it has. */
    const names = (asked, parts, settled) => asked.mayBePart
      && (parts.some(part => stands(asked.folded, part)) || settled.some(part => stands(asked.settled, part)))
      || asked.codes.length > 0 && parts.flatMap(codes).some(code => asked.codes.includes(code));

    const judged = ({ key, common, likeness: like, needed: least }, asked) => {
      const parts = keys[key].key.folded;
      const settled = parts.map(settle);
      const isContained = standsIn(parts, asked.folded) || standsIn(settled, asked.settled);
      const saysAll = isContained && kind(key) === 0 && common >= MUCH * index.rarest;
      const isNamed = saysAll || names(asked, parts, settled);
      if (!isContained && like < least && !isNamed) return [];
      let shared = 0;
      for (const part of parts) for (const pair of pairs(part)) shared += asked.pairs.has(pair) ? 1 : 0;
      return [{ matched: isContained ? 1 : 2, isNamed, likeness: like, shared, kind: kind(key), key, common }];
    };

    const isPart = (key, of) => standsIn(keys[key].key.folded, keys[of].key.folded.join(""));
    const has = (key, piece) => keys[key].key.folded.some(part => stands(piece, part));
    /** The pieces that tell a key from another one. */
    const telling = (key, from) => keys[key].key.folded.flatMap(tellingPieces).filter(piece => !has(from, piece));
    const says = (asked, piece) => stands(piece, asked.folded) || stands(piece, asked.settled);
    /** Whether the text has all that tells a key from another one, and there is such. */
    const isToldApart = (key, from, asked) => {
      const own = telling(key, from);
      return own.length > 0 && own.every(piece => says(asked, piece));
    };
    /** Whether the text has all that tells a key from another one, and nothing that tells the other from it. */
    const isMeant = (key, not, asked) => isToldApart(key, not, asked) && !telling(not, key).some(piece => says(asked, piece));

    /** Of a key that has all of the first one, which stands in the text: how much of the rest the text has, in thousandths; 0 for others. */
    const beyond = (it, first) => {
      if (first.matched !== 1 || !isPart(first.key, it.key)) return 0;
      const rest = index.totals[it.key] - index.totals[first.key];
      return rest <= 0 ? 0 : Math.min(Math.floor(1000 * Math.max(it.common - first.common, 0) / rest), 1000);
    };

    /** Before the first comes what has all of it and goes on as the text does; and what is hardly less alike, if the text tells it from
     * the first. */
    const putFirstWhatIsMeant = (found, asked) => {
      const first = found[0]?.[1];
      const isNear = it => it.matched === first.matched && it.isNamed === first.isNamed && margin(it, first) < CLEAR_MARGIN;
      const isBefore = it => beyond(it, first) >= MOST_OF_IT || isNear(it) && isMeant(it.key, first.key, asked);
      const place = found.findIndex(([, it]) => it !== first && isBefore(it));
      if (place > 0) found.unshift(...found.splice(place, 1));
    };

    /** See `Search::is_rival` in Rust. */
    const isRival = (it, first, asked) => {
      if (it === first) return false;
      const isLesser = first.isNamed && !it.isNamed && it.likeness < first.likeness;
      const areBoth = first.matched === 1 && it.matched === 1;
      if (beyond(it, first) >= SOME_OF_IT || !isLesser && areBoth && !isPart(it.key, first.key)) return true;
      if (isMeant(first.key, it.key, asked)) return false;
      const isLittleLess = first.likeness - it.likeness <= CLEARLY_LESS_ALIKE;
      return first.matched !== 0 && isLittleLess && isToldApart(it.key, first.key, asked)
        || !isLesser && it.matched === first.matched && margin(it, first) < CLEAR_MARGIN;
    };

    return text => {
      const folded = Array.from(faqc.fold(text)).slice(0, LONGEST_TEXT).join("");
      if (folded === "") return [];
      const letters = Array.from(folded);
      const mayBePart = letters.length >= SHORTEST_PART && letters.some(tellsApart);
      const asked = { folded, settled: settle(folded), pairs: pairs(folded), codes: codes(folded), mayBePart };
      const grams = search.gramsOf([asked.settled]);
      const candidates = index.candidates(grams, LEAST_CONTAINED)
        .sort((one, other) => other.likeness - one.likeness || one.key - other.key).slice(0, MOST_CANDIDATES);
      const ranked = exact(folded)
        .map(key => ({ matched: 0, isNamed: true, likeness: 1000000, shared: 0, kind: kind(key), key, common: index.weightOf(grams) }))
        .concat(candidates.flatMap(it => judged(it, asked)))
        .sort((one, other) => compare(one, other) || one.key - other.key);
      const best = new Map();
      for (const it of ranked) if (!best.has(keys[it.key].symptom)) best.set(keys[it.key].symptom, it);
      const found = [...best].sort(([a, one], [b, other]) => compare(one, other) || a - b).slice(0, MOST_HITS);
      putFirstWhatIsMeant(found, asked);
      const first = found[0]?.[1];
      return found.map(([symptom, it]) => ({
        symptom,
        key: keys[it.key].place,
        matched: MATCHED[it.matched],
        score: it.matched === 0 ? 1000 : Math.min(Math.floor(it.likeness / 1000), 999),
        margin: margin(it, first),
        rival: isRival(it, first, asked),
      }));
    };
  };
})(globalThis.faqc ??= {});
