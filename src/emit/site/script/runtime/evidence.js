// What is known so far: for each fact the cells that are still possible, as bits. Refuses to judge anything.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const WORD = 32;
  const bit = cell => 1 << (cell % WORD);

  /** Where the bits of each fact stand: in `width[fact]` words from `first[fact]` on. */
  class Layout {
    constructor(facts) {
      this.count = Int32Array.from(facts, fact => fact.cells.length);
      this.width = this.count.map(count => Math.ceil(count / WORD));
      this.first = new Int32Array(facts.length);
      let end = 0;
      this.width.forEach((width, fact) => { this.first[fact] = end; end += width; });
      this.whole = new Int32Array(end);
      this.answers = new Int32Array(end);
      facts.forEach((fact, index) => fact.cells.forEach((cell, at) => {
        const word = this.first[index] + Math.floor(at / WORD);
        this.whole[word] |= bit(at);
        if (!cell.not_applicable) this.answers[word] |= bit(at);
      }));
    }

    /** The bits of some cells of a fact; those that it lacks are left out. */
    bits(fact, cells) {
      const words = new Array(this.width[fact]).fill(0);
      for (const cell of cells) {
        if (cell < this.count[fact]) words[Math.floor(cell / WORD)] |= bit(cell);
      }
      return words;
    }
  }

  /** A non-empty set of cells for each fact; all of them at first. */
  class Evidence {
    constructor(layout, words = layout.whole) {
      this.layout = layout;
      this.words = words.slice();
    }

    copy() {
      return new Evidence(this.layout, this.words);
    }

    /** From now on the fact is in one of these cells. Changes nothing when there is no such fact or it has none of them. */
    set(fact, cells) {
      if (!(fact < this.layout.count.length)) return;
      const bits = this.layout.bits(fact, cells);
      if (bits.some(word => word !== 0)) this.put(fact, bits);
    }

    put(fact, bits) {
      const first = this.layout.first[fact];
      for (let at = 0; at < bits.length; at++) this.words[first + at] = bits[at];
    }

    /** The bits of a fact. */
    take(fact) {
      const { first, width } = this.layout;
      const bits = [];
      for (let at = first[fact]; at < first[fact] + width[fact]; at++) bits.push(this.words[at]);
      return bits;
    }

    /** Exchanges which cells of a fact are possible, to look at another case and to come back from it. */
    exchange(fact, bits) {
      const before = this.take(fact);
      this.put(fact, bits);
      return before;
    }

    forget(fact) {
      const { first, width, whole } = this.layout;
      if (!(fact < first.length)) return;
      for (let at = first[fact]; at < first[fact] + width[fact]; at++) this.words[at] = whole[at];
    }

    isWhole(fact) {
      const { first, width, whole } = this.layout;
      for (let at = first[fact]; at < first[fact] + width[fact]; at++) {
        if (this.words[at] !== whole[at]) return false;
      }
      return true;
    }

    allows(fact, cell) {
      const { first, count } = this.layout;
      return cell < count[fact] && (this.words[first[fact] + Math.floor(cell / WORD)] & bit(cell)) !== 0;
    }

    /** The cells that a fact may be in, ascending. */
    cells(fact) {
      const cells = [];
      for (let cell = 0; cell < this.layout.count[fact]; cell++) {
        if (this.allows(fact, cell)) cells.push(cell);
      }
      return cells;
    }

    /** As a row: the facts of which something is known, with their cells. */
    toRow() {
      const row = {};
      this.layout.count.forEach((_, fact) => {
        if (!this.isWhole(fact)) row[fact] = this.cells(fact);
      });
      return row;
    }
  }

  /** The evidence that a row stands for, as a session has it. */
  inner.evidenceOf = (ready, row) => {
    const evidence = new Evidence(ready.layout);
    for (const [fact, cells] of Object.entries(row ?? {})) evidence.set(Number(fact), cells);
    return evidence;
  };

  Object.assign(inner, { Layout, Evidence });
})(globalThis.faqc ??= {});
