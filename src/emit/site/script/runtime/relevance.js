// Which questions can still change something: a question matters to a condition when, other answers being as they may, one answer to
// it decides the condition and another does not. Refuses to know what the conditions stand for.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** At most so many rows are cleared one after the other for an answer; what is not decided then matters. */
  const MOST_ROWS = 256;

  const hasAny = bits => bits.some(word => word !== 0);
  const areEqual = (left, right) => left.every((word, at) => word === right[at]);

  /** Each cell by itself, ascending. */
  const each = bits => {
    const cells = [];
    bits.forEach((word, at) => {
      for (let left = word; left !== 0; left &= left - 1) cells.push(bits.map((_, other) => other === at ? left & -left : 0));
    });
    return cells;
  };

  /** The facts of a row, each with the bits that it allows. */
  const findTerms = ({ facts, masks }) => {
    const terms = [];
    facts.forEach((fact, at) => {
      if (at > 0 && facts[at - 1] === fact) terms.at(-1)[1].push(masks[at]);
      else terms.push([fact, [masks[at]]]);
    });
    return terms;
  };

  const termsOf = row => row.terms ??= findTerms(row);

  class Probe {
    constructor(view) {
      this.view = view;
      /** The view's, but while a row is looked at. */
      this.evidence = view.evidence.copy();
      this.facts = [];
    }

    /** What is known of a fact while none is narrowed, and whether it may be asked for. */
    known(fact) {
      return this.facts[fact] ??= { cells: this.evidence.take(fact), answers: this.answers(fact), isOpen: this.isOpen(fact) };
    }

    /** The facts that matter to whether a list of rows decides. */
    factsOf({ rows, isClearOf }) {
      const facts = new Set();
      rows.forEach(row => this.look(row, rows, isClearOf, facts));
      return facts;
    }

    /** Takes the open facts of a row to be as it allows, and then each of them by itself to be otherwise. */
    look(row, rows, isClearOf, facts) {
      const narrowed = this.reach(row, isClearOf);
      if (narrowed === undefined || !this.within(narrowed, [], () => true)) return;
      for (const { fact, allowed } of narrowed) {
        if (facts.has(fact)) continue;
        const beside = this.answers(fact, allowed.map(word => ~word));
        const others = narrowed.filter(it => it.fact !== fact);
        const differs = isClearOf
          ? each(beside).some(bits => this.within([{ fact, bits }], others, () => this.canBeClear(rows, fact, { rows: MOST_ROWS })))
          : this.within([{ fact, bits: beside }], others, () => !rows.some(it => inner.isInside(it, this.evidence)));
        if (differs) facts.add(fact);
      }
    }

    /**
     * The open facts of a row with the answers that it allows; undefined when it cannot be reached: what is not asked any more does
     * not fit it.
     */
    reach(row, isClearOf) {
      const narrowed = [];
      for (const [fact, allowed] of termsOf(row)) {
        const { cells, answers, isOpen } = this.known(fact);
        if (cells.every((word, at) => (word & ~allowed[at]) === 0)) continue;
        const bits = answers.map((word, at) => word & allowed[at]);
        // Where any answer would do, none is asked for: it would only tell that the question makes sense.
        const divides = hasAny(bits) && !areEqual(bits, answers);
        if (divides && isOpen) narrowed.push({ fact, allowed, bits });
        else if (!isClearOf || !cells.some((word, at) => (word & allowed[at]) !== 0)) return undefined;
      }
      return narrowed;
    }

    /** Those of a fact's cells that can be answered: *not applicable* cannot. */
    answers(fact, which) {
      const { first, answers } = this.evidence.layout;
      return this.evidence.take(fact).map((word, at) => word & answers[first[fact] + at] & (which ? which[at] : -1));
    }

    /**
     * Whether something is so when some facts are narrowed, and others as far as that is no contradiction; not where no situation is
     * left.
     */
    within(must, may, isSo) {
      const undo = [];
      const fits = must.every(it => this.narrow(it, undo));
      if (fits) may.forEach(it => this.narrow(it, undo));
      const found = fits && isSo();
      this.undo(undo);
      return found;
    }

    undo(undo) {
      for (let at = undo.length - 1; at >= 0; at -= 1) this.evidence.put(undo[at].fact, undo[at].before);
    }

    /** Whether answers to open questions, other than that of one fact, can leave the evidence clear of all rows. */
    canBeClear(rows, fact, most) {
      const touched = rows.find(row => inner.touches(row, this.evidence));
      if (touched === undefined || most.rows === 0) return true;
      most.rows -= 1;
      return termsOf(touched).some(([other, allowed]) => {
        if (other === fact || !this.isOpen(other)) return false;
        const undo = [];
        const beside = { fact: other, bits: this.answers(other, allowed.map(word => ~word)) };
        const found = this.narrow(beside, undo) && this.canBeClear(rows, fact, most);
        this.undo(undo);
        return found;
      });
    }

    /** False, and nothing is narrowed, when that leaves no situation. */
    narrow({ fact, bits }, undo) {
      if (!hasAny(bits)) return false;
      const before = this.evidence.exchange(fact, bits);
      if (inner.isBrokenBy(this.view.ready, fact, this.evidence)) {
        this.evidence.put(fact, before);
        return false;
      }
      undo.push({ fact, before });
      return true;
    }

    isOpen(fact) {
      return !this.view.isSettled(this.view.table.facts[fact].question);
    }
  }

  /** The facts that matter to whether a condition is certain, and to whether it is excluded. */
  const factsBySide = (view, condition) => {
    view.sides ??= new Map();
    view.probe ??= new Probe(view);
    let sides = view.sides.get(condition);
    if (sides === undefined) {
      const { certain, excluded } = view.ready.condition(condition);
      sides = [certain, excluded].map(list => view.probe.factsOf(list));
      view.sides.set(condition, sides);
    }
    return sides;
  };

  /**
   * The facts that matter to something that applies when one of these conditions (indexes) does, ascending; only those whose question
   * may still be asked. None for a condition that is decided. While one of them is possible whatever is answered, the others can only
   * add certainty.
   */
  inner.factsThatMatter = (view, conditions) => {
    const undecided = conditions.filter(it => view.judge(it) === "possible" && view.ready.condition(it) !== undefined);
    const sides = undecided.map(it => factsBySide(view, it));
    const staysPossible = sides.some(([certain, excluded]) => certain.size === 0 && excluded.size === 0);
    const counting = staysPossible ? sides.map(([certain]) => [certain]) : sides;
    return inner.ascending(counting.flat().flatMap(facts => [...facts]));
  };
})(globalThis.faqc ??= {});
