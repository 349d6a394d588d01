// A table made ready to be read again and again: rows as bits, and what belongs to what. Refuses to know any evidence.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /**
   * A row in words: the evidence's word `words[i]` is compared with `masks[i]`, of the fact `facts[i]`. A fact of more than 32 cells
   * takes several, one after the other.
   */
  const readyRow = (layout, row) => {
    const [facts, words, masks] = [[], [], []];
    for (const [name, cells] of Object.entries(row)) {
      const fact = Number(name);
      layout.bits(fact, cells).forEach((mask, at) => {
        facts.push(fact);
        words.push(layout.first[fact] + at);
        masks.push(mask);
      });
    }
    return { facts, words, masks };
  };

  class Ready {
    constructor(table) {
      this.table = table;
      this.layout = new inner.Layout(table.facts);
      this.rows = this.readyRows(table.contradiction.rows);
      this.clearOf = (table.contradiction.clear_of ?? []).map(rows => this.readyRows(rows));
      this.conditions = new Array(table.conditions.length);
      this.facts = new Array(table.conditions.length);
      this.lineages = new Map();
      this.rowsOfFact = table.facts.map(() => []);
      for (const row of this.rows) new Set(row.facts).forEach(fact => this.rowsOfFact[fact].push(row));
    }

    readyRows(rows) {
      return rows.map(row => readyRow(this.layout, row));
    }

    /** A condition's two lists of rows, each with its form; undefined for one that the table lacks. */
    condition(index) {
      const written = this.table.conditions[index];
      if (written === undefined) return undefined;
      const list = (inside, clearOf) => ({ rows: this.readyRows(inside ?? clearOf ?? []), isClearOf: inside === undefined });
      return this.conditions[index] ??= {
        certain: list(written.certain, written.certain_clear_of),
        excluded: list(written.excluded, written.excluded_clear_of),
      };
    }

    /** The facts that a condition names. */
    factsOf(index) {
      const { certain, excluded } = this.condition(index) ?? { certain: { rows: [] }, excluded: { rows: [] } };
      return this.facts[index] ??= new Set([...certain.rows, ...excluded.rows].flatMap(row => row.facts));
    }

    /** An action with all that it is an alternative of, from the outermost one; each once. */
    lineage(action) {
      const known = this.lineages.get(action);
      if (known) return known;
      const lineage = [];
      let next = action;
      while (next !== undefined && !lineage.includes(next)) {
        lineage.push(next);
        next = this.table.actions[next]?.parent;
      }
      lineage.reverse();
      this.lineages.set(action, lineage);
      return lineage;
    }

    /** The same as the table has them. */
    actionsOf(action) {
      return this.lineage(action).map(it => this.table.actions[it]).filter(it => it !== undefined);
    }

    /** An action, then its alternatives in order with theirs, added to a list; each once. */
    addWithAlternatives(action, actions) {
      const stack = [action];
      while (stack.length > 0) {
        const next = stack.pop();
        const known = this.table.actions[next];
        if (known === undefined || actions.includes(next)) continue;
        actions.push(next);
        stack.push(...(known.alternatives ?? []).toReversed());
      }
    }
  }

  const known = new WeakMap();

  /** The table made ready; once for each table, which is not to be changed afterwards. */
  inner.ready = table => {
    let ready = known.get(table);
    if (!ready) known.set(table, ready = new Ready(table));
    return ready;
  };
})(globalThis.faqc ??= {});
