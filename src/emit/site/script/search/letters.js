// A text with what folding hides: the scripts of its characters, where marks were left out, and where sentences end. Refuses to know
// what it is compared with. The same as src/runtime/search/letters.rs.
(faqc => {
  "use strict";
  const search = faqc.search ??= {};
  const [HIRAGANA, KATAKANA, NARROW, KANJI] = [0, 1, 2, 3];
  const [NOTHING, MARK, END] = [0, 1, 2];
  const PARTICLES = ["の", "が", "を"];
  const KEPT = /[\p{Alphabetic}\p{N}]/u;
  const FIRST_WIDE = 0x2E80;

  const scriptOf = (c, before) => {
    if (c === "ー" && before === HIRAGANA || /[ぁ-ゖ]/.test(c)) return HIRAGANA;
    if (/[ァ-ヺー]/.test(c)) return KATAKANA;
    return c.codePointAt(0) < FIRST_WIDE ? NARROW : KANJI;
  };

  /** The letters of a folded text. Ranges, `[start, end]`, count letters. */
  class Letters {
    /** The first letters of a text, so many at most. */
    constructor(text, most = Infinity) {
      this.folded = "";
      /** Each with its `place` in `folded`, the letter `c`, its `script`, and what was left out before it, the `gap`. */
      this.all = [];
      let gap = NOTHING;
      for (const c of faqc.inner.lowered(text)) {
        if (KEPT.test(c)) {
          if (this.all.length === most) break;
          this.push(c, gap);
          gap = NOTHING;
        } else gap = Math.max(gap, search.END_OF_SENTENCE.test(c) ? END : MARK);
      }
    }

    push(kept, gap) {
      const script = scriptOf(kept, this.all[this.all.length - 1]?.script);
      const c = faqc.inner.hiragana(kept);
      this.all.push({ place: this.folded.length, c, script, gap });
      this.folded += c;
    }

    /** The letter at a place of the folded text. */
    at(place) {
      return this.all.findIndex(it => it.place >= place);
    }

    text([start, end]) {
      const place = at => this.all[at]?.place ?? this.folded.length;
      return this.folded.slice(place(start), place(end));
    }

    whole() {
      return [0, this.all.length];
    }

    /** What stands between marks that end a sentence, and line breaks. */
    sentences() {
      return this.chunks((_, next) => next.gap < END);
    }

    /** Words of at least two letters, also those that only begin or end in a range. */
    words([start, end]) {
      return this.allWords().filter(([from, to]) => from < end && to > start);
    }

    /** Words in katakana of at least two letters, as they are folded. */
    katakana() {
      return this.allWords().filter(([from]) => this.all[from].script === KATAKANA).map(range => this.text(range));
    }

    /** The word right before a place, of two letters at least, or one of any length with a particle between. */
    wordBefore(at) {
      const joins = at => this.all[at]?.gap === NOTHING;
      const before = at - 1;
      if (before < 0 || !joins(at)) return undefined;
      const { c, script } = this.all[before];
      const end = PARTICLES.includes(c) && script === HIRAGANA && joins(before) ? before : at;
      let start = end - 1;
      while (start > 0 && isSameWord(this.all[start - 1], this.all[start])) start -= 1;
      return end > 0 && this.isWord(start) && (end - start > 1 || end === before) ? [start, end] : undefined;
    }

    /** From the first to the last pair of letters, at least one of a word, that some have; within a range. */
    spanOfPairs([start, end], has) {
      let span;
      for (let at = start; at + 1 < end; at += 1) {
        if (!this.isWord(at) && !this.isWord(at + 1) || !has(this.all[at].c + this.all[at + 1].c)) continue;
        span = [span?.[0] ?? at, at + 2];
      }
      return span;
    }

    allWords() {
      return this.chunks(isSameWord).filter(([start, end]) => end - start > 1 && this.isWord(start));
    }

    isWord(at) {
      return this.all[at].script !== HIRAGANA;
    }

    /** Cut where two letters that follow each other are not of one. */
    chunks(isOne) {
      const cut = [];
      for (let at = 0; at < this.all.length; at += 1) {
        if (at > 0 && isOne(this.all[at - 1], this.all[at])) cut[cut.length - 1][1] = at + 1;
        else cut.push([at, at + 1]);
      }
      return cut;
    }
  }

  const isSameWord = (one, next) => one.script === next.script && next.gap === NOTHING;

  search.Letters = Letters;
})(globalThis.faqc ??= {});
