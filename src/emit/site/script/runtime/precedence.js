// What must come before what among remedies: entries in their declared order, alternatives in theirs, and what an action is to be done
// after. Refuses to know costs.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  /** What a remedy does to those that come behind it. */
  const Status = {
    /** It is as though it were not there. */
    GONE: 0,
    /** It takes its place in the sequence. */
    RUNS: 1,
    /** It takes none, and those behind it wait. */
    HOLDS: 2,
    /** It takes none; only those wait that are to be done after it. */
    HOLDS_AFTER: 3,
  };

  /** Joins ends of entries level by level, where a level is a group in play and, within it, a tier. */
  class Levels {
    constructor(graph) {
      this.graph = graph;
      /** Ascending: `{ group, tier, node }`, where the node stands for all entries so far of that level and the lesser ones. */
      this.reached = [];
    }

    /** The entry comes after all that stand before it and are of a lesser level. */
    add(group, tier, start, end) {
      const { graph, reached } = this;
      let at = reached.findIndex(it => it.group > group || it.group === group && it.tier >= tier);
      if (at < 0) at = reached.length;
      if (at > 0) graph.connect(reached[at - 1].node, start, false);
      const isKnown = reached[at]?.group === group && reached[at]?.tier === tier;
      const node = graph.addNode();
      graph.connect(end, node, false);
      const before = isKnown ? reached[at] : reached[at - 1];
      if (before) graph.connect(before.node, node, false);
      reached.splice(at, isKnown ? 1 : 0, { group, tier, node });
      reached.slice(at + 1).forEach(above => this.raise(above, node));
    }

    /** What a greater level stands for includes the new node. */
    raise(above, node) {
      const joined = this.graph.addNode();
      this.graph.connect(node, joined, false);
      this.graph.connect(above.node, joined, false);
      above.node = joined;
    }
  }

  /** A graph whose first nodes are the remedies of a view, in order; the others stand for the beginning and the end of entries. */
  class Precedence {
    constructor(view) {
      this.remedies = view.remedies.length;
      /** For each node those that are merely behind it, and those that are to be done after it. */
      this.before = view.remedies.map(() => []);
      this.after = view.remedies.map(() => []);
      const starts = view.entries.map(() => this.addNode());
      const ends = view.entries.map(() => this.addNode());
      view.remedies.forEach((remedy, at) => {
        this.connect(starts[remedy.place], at, false);
        this.connect(at, ends[remedy.place], false);
      });
      this.addAlternativesAndAfter(view);
      this.addDeclared(view, starts, ends);
      const levels = new Levels(this);
      view.entries.forEach((it, place) => levels.add(it.group, view.listed.get(it.entry)?.tier ?? 0, starts[place], ends[place]));
      this.waitsBefore = this.countWaiting(this.before);
      this.waitsAfter = this.countWaiting(this.after);
      this.isBehind = this.findBehind();
    }

    addNode() {
      this.after.push([]);
      return this.before.push([]) - 1;
    }

    connect(from, to, isAfter) {
      (isAfter ? this.after : this.before)[from].push(to);
    }

    countWaiting(edges) {
      const counts = new Int32Array(edges.length);
      edges.forEach(targets => targets.forEach(to => { counts[to] += 1; }));
      return counts;
    }

    addAlternativesAndAfter(view) {
      const lineages = view.remedies.map(it => inner.isAction(it.what) ? view.ready.lineage(it.what) : []);
      const [latest, within] = [new Map(), new Map()];
      lineages.forEach((lineage, at) => {
        for (const action of lineage) {
          if (within.has(action)) within.get(action).push(at);
          else within.set(action, [at]);
        }
        if (lineage.length === 0) return;
        if (latest.has(lineage[0])) this.connect(latest.get(lineage[0]), at, false);
        latest.set(lineage[0], at);
      });
      lineages.forEach((lineage, at) => {
        const after = lineage.flatMap(action => view.table.actions[action]?.after ?? []);
        const earlier = after.flatMap(action => within.get(action) ?? []);
        earlier.filter(other => other !== at).forEach(other => this.connect(other, at, true));
      });
    }

    /** The symptom's declared order, among entries of one group. */
    addDeclared(view, starts, ends) {
      const places = new Map(view.entries.map((it, place) => [it.entry, place]));
      for (const listed of view.symptom?.entries ?? []) {
        const place = places.get(listed.entry);
        if (place === undefined) continue;
        const earlier = (listed.after ?? []).map(it => places.get(it)).filter(it => it !== undefined && it !== place);
        const ofGroup = earlier.filter(it => view.entries[it].group === view.entries[place].group);
        ofGroup.forEach(it => this.connect(ends[it], starts[place], false));
      }
    }

    /** Whether a node comes behind some remedy. */
    findBehind() {
      const isBehind = new Uint8Array(this.before.length);
      const open = Array.from({ length: this.remedies }, (_, at) => at);
      while (open.length > 0) {
        const node = open.pop();
        for (const to of [...this.before[node], ...this.after[node]]) {
          if (!isBehind[to] && to >= this.remedies) open.push(to);
          isBehind[to] = 1;
        }
      }
      return isBehind;
    }

    /** Those that run, in order, when none of them is behind any remedy. */
    ifFree(statuses, isLess) {
      const running = [];
      for (let node = 0; node < this.remedies; node++) {
        if (statuses[node] !== Status.RUNS) continue;
        if (this.isBehind[node]) return undefined;
        running.push(node);
      }
      return running.sort((a, b) => isLess(a, b) ? -1 : 1);
    }

    /** The remedies that run, as they come: of those that wait for none, always the least. `isLess` is an order without equals. */
    sequence(statuses, isLess) {
      const free = this.ifFree(statuses, isLess);
      if (free) return free;
      const waiting = new Waiting(this, statuses);
      const heap = new inner.Heap(isLess);
      const sequence = [];
      for (;;) {
        waiting.settle().forEach(node => heap.push(node));
        const node = heap.pop();
        if (node === undefined) return sequence;
        sequence.push(node);
        waiting.run(node);
      }
    }

    /** The remedies that run and wait for none, the least first. */
    first(statuses, isLess) {
      return this.ifFree(statuses, isLess) ?? new Waiting(this, statuses).settle().sort((a, b) => isLess(a, b) ? -1 : 1);
    }
  }

  /** For each node how many it waits for. */
  class Waiting {
    constructor(graph, statuses) {
      this.graph = graph;
      this.statuses = statuses;
      /** That are merely before it. */
      this.before = graph.waitsBefore.slice();
      /** That it is to be done after: only what runs waits for these. */
      this.after = graph.waitsAfter.slice();
      /** Nodes with nothing before them; what runs may be there twice. */
      this.reached = [];
      this.hasRun = new Uint8Array(this.before.length);
      this.before.forEach((count, node) => { if (count === 0) this.reached.push(node); });
      for (let node = 0; node < this.before.length; node++) {
        if (this.statusOf(node) === Status.GONE) this.releaseAfter(node);
      }
    }

    statusOf(node) {
      return node < this.graph.remedies ? this.statuses[node] : Status.GONE;
    }

    /** Passes over what does not run, and gives what runs and has come to wait for nothing. */
    settle() {
      const running = [];
      while (this.reached.length > 0) {
        const node = this.reached.pop();
        const status = this.statusOf(node);
        if (status === Status.RUNS && this.after[node] === 0 && !this.hasRun[node]) {
          this.hasRun[node] = 1;
          running.push(node);
        } else if (status === Status.HOLDS_AFTER || status === Status.GONE) {
          this.releaseBefore(node);
        }
      }
      return running;
    }

    run(node) {
      this.releaseBefore(node);
      this.releaseAfter(node);
    }

    releaseBefore(node) {
      for (const to of this.graph.before[node]) {
        this.before[to] -= 1;
        if (this.before[to] === 0) this.reached.push(to);
      }
    }

    releaseAfter(node) {
      for (const to of this.graph.after[node]) {
        this.after[to] -= 1;
        // What waits for both kinds is reached by the last of either.
        if (this.after[to] === 0 && this.before[to] === 0 && this.statusOf(to) === Status.RUNS) this.reached.push(to);
      }
    }
  }

  Object.assign(inner, { Precedence, Status });
})(globalThis.faqc ??= {});
