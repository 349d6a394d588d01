// What a plan costs from here, and what a question is worth: the cases of a session weighed by the rule of docs/table.md. Refuses to
// know which questions matter and what a step looks like.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};
  const { Status, byWeightPerSecond, bestPrefix, part, questionSeconds, remedySeconds } = inner;

  const MOST = BigInt(Number.MAX_SAFE_INTEGER);

  /**
   * Number where nothing that is reckoned here can pass 2^53, else BigInt. No score has more than twice all seconds for the whole weight;
   * a weight that is shared is multiplied by the number of a fact's cells.
   */
  const typeFor = (cases, factors) => {
    const total = cases.reduce((sum, it) => sum + BigInt(it.weight), 0n);
    const time = factors.reduce((sum, it) => sum + BigInt(it), 1n);
    return total * time * 2n < MOST ? Number : BigInt;
  };

  /** The cases of a view and the times of its remedies. */
  class Scales {
    constructor(view, precedence) {
      this.view = view;
      this.precedence = precedence;
      const cases = inner.casesOf(view);
      const seconds = view.remedies.map(it => remedySeconds(view, it));
      const last = inner.lastResort(view);
      const questions = view.table.questions.map((_, question) => questionSeconds(view, question));
      const longest = questions.reduce((most, it) => Math.max(most, it), 1);
      /** Makes a number one that is counted with here. */
      this.of = typeFor(cases, [...seconds, last, longest, Math.max(1, ...view.ready.layout.count)]);
      this.cases = cases.map(it => ({ ...it, weight: this.of(it.weight) }));
      this.seconds = seconds.map(it => this.of(it));
      this.questionSeconds = questions.map(it => this.of(it));
      this.last = this.of(last);
      this.isByCost = inner.isByCost(view);
      this.now = this.sum(this.cases);
      this.verdicts = view.remedies.map(it => it.verdict);
      this.index(view);
    }

    /** For each fact what its answer may change: conditions that name it, and the places and remedies that these decide about. */
    index(view) {
      const used = new Map();
      const use = (condition, kind, at) => {
        if (!used.has(condition)) used.set(condition, { condition, places: [], remedies: [] });
        used.get(condition)[kind].push(at);
      };
      view.entries.forEach((it, place) => { if (it.condition !== undefined) use(it.condition, "places", place); });
      view.remedies.forEach((it, at) => it.conditions.forEach(condition => use(condition, "remedies", at)));
      this.uses = new Map();
      for (const it of used.values()) {
        for (const fact of view.ready.factsOf(it.condition)) {
          if (!this.uses.has(fact)) this.uses.set(fact, []);
          this.uses.get(fact).push(it);
        }
      }
    }

    /** The weight of all cases, and of those that each remedy solves. */
    sum(cases) {
      const sum = this.nothing();
      cases.forEach(it => this.add(sum, it.solvedBy, it.weight));
      return sum;
    }

    nothing() {
      return { total: this.of(0), weights: this.view.remedies.map(() => this.of(0)) };
    }

    add(sum, solvedBy, weight) {
      sum.total += weight;
      if (solvedBy !== undefined) sum.weights[solvedBy] += weight;
    }

    /** Compares remedies by weights: by weight per second where that counts, then as shown. */
    order(weights) {
      const { seconds, isByCost } = this;
      if (!isByCost) return (a, b) => a < b;
      return (a, b) => (byWeightPerSecond(weights[a], seconds[a], weights[b], seconds[b]) || a - b) < 0;
    }

    /** The same by the cases as they are now. */
    orderNow() {
      return this.order(this.now.weights);
    }

    /** The score of trying what is certain, in its order, as far as that is best. */
    plan() {
      return this.planFor(this.now, this.verdicts);
    }

    /** The score of asking a question about one fact now. */
    ask(question, fact) {
      return this.now.total * this.questionSeconds[question] + this.afterAnswer(fact, this.cases);
    }

    /** The score of trying a remedy first, and asking when it did not help. */
    tryThenAsk(remedy, question, fact) {
      const left = this.cases.filter(it => it.solvedBy !== remedy);
      const trying = this.now.total * this.seconds[remedy];
      const asking = this.sum(left).total * this.questionSeconds[question];
      return trying + asking + this.afterAnswer(fact, left, remedy);
    }

    /** The sum over the answers, each with its share of the weight of every case that allows it. */
    afterAnswer(fact, cases, without) {
      const worlds = this.view.possible[fact].map(cell => this.world(fact, cell));
      const sums = worlds.map(() => this.nothing());
      const all = worlds.map((_, at) => at);
      for (const { place, solvedBy, weight } of cases) {
        const allowing = all.filter(at => !worlds[at].excluded.has(place) && worlds[at].verdicts[solvedBy] !== "excluded");
        const among = allowing.length > 0 ? allowing : all;
        const count = this.of(among.length);
        among.forEach((at, nth) => this.add(sums[at], solvedBy, part(weight, count, this.of(nth))));
      }
      return worlds.reduce((score, world, at) => score + this.planFor(sums[at], world.verdicts, without), this.of(0));
    }

    /** The score of the plan for such weights when the remedies have such verdicts; one of them may be left out. */
    planFor({ total, weights }, verdicts, without) {
      const status = (remedy, at) => {
        if (!remedy.isLeft || at === without) return Status.GONE;
        if (verdicts[at] === "certain") return Status.RUNS;
        return verdicts[at] === "possible" ? Status.HOLDS_AFTER : Status.GONE;
      };
      const sequence = this.precedence.sequence(this.view.remedies.map(status), this.order(weights));
      return bestPrefix(total, sequence.map(at => ({ weight: weights[at], seconds: this.seconds[at] })), this.last);
    }

    /** Once a fact is known to be in a cell: the remedies' verdicts, and the places of entries that are excluded. */
    world(fact, cell) {
      const { view } = this;
      const evidence = view.evidence.copy();
      evidence.set(fact, [cell]);
      const uses = this.uses.get(fact) ?? [];
      const changed = new Map(uses.map(it => [it.condition, inner.verdict(view.ready, it.condition, false, evidence)]));
      const judge = condition => changed.get(condition) ?? view.judge(condition);
      const verdicts = this.verdicts.slice();
      for (const at of new Set(uses.flatMap(it => it.remedies))) {
        verdicts[at] = inner.anyOf(view.remedies[at].conditions.map(judge));
      }
      return { verdicts, excluded: this.excludedIn(changed) };
    }

    excludedIn(changed) {
      const isExcluded = ({ condition, verdict }) => (changed.get(condition) ?? verdict) === "excluded";
      return new Set(this.view.entries.flatMap((it, place) => isExcluded(it) ? [place] : []));
    }
  }

  inner.Scales = Scales;
})(globalThis.faqc ??= {});
