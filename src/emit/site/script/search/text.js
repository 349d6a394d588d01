// From words to the entries in which they stand. Refuses to know how a page shows them. From all texts loaded it finds what
// src/runtime/search/text.rs finds.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const PLACES = ["number", "title", "category", "symptom", "when", "cause", "action", "step", "other"];
  const WEIGHTS = [100, 100, 30, 60, 20, 30, 20, 10, 5];
  const [NUMBER, TITLE] = [0, 1];
  /** Characters of data files that one search loads, about; more when the reader asks for more. */
  const BUDGET = 140000;
  /** When so many hits are at hand, nothing more is loaded before the reader asks for more. */
  const ENOUGH = 20;
  /** So many grams of a word are looked up. */
  const MOST_GRAMS = 4;

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
    return { entries: (await search.unpack(value)).map(readEntry), size: value.length };
  });
  const loadAbout = remembered(async () => {
    const about = await faqc.data("search/about");
    return { ...about, settle: search.spellings(about.terms) };
  });
  search.about = () => loadAbout("");

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
    const kept = new Set(other);
    return one.filter(entry => kept.has(entry));
  };

  /** At most so many places of grams in a word, the first and the last among them. */
  const spread = count => {
    const most = Math.min(count, MOST_GRAMS);
    return Array.from({ length: most }, (_, at) => most === 1 ? 0 : Math.floor(at * (count - 1) / (most - 1)));
  };

  /** The entries that may have a word, ascending: surely those that have, and of up to three characters no others. */
  const having = async (word, about, spent) => {
    const letters = Array.from(word);
    if (letters.length < 2) return Array.from({ length: about.entries }, (_, entry) => entry);
    const places = spread(Math.max(letters.length - 2, 1));
    const lists = await Promise.all(places.map(async at => {
      const [first, second, third] = letters.slice(at, at + 3);
      const number = search.shardOf(first, second, about.shards);
      const { grams, size } = await loadGrams(number);
      spent.grams.set(number, size);
      const thirds = grams.get(first + second);
      if (!thirds) return [];
      if (third !== undefined) return thirds.get(third)?.() ?? [];
      return merged(Array.from(thirds.values(), entries => entries()), about.entries);
    }));
    return lists.reduce(both);
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
      titlePieces: search.pieces(text(TITLE), words),
      places: places.map(it => PLACES[it]),
      excerpt: shown ? { place: PLACES[shown.place], pieces: search.excerpt(shown.text, words) } : null,
    }];
  };

  /** Looks at the texts of entries until there are enough hits, as far as the budget goes, but on until there is one. Takes them
   * from `pending`. */
  const look = async (pending, words, about, spent) => {
    const hits = [];
    while (pending.length > 0 && (hits.length === 0 || hits.length < ENOUGH && spent.left() > 0)) {
      const number = Math.floor(pending[0] / about.inTexts);
      const { entries, size } = await loadTexts(number);
      spent.texts.set(number, size);
      const others = pending.findIndex(entry => Math.floor(entry / about.inTexts) !== number);
      for (const entry of pending.splice(0, others < 0 ? pending.length : others)) {
        hits.push(...judged(entry, entries[entry % about.inTexts], words));
      }
    }
    return hits.sort((one, other) => other.score - one.score || one.entry - other.entry);
  };

  const spending = () => {
    const spent = { grams: new Map(), texts: new Map() };
    spent.left = () => {
      const sizes = [...spent.texts.values()];
      const sum = [...spent.grams.values(), ...sizes].reduce((all, size) => all + size, 0);
      return BUDGET - sum - Math.max(0, ...sizes);
    };
    return spent;
  };

  /** What may have all the words, and what was found among it so far. */
  const find = async (words, about, spent) => {
    const lists = await Promise.all(words.map(word => having(word, about, spent)));
    const pending = lists.reduce(both).slice();
    return { words, pending, hits: await look(pending, words, about, spent) };
  };

  const direct = async (asked, about, spent) => {
    if (faqc.fold(asked) === "") return { words: [], pending: [], hits: [] };
    const whole = await find([asked], about, spent);
    const words = wordsOf(asked);
    const isOther = words.length > 1 || words.length === 1 && words[0] !== asked;
    return whole.hits.length === 0 && isOther ? find(words, about, spent) : whole;
  };

  const result = (found, about, asked, hits) => {
    const pending = found.reduce((sum, it) => sum + it.pending.length, 0);
    const more = async () => {
      const spent = spending();
      const others = [];
      for (const it of found) {
        if (it.pending.length === 0 || spent.left() <= 0) continue;
        const looked = await look(it.pending, it.words, about, spent);
        others.push(...looked.map(hit => it.instead ? { ...hit, instead: it.instead } : hit));
      }
      return result(found, about, asked, hits.concat(others));
    };
    return {
      query: asked, hits, total: hits.length + pending, isComplete: pending === 0,
      entries: found.flatMap(it => it.pending).concat(hits.map(hit => hit.entry)).sort((one, other) => one - other),
      more: pending > 0 ? more : null,
    };
  };

  /** The entries in which a text stands: `hits`, the best of those looked at first, each with `page`, `number`, `title`, `score`,
   * `places`, `excerpt` and perhaps `instead`, what was searched for in place of the words. `total` counts those too that
   * `more()`, a promise of a longer result, would look at. */
  faqc.searchText = async query => {
    const about = await search.about();
    const asked = search.level(query);
    const spent = spending();
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
    search.noteMiss(query, asked !== "" && hits.length === 0, about.logMisses);
    return result(found, about, asked, hits);
  };
})(globalThis.faqc ??= {});
