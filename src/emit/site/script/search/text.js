// From words to the entries in which they stand, and from numbers to those that have them. Refuses to know how a page shows them. From
// all texts loaded it finds what src/runtime/search/text.rs finds.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const PLACES = ["number", "title", "category", "symptom", "when", "cause", "action", "step", "other"];
  const WEIGHTS = [100, 100, 30, 60, 20, 30, 20, 10, 5];
  const [NUMBER, TITLE] = [0, 1];
  /** Characters of data files that one search loads at most; more when the reader asks for more. */
  const BUDGET = 150000;
  /** What a data file has around its value, at most. */
  const AROUND = 64;
  /** When so many hits are at hand, nothing more is loaded before the reader asks for more. */
  const ENOUGH = 10;
  /** So many grams of what is searched for are looked up at most, of so many places in a word. */
  const [MOST_GRAMS, MOST_PLACES] = [12, 64];
  /** How common two characters are is not known: more so than three. */
  const COMMON = 100;
  /** By so many powers of two a gram counts as more common when one next to it, or after the next, was looked up: it tells less. */
  const [NEXT, AFTER_NEXT] = [1, 0.5];
  /** A gram tells little that leaves more than this part of the entries, and a file of texts of which fewer have the words. */
  const HALF = 0.5;

  /** Width, case and kana made one; punctuation stays. */
  search.level = text => faqc.inner.hiragana(faqc.inner.lower(text)).replace(/\p{White_Space}+/gu, " ").replace(/^ | $/g, "");
  search.wordsOf = text => text.split(/[^\p{Alphabetic}\p{N}]+/u).filter(word => word !== "");

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
  const LOADERS = { grams: loadGrams, texts: loadTexts };
  /** The number of each entry, from how much greater it is than the one before. */
  const numbersOf = steps => {
    let last = 0;
    return steps.map(step => step === null ? undefined : last += step);
  };
  const loadAbout = remembered(async () => {
    const about = await faqc.data("search/about");
    const terms = search.unpack(about.terms);
    const numbers = numbersOf(search.unpack(about.numbers));
    return { ...about, numbers, common: search.unpack(about.common), terms, spellings: search.spellings(terms) };
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

  /** Places of grams in a word, the first and the last among them. */
  const spread = count => {
    const most = Math.min(count, MOST_PLACES);
    return Array.from({ length: most }, (_, at) => most === 1 ? 0 : Math.floor(at * (count - 1) / (most - 1)));
  };

  /** What a search loads, which reaches its budget whatever has arrived by when. `before` is what was loaded before it. */
  class Spending {
    constructor(about, before) {
      Object.assign(this, { largest: about.largest, before, sizes: { grams: new Map(), texts: new Map() } });
    }

    /** Whether a file may be loaded; the first one always, and what is being loaded. */
    allows(kind, number) {
      const { grams, texts } = this.sizes;
      const sizes = [...grams.values(), ...texts.values(), this.largest[kind]];
      return this.sizes[kind].has(number) || sizes.length === 1
        || sizes.reduce((all, size) => all + size + AROUND, this.before) <= BUDGET;
    }

    /** What stands in a file, which counts as one of the largest until then. */
    async load(kind, number) {
      const file = await this.begin(kind, number);
      this.sizes[kind].set(number, file.size);
      return file;
    }

    /** Begins to load what is perhaps looked at next, while something else is waited for. */
    loadAhead(kind, number) {
      if (this.allows(kind, number)) this.begin(kind, number).catch(() => {});
    }

    begin(kind, number) {
      if (!this.sizes[kind].has(number)) this.sizes[kind].set(number, this.largest[kind]);
      return LOADERS[kind](number);
    }
  }

  const gramsFile = ([first, second], about) => search.shardOf(first, second, about.shards);

  /** The entries that have two or three characters, ascending. */
  const havingGram = async (gram, about, spent) => {
    const { grams } = await spent.load("grams", gramsFile(gram, about));
    const [first, second, third] = gram;
    const thirds = grams.get(first + second);
    if (!thirds) return [];
    if (third !== undefined) return thirds.get(third)?.() ?? [];
    return merged(Array.from(thirds.values(), entries => entries()), about.entries);
  };

  const gramsAt = (word, common) => {
    const letters = Array.from(word);
    if (letters.length < 2) return [];
    return spread(Math.max(letters.length - 2, 1)).map(at => {
      const gram = letters.slice(at, at + 3);
      return { gram, word, at, rank: gram.length < 3 ? COMMON : search.commonness(gram, common) };
    });
  };

  const rarest = grams => grams.reduce((least, it) => it.rank < least.rank ? it : least);

  /** The `grams` of words that are looked up, one of each word first, always the one next that is likely to leave the fewest
   * entries; and whether each word has one (`areAll`). */
  const gramsOf = (words, { common }) => {
    let left = words.flatMap(word => gramsAt(word, common));
    const [first, had] = [[], new Set()];
    while (left.length > 0 && first.length < MOST_GRAMS) {
      const others = left.filter(it => !had.has(it.word));
      const best = rarest(others.length > 0 ? others : left);
      had.add(best.word);
      first.push(best.gram);
      left = left.filter(it => it.gram.join("") !== best.gram.join(""));
      for (const it of left) if (it.word === best.word) it.rank += [0, NEXT, AFTER_NEXT][Math.abs(it.at - best.at)] ?? 0;
    }
    return { grams: first, areAll: words.every(word => had.has(word)) };
  };

  /** Looks the next gram up, and leaves in `pending` what has it: surely the entries that have the words, and no others in the end
   * where all words have grams and up to three characters. Gives which part of them that is. */
  const narrow = async (it, about, spent) => {
    const before = it.pending.length;
    const having = await havingGram(it.grams[0], about, spent);
    it.grams.shift();
    it.pending = both(it.pending, having);
    return it.pending.length / before;
  };

  const judged = (entry, { page, passages: read }, words) => {
    const passages = read();
    if (!words.every(word => passages.some(it => it.level.includes(word)))) return [];
    // Without words it is the number that was asked for.
    const isFound = it => words.length === 0 ? it.place === NUMBER : words.some(word => it.level.includes(word));
    const found = passages.filter(isFound);
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

  const textsFile = (entry, about) => Math.floor(entry / about.inTexts);

  /** Files of texts with how many pending entries each has, most first. */
  const textsFiles = ({ pending }, about) => {
    const counts = new Map();
    for (const entry of pending) counts.set(textsFile(entry, about), (counts.get(textsFile(entry, about)) ?? 0) + 1);
    return [...counts].sort((one, other) => other[1] - one[1]);
  };

  const areInOneFile = ({ pending }, about) => textsFile(pending[0], about) === textsFile(pending[pending.length - 1], about);

  const loadGramsAhead = (grams, about, spent) => grams.forEach(gram => spent.loadAhead("grams", gramsFile(gram, about)));

  /** The hits among the entries in `pending` whose texts stand in the first of the files, and which part of them that is. */
  const lookAt = async (it, [[number, count], next], about, spent, wanted) => {
    const looking = spent.load("texts", number);
    // What is in this file is not enough, whatever it is.
    if (next && count < wanted) spent.loadAhead("texts", next[0]);
    loadGramsAhead(it.grams.slice(0, 1), about, spent);
    const { entries } = await looking;
    const taken = it.pending.filter(entry => textsFile(entry, about) === number);
    it.pending = it.pending.filter(entry => textsFile(entry, about) !== number);
    const hits = taken.flatMap(entry => judged(entry, entries[entry % about.inTexts], it.words));
    return { hits, part: hits.length / taken.length };
  };

  /** Looks grams up while they tell much, and at the texts of the entries that are left; until there are enough hits, as far as the
   * budget goes. What is left of the budget goes into how many more there are. */
  const look = async (it, about, spent) => {
    const hits = [];
    const mayNarrow = () => it.pending.length > 0 && it.grams.length > 0 && spent.allows("grams", gramsFile(it.grams[0], about));
    let areGramsNext = true;
    // Hardly a search looks only one gram up.
    if (it.pending.length > 0) loadGramsAhead(it.grams.slice(0, 2), about, spent);
    while (it.pending.length > 0 && hits.length < it.enough) {
      if (areGramsNext && !areInOneFile(it, about) && mayNarrow()) {
        areGramsNext = await narrow(it, about, spent) <= HALF;
      } else {
        const files = textsFiles(it, about);
        if (!spent.allows("texts", files[0][0])) break;
        const found = await lookAt(it, files, about, spent, it.enough - hits.length);
        hits.push(...found.hits);
        areGramsNext = found.part < HALF;
      }
    }
    if (it.pending.length > 0) loadGramsAhead(it.grams, about, spent);
    while (mayNarrow()) await narrow(it, about, spent);
    return hits.sort((one, other) => other.score - one.score || one.entry - other.entry);
  };

  const begin = (words, about) => {
    const pending = Array.from({ length: about.entries }, (_, entry) => entry);
    return { words, pending, enough: ENOUGH, ...gramsOf(words, about) };
  };

  /** What may have all the words, and what was found among it so far. */
  const find = async (words, about, spent) => {
    const it = begin(words, about);
    it.hits = await look(it, about, spent);
    return it;
  };

  /** The entries that have one of the numbers: all of them, as they come before all others. */
  const findNumbers = async (ranges, about, spent) => {
    const isAsked = number => ranges.some(([first, last]) => first <= number && number <= last);
    const pending = about.numbers.flatMap((number, entry) => isAsked(number) ? [entry] : []);
    const it = { words: [], pending, enough: Infinity, grams: [], areAll: true };
    it.hits = await look(it, about, spent);
    it.hits.sort((one, other) => about.numbers[one.entry] - about.numbers[other.entry]);
    return it;
  };

  const direct = async (asked, about, spent) => {
    if (faqc.fold(asked) === "") return { words: [], pending: [], enough: ENOUGH, grams: [], areAll: true, hits: [] };
    const whole = await find([asked], about, spent);
    const words = search.wordsOf(asked);
    const isOther = words.length > 1 || words.length === 1 && words[0] !== asked;
    if (whole.hits.length > 0 || !isOther) return whole;
    return whole.pending.length > 0 ? { ...whole, otherwise: words } : find(words, about, spent);
  };

  /** Looks for each of its words what stands nowhere as a whole, which is sure only now. */
  const goOnWithWords = (it, about) => {
    const { otherwise } = it;
    delete it.otherwise;
    Object.assign(it, begin(otherwise, about));
  };

  /** Hits, and after them those of what was looked for now, each entry once. */
  const joined = (hits, { instead, by }, looked) => {
    const known = new Set(hits.map(hit => hit.entry));
    const others = looked.filter(hit => !known.has(hit.entry));
    return hits.concat(others.map(hit => instead ? { ...hit, instead, by } : hit));
  };

  const result = (found, about, hits) => {
    const pending = new Set(found.flatMap(it => it.pending));
    hits.forEach(hit => pending.delete(hit.entry));
    const isOver = found.every(it => it.pending.length === 0 && it.otherwise === undefined);
    const more = async () => {
      const spent = new Spending(about, 0);
      let all = hits;
      // What cannot be loaded can be asked for again, from here.
      const further = found.map(it => ({ ...it, grams: [...it.grams] }));
      for (const it of further) {
        if (it.pending.length === 0 && it.otherwise !== undefined) goOnWithWords(it, about);
        const looked = await look(it, about, spent);
        if (looked.length > 0) delete it.otherwise;
        all = joined(all, it, looked);
      }
      return result(further, about, all);
    };
    const isSure = it => it.pending.length === 0 || hits.length > 0 && it.areAll && it.grams.length === 0;
    return {
      hits, total: hits.length + pending.size,
      isCounted: found.every(it => it.otherwise === undefined && isSure(it)),
      entries: [...pending, ...hits.map(hit => hit.entry)].sort((one, other) => one - other),
      more: isOver ? null : more,
    };
  };

  /** The entries in which a text stands: `hits`, the best of those looked at first, each with `page`, `number`, `title`, `score`,
   * `places`, `excerpt` and perhaps `instead`, what was searched for in place of the words, and `by`, the words that are other in it.
   * `total` counts those too that
   * `more()`, a promise of a longer result, would look at; without `isCounted` not all of them have the words. */
  faqc.searchText = async query => {
    const about = await search.about();
    const asked = search.level(query);
    const spent = new Spending(about, isFirst ? about.first : 0);
    isFirst = false;
    const numbered = await findNumbers(search.numbersIn(asked), about, spent);
    const found = [numbered, await (numbered.hits.length > 0 ? find([asked], about, spent) : direct(asked, about, spent))];
    let hits = joined(numbered.hits, found[1], found[1].hits);
    const settled = about.spellings.settle(asked);
    if (settled !== asked) {
      const other = await direct(settled, about, spent);
      Object.assign(other, { instead: settled, by: about.spellings.replacing(asked) });
      found.push(other);
      hits = joined(hits, other, other.hits);
    }
    return result(found, about, hits);
  };
})(globalThis.faqc ??= {});
