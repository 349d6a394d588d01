// Pieces of a text with what was found in it. Refuses to know how they are shown.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  /** Characters before the first match, and in all. */
  const [BEFORE, LENGTH] = [24, 90];

  // A character with the marks that NFKC joins to it, those of half-width kana too.
  const CLUSTER = /[^\p{M}\uFF9E\uFF9F][\p{M}\uFF9E\uFF9F]*|[\p{M}\uFF9E\uFF9F]+/gsu;

  const levels = new Map();
  /** A character is levelled once: a text has the same ones again and again. */
  const levelled = cluster => {
    if (!levels.has(cluster)) levels.set(cluster, /^\p{White_Space}/u.test(cluster) ? " " : search.level(cluster));
    return levels.get(cluster);
  };

  /** The characters of the levelled text, each with where in the text it comes from. */
  const mapped = text => {
    const [letters, starts, ends] = ["", [], []];
    const map = { letters, starts, ends };
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const level = levelled(cluster);
      if (level === " " && (map.letters === "" || map.letters.endsWith(" "))) continue;
      map.letters += level;
      for (let unit = 0; unit < level.length; unit += 1) {
        starts.push(index);
        ends.push(index + cluster.length);
      }
    }
    return map;
  };

  /** Where words stand in a text, from the left, none over another. */
  const matches = (text, words) => {
    const { letters, starts, ends } = mapped(text);
    const found = [];
    for (let at = 0; at < letters.length;) {
      const word = words.filter(it => it !== "" && letters.startsWith(it, at)).sort((one, other) => other.length - one.length)[0];
      if (word) found.push([starts[at], ends[at + word.length - 1]]);
      at += word ? word.length : 1;
    }
    return found;
  };

  const cut = (text, found, from, to) => {
    const pieces = [];
    const push = (start, end, isMatch) => {
      if (end > start) pieces.push({ text: text.slice(start, end), isMatch });
    };
    let at = from;
    for (const [start, end] of found) {
      if (start < at || end > to) continue;
      push(at, start, false);
      push(start, end, true);
      at = end;
    }
    push(at, to, false);
    return pieces;
  };

  /** The whole text in pieces, each with `text` and `isMatch`. */
  search.pieces = (text, words) => cut(text, matches(text, words), 0, text.length);

  // No half of a pair of surrogates is left at either end.
  const whole = (text, at) => at > 0 && at < text.length && /[\uDC00-\uDFFF]/.test(text[at]) ? at - 1 : at;

  /** What stands around the first match, in pieces. */
  search.excerpt = (text, words) => {
    const found = matches(text, words);
    const [start, end] = found[0] ?? [0, 0];
    const from = start <= BEFORE ? 0 : whole(text, start - BEFORE);
    const to = whole(text, Math.max(end, Math.min(text.length, from + LENGTH)));
    const pieces = cut(text, found, from, to);
    if (from > 0) pieces.unshift({ text: "…", isMatch: false });
    if (to < text.length) pieces.push({ text: "…", isMatch: false });
    return pieces;
  };
})(globalThis.faqc ??= {});
