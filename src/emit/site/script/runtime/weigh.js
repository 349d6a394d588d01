// What a plan costs from here, and what a question is worth: the cases of a session weighed by the rule of docs/table.md. Refuses to
// know which questions matter and what a step looks like.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};
  const { Status, byWeightPerSecond, bestPrefix, part, questionSeconds, remedySeconds } = inner;

  const MOST = BigInt(Number.MAX_SAFE_INTEGER);
  /** A second question is reckoned with where the number of cells squared, times that of remedies, is at most this. */
  const MOST_LOOKED_AT = 20_000;

  /**
   * Number where nothing that is reckoned here can pass 2^53, else BigInt. A score is at most the last resort for the whole weight, with
   * one remedy and one question before it; a weight that is shared is multiplied by the number of a fact's cells.
   */
  const typeFor = (cases, factors) => {
    const total = cases.reduce((sum, it) => sum + BigInt(it.weight), 0n);
    const time = factors.reduce((sum, it) => sum + BigInt(it), 1n);
    return total * time < MOST ? Number : BigInt;
  };

  const addTo = (lists, key, it) => {
    if (lists.has(key)) lists.get(key).push(it);
    else lists.set(key, [it]);
  };

  /** The cases of a view and the times of its remedies. What cases weigh is a list, in the order of `cases`. */
  class Scales {
    /** `asked` are the questions that matter, each with every fact that does: `{ question, fact }`. */
    constructor(view, precedence, asked) {
      this.view = view;
      this.precedence = precedence;
      this.asked = asked;
      this.cases = inner.casesOf(view);
      const seconds = view.remedies.map(it => remedySeconds(view, it));
      const last = inner.lastResort(view);
      const questions = view.table.questions.map((_, question) => questionSeconds(view, question));
      const most = numbers => numbers.reduce((most, it) => Math.max(most, it), 1);
      /** Makes a number one that is counted with here. */
      this.of = typeFor(this.cases, [most(seconds), last, most(questions), most(view.ready.layout.count)]);
      this.weights = this.cases.map(it => this.of(it.weight));
      this.seconds = seconds.map(it => this.of(it));
      this.questionSeconds = questions.map(it => this.of(it));
      this.last = this.of(last);
      this.isByCost = inner.isByCost(view);
      this.looksAhead = this.isLittleWork();
      this.now = { evidence: view.evidence, changed: new Map(), verdicts: view.remedies.map(it => it.verdict), excluded: new Set() };
      this.even = new Map();
      this.index();
    }

    /** Whether a second question is reckoned with after each answer to the first. */
    isLittleWork() {
      const cells = this.asked.reduce((sum, { fact }) => sum + this.view.possible[fact].length, 0);
      return cells * cells * this.view.remedies.filter(it => it.isLeft).length <= MOST_LOOKED_AT;
    }

    /** For each fact what its answer may change: conditions that name it, and the places, remedies and cases that these decide about. */
    index() {
      const { view } = this;
      const [at, solvedBy] = [new Map(), new Map()];
      this.cases.forEach((it, index) => {
        addTo(at, it.place, index);
        addTo(solvedBy, it.solvedBy, index);
      });
      const used = new Map();
      const use = (condition, kind, index, cases) => {
        if (!used.has(condition)) used.set(condition, { condition, places: [], remedies: [], cases: [] });
        used.get(condition)[kind].push(index);
        used.get(condition).cases.push(...(cases ?? []));
      };
      view.entries.forEach((it, place) => { if (it.condition !== undefined) use(it.condition, "places", place, at.get(place)); });
      view.remedies.forEach((it, index) => it.conditions.forEach(condition => use(condition, "remedies", index, solvedBy.get(index))));
      this.uses = new Map();
      for (const it of used.values()) {
        for (const fact of view.ready.factsOf(it.condition)) addTo(this.uses, fact, it);
      }
    }

    sum(weights) {
      let sum = this.of(0);
      for (const weight of weights) sum += weight;
      return sum;
    }

    /** What the cases weigh, with the sum of it and the part that each remedy solves. */
    tally(weights) {
      const solved = this.view.remedies.map(() => this.of(0));
      this.cases.forEach(({ solvedBy }, index) => { if (solvedBy !== undefined) solved[solvedBy] += weights[index]; });
      return { weights, sum: this.sum(weights), solved };
    }

    /** Compares remedies by the weights that they solve: by weight per second where that counts, then as shown. */
    order(solved) {
      const { seconds, isByCost } = this;
      if (!isByCost) return (a, b) => a < b;
      return (a, b) => (byWeightPerSecond(solved[a], seconds[a], solved[b], seconds[b]) || a - b) < 0;
    }

    /** The same by the cases as they are now. */
    orderNow() {
      return this.order(this.tally(this.weights).solved);
    }

    /** The score of trying what is certain, in its order, as far as that is best. */
    plan() {
      return this.planFor(this.now, this.tally(this.weights));
    }

    /** The score of asking a question about one fact now. */
    ask(asked) {
      return this.askIn(this.now, this.weights, asked, undefined, this.looksAhead);
    }

    /** The score of trying a remedy first, and asking when it did not help. */
    tryThenAsk(remedy, asked) {
      const left = this.weights.map((weight, index) => this.cases[index].solvedBy === remedy ? this.of(0) : weight);
      const trying = this.sum(this.weights) * this.seconds[remedy];
      return trying + this.askIn(this.now, left, asked, remedy, this.looksAhead);
    }

    /**
     * The time of asking, and the sum over the answers, each with its share of the weight of every case that allows it. `without` is a
     * remedy that is left out.
     */
    askIn(world, weights, { question, fact }, without, looksAhead) {
      const cells = inner.possibleCells(this.view.ready, fact, world.evidence.copy());
      const worlds = cells.map(cell => this.world(world, fact, cell));
      const shares = this.share(weights, worlds, fact);
      const asking = this.sum(weights) * this.questionSeconds[question];
      return worlds.reduce((score, it, at) => score + this.follow(it, shares[at], without, looksAhead), asking);
    }

    /** The score of the plan after an answer, or of another question before it where that is looked at and better. */
    follow(world, share, without, looksAhead) {
      const plan = this.planFor(world, share, without);
      if (!looksAhead) return plan;
      const weights = share.weights.slice();
      share.changes.forEach(({ index, weight }) => { weights[index] = weight; });
      const open = this.asked.filter(({ fact }) => world.evidence.cells(fact).length > 1);
      const scores = open.map(asked => this.askIn(world, weights, asked, without, false));
      return scores.reduce((least, score) => score < least ? score : least, plan);
    }

    /** What the cases weigh after each answer, if all of them are possible with every one. Kept for what they weigh now. */
    evenly(weights, count) {
      const known = weights === this.weights ? this.even.get(count) : undefined;
      if (known) return known;
      const shared = nth => weights.map(it => part(it, this.of(count), this.of(nth)));
      const even = Array.from({ length: count }, (_, nth) => this.tally(shared(nth)));
      if (weights === this.weights) this.even.set(count, even);
      return even;
    }

    /**
     * Shares each case among the answers with which neither its entry nor its remedy is excluded; among all, if there is none. For each
     * answer what `evenly` gives, with the `changes` to its weights, for who looks ahead, that its `sum` and what is `solved` include.
     */
    share(weights, worlds, fact) {
      const even = this.evenly(weights, worlds.length);
      const shares = even.map(it => ({ ...it, solved: it.solved.slice(), changes: [] }));
      for (const index of new Set((this.uses.get(fact) ?? []).flatMap(it => it.cases))) {
        const { place, solvedBy } = this.cases[index];
        const allows = worlds.map(it => !it.excluded.has(place) && it.verdicts[solvedBy] !== "excluded");
        const count = allows.filter(Boolean).length;
        if (count === 0 || count === worlds.length) continue;
        let nth = 0;
        shares.forEach((share, at) => {
          const weight = allows[at] ? part(weights[index], this.of(count), this.of(nth++)) : this.of(0);
          const change = weight - share.weights[index];
          if (this.looksAhead) share.changes.push({ index, weight });
          share.sum += change;
          if (solvedBy !== undefined) share.solved[solvedBy] += change;
        });
      }
      return shares;
    }

    /** The score of the plan in a world, for a tally of what the cases weigh there; one of the remedies may be left out. */
    planFor({ verdicts }, { sum, solved }, without) {
      const { remedies } = this.view;
      const status = at => {
        if (!remedies[at].isLeft || at === without) return Status.GONE;
        if (verdicts[at] === "certain") return Status.RUNS;
        return verdicts[at] === "possible" ? Status.HOLDS_AFTER : Status.GONE;
      };
      const statuses = new Uint8Array(remedies.length);
      for (let at = 0; at < remedies.length; at += 1) statuses[at] = status(at);
      const sequence = this.precedence.sequence(statuses, this.order(solved));
      return bestPrefix(sum, sequence.map(at => ({ weight: solved[at], seconds: this.seconds[at] })), this.last);
    }

    /** A world in which a fact is known to be in a cell: the remedies' verdicts, and the places of entries that are excluded by that. */
    world(from, fact, cell) {
      const { view } = this;
      const evidence = from.evidence.copy();
      evidence.set(fact, [cell]);
      const world = { evidence, changed: new Map(from.changed), verdicts: from.verdicts.slice(), excluded: new Set(from.excluded) };
      const uses = this.uses.get(fact) ?? [];
      uses.forEach(({ condition }) => world.changed.set(condition, inner.verdict(view.ready, condition, false, evidence)));
      const judge = condition => world.changed.get(condition) ?? view.judge(condition);
      for (const { condition, places, remedies } of uses) {
        const isExcluded = judge(condition) === "excluded";
        places.forEach(place => isExcluded ? world.excluded.add(place) : world.excluded.delete(place));
        remedies.forEach(at => { world.verdicts[at] = inner.anyOf(view.remedies[at].conditions.map(judge)); });
      }
      return world;
    }
  }

  inner.Scales = Scales;
})(globalThis.faqc ??= {});
