// From words to the entries in which they stand. Refuses to know how a page shows them. From all texts loaded it finds what
// src/runtime/search/text.rs finds.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const PLACES = ["number", "title", "category", "symptom", "when", "cause", "action", "step", "other"];
  const WEIGHTS = [100, 100, 30, 60, 20, 30, 20, 10, 5];
  const [NUMBER, TITLE] = [0, 1];
  /** Characters of data files that one search loads, about; more when the reader asks for more. */
  const BUDGET = 145000;
  /** When so many hits are at hand, nothing more is loaded before the reader asks for more. */
  const ENOUGH = 10;
  /** What a file of texts has, about. */
  const TEXTS = 14000;
  /** So many grams of a word are looked up at most. */
  const MOST_GRAMS = 12;
  /** So many are loaded at the same time. */
  const TOGETHER = 2;

  /** Width, case and kana made one; punctuation stays. */
  search.level = text => faqc.inner.hiragana(faqc.inner.lower(text)).replace(/\p{White_Space}+/gu, " ").replace(/^ | $/g, "");
  const wordsOf = text => text.split(/[^\p{Alphabetic}\p{N}]+/u).filter(word => word !== "");

  const remembered = make => {
    const known = new Map();
    return key => {
      if (!known.has(key)) {
        const made = make(key);
        known.set(key, made);
        made.catch(() => known.delete(key));
      }
      return known.get(key);
    };
  };
  const loadGrams = remembered(async number => {
    const [about, value] = await Promise.all([search.about(), faqc.data(`search/grams/${number}`)]);
    return { grams: search.readGrams(value, about.entries), size: value.length };
  });
  const loadTexts = remembered(async number => {
    const value = await faqc.data(`search/texts/${number}`);
    return { entries: search.unpack(value).map(readEntry), size: value.length };
  });
  const loadAbout = remembered(async () => {
    const about = await faqc.data("search/about");
    const terms = search.unpack(about.terms);
    return { ...about, terms, settle: search.spellings(terms) };
  });
  search.about = () => loadAbout("");
  /** Whether no search has loaded anything yet, such as the symptoms, which are searched along with the texts. */
  let isFirst = true;

  /** An entry's passages are levelled when it is looked at: few of those that are loaded together are. */
  const readEntry = ([page, passages]) => {
    let read;
    const level = () => {
      const texts = passages.filter((_, at) => at % 2 === 1);
      return texts.map((text, at) => ({ place: passages[2 * at], text, level: search.level(text) }));
    };
    return { page, passages: () => read ??= level() };
  };

  /** The entries of any of the lists, ascending. */
  const merged = (lists, entries) => {
    const isIn = new Uint8Array(entries);
    for (const list of lists) for (const entry of list) isIn[entry] = 1;
    const all = [];
    isIn.forEach((has, entry) => has && all.push(entry));
    return all;
  };

  const both = (one, other) => {
    const isIn = new Uint8Array(other.length === 0 ? 0 : other[other.length - 1] + 1);
    for (const entry of other) isIn[entry] = 1;
    return one.filter(entry => isIn[entry] === 1);
  };

  /** At most so many places of grams in a word, the first and the last among them. */
  const spread = count => {
    const most = Math.min(count, MOST_GRAMS);
    return Array.from({ length: most }, (_, at) => most === 1 ? 0 : Math.floor(at * (count - 1) / (most - 1)));
  };

  const gramsWith = async ([first, second], about, spent) => {
    const number = search.shardOf(first, second, about.shards);
    const { grams, size } = await loadGrams(number);
    spent.grams.set(number, size);
    return grams;
  };

  /** The entries that have two or three characters, ascending. */
  const havingGram = async ([first, second, third], about, spent) => {
    const grams = await gramsWith([first, second], about, spent);
    const thirds = grams.get(first + second);
    if (!thirds) return [];
    if (third !== undefined) return thirds.get(third)?.() ?? [];
    return merged(Array.from(thirds.values(), entries => entries()), about.entries);
  };

  /** How many entries have a gram cannot be known beforehand: those with kanji and katakana are mostly the rarer ones. */
  const commonness = gram => gram.filter(c => /[^\p{Script=Han}ァ-ヶー]/u.test(c)).length + (gram.length < 3 ? 2 : 0);

  /** Grams that share a character mostly stand in the same entries: those first that share none with one before. */
  const apart = grams => {
    const [first, rest] = [[], []];
    for (const it of grams) {
      const isApart = first.every(({ word, at }) => word !== it.word || Math.abs(at - it.at) > 2);
      (isApart ? first : rest).push(it);
    }
    return first.concat(rest);
  };

  /** The grams of words that are looked up, those first that are likely to be rare. A level text has no katakana of its own. */
  const gramsOf = words => apart(words.flatMap(word => {
    const letters = Array.from(word);
    if (letters.length < 2) return [];
    const places = spread(Math.max(letters.length - 2, 1));
    return places.map(at => ({ gram: letters.slice(at, at + 3), word, at }));
  }).sort((one, other) => commonness(one.gram) - commonness(other.gram) || one.at - other.at)).map(({ gram }) => gram);

  /** Looks grams up, and leaves in `pending` what has them: surely the entries that have the words, and of a word of up to three
   * characters no others. One by one, while the entries are in more than one file of texts. */
  const narrow = async (it, about, spent, isWanted) => {
    const files = () => new Set(it.pending.map(entry => Math.floor(entry / about.inTexts))).size;
    if (isWanted() && files() > 1) await Promise.all(it.grams.slice(0, TOGETHER).map(gram => gramsWith(gram, about, spent)));
    while (it.grams.length > 0 && isWanted() && files() > 1) {
      it.pending = both(it.pending, await havingGram(it.grams.shift(), about, spent));
    }
  };

  const judged = (entry, { page, passages: read }, words) => {
    const passages = read();
    if (!words.every(word => passages.some(it => it.level.includes(word)))) return [];
    const found = passages.filter(it => words.some(word => it.level.includes(word)));
    const places = [...new Set(found.map(it => it.place))].sort((one, other) => one - other);
    const score = found.reduce((sum, it) => sum + WEIGHTS[it.place], 0);
    const text = place => passages.filter(it => it.place === place).map(it => it.text).join(" ");
    const shown = found.find(it => it.place > TITLE) ?? passages.find(it => it.place > TITLE);
    return [{
      entry, page, score,
      number: text(NUMBER) || null,
      title: text(TITLE),
      places: places.map(it => PLACES[it]),
      // Of many hits few are shown.
      get titlePieces() { return search.pieces(text(TITLE), words); },
      get excerpt() { return shown ? { place: PLACES[shown.place], pieces: search.excerpt(shown.text, words) } : null; },
    }];
  };

  /** The hits among the entries in `pending` whose texts stand in one file, that which has most of them. */
  const lookAt = async (it, about, spent) => {
    const fileOf = entry => Math.floor(entry / about.inTexts);
    const counts = new Map();
    for (const entry of it.pending) counts.set(fileOf(entry), (counts.get(fileOf(entry)) ?? 0) + 1);
    const [number] = [...counts].reduce((most, one) => one[1] > most[1] ? one : most);
    const { entries, size } = await loadTexts(number);
    spent.texts.set(number, size);
    const taken = it.pending.filter(entry => fileOf(entry) === number);
    it.pending = it.pending.filter(entry => fileOf(entry) !== number);
    return taken.flatMap(entry => judged(entry, entries[entry % about.inTexts], it.words));
  };

  /** Looks at the texts of entries until there are enough hits, as far as the budget goes, but on until there is one. Takes them
   * from `pending`. */
  const look = async (it, about, spent) => {
    await narrow(it, about, spent, () => spent.left() > 0);
    const hits = [];
    while (it.pending.length > 0 && (hits.length === 0 || hits.length < ENOUGH && spent.left() > 0)) {
      hits.push(...await lookAt(it, about, spent));
      // Where nothing stands, what is left of the grams tells so sooner than all texts.
      if (hits.length === 0 && spent.left() <= 0) await narrow(it, about, spent, () => true);
    }
    return hits.sort((one, other) => other.score - one.score || one.entry - other.entry);
  };

  /** What is loaded for a search. `before` is what was loaded before it. What is left is so much less than the budget that another file,
   * as large as the largest, and one of texts go with it. */
  const spending = before => {
    const spent = { grams: new Map(), texts: new Map() };
    spent.left = () => {
      const sizes = [...spent.grams.values(), ...spent.texts.values()];
      const sum = sizes.reduce((all, size) => all + size, before);
      return BUDGET - sum - Math.max(0, ...sizes) - (spent.texts.size === 0 ? TEXTS : 0);
    };
    return spent;
  };

  /** What may have all the words, and what was found among it so far. */
  const find = async (words, about, spent) => {
    const pending = Array.from({ length: about.entries }, (_, entry) => entry);
    const it = { words, pending, grams: gramsOf(words) };
    it.hits = await look(it, about, spent);
    return it;
  };

  const direct = async (asked, about, spent) => {
    if (faqc.fold(asked) === "") return { words: [], pending: [], grams: [], hits: [] };
    const whole = await find([asked], about, spent);
    const words = wordsOf(asked);
    const isOther = words.length > 1 || words.length === 1 && words[0] !== asked;
    return whole.hits.length === 0 && isOther ? find(words, about, spent) : whole;
  };

  const result = (found, about, asked, hits) => {
    const pending = found.reduce((sum, it) => sum + it.pending.length, 0);
    const more = async () => {
      const spent = spending(0);
      const others = [];
      for (const it of found) {
        if (it.pending.length === 0 || spent.left() <= 0) continue;
        const looked = await look(it, about, spent);
        others.push(...looked.map(hit => it.instead ? { ...hit, instead: it.instead } : hit));
      }
      return result(found, about, asked, hits.concat(others));
    };
    return {
      hits, total: hits.length + pending,
      isCounted: found.every(it => it.pending.length === 0 || it.grams.length === 0),
      entries: found.flatMap(it => it.pending).concat(hits.map(hit => hit.entry)).sort((one, other) => one - other),
      more: pending > 0 ? more : null,
    };
  };

  /** The entries in which a text stands: `hits`, the best of those looked at first, each with `page`, `number`, `title`, `score`,
   * `places`, `excerpt` and perhaps `instead`, what was searched for in place of the words. `total` counts those too that
   * `more()`, a promise of a longer result, would look at; without `isCounted` not all of them have the words. */
  faqc.searchText = async query => {
    const about = await search.about();
    const asked = search.level(query);
    const spent = spending(isFirst ? about.first : 0);
    isFirst = false;
    const found = [await direct(asked, about, spent)];
    let hits = found[0].hits;
    const settled = about.settle(asked);
    if (settled !== asked) {
      const other = await direct(settled, about, spent);
      const known = new Set([...hits.map(hit => hit.entry), ...found[0].pending]);
      other.pending = other.pending.filter(entry => !known.has(entry));
      other.instead = settled;
      found.push(other);
      const others = other.hits.filter(hit => !known.has(hit.entry));
      hits = hits.concat(others.map(hit => ({ ...hit, instead: settled })));
    }
    return result(found, about, asked, hits);
  };
})(globalThis.faqc ??= {});
