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

  const addTo = (lists, key, it) => {
    if (lists.has(key)) lists.get(key).push(it);
    else lists.set(key, [it]);
  };

  const add = (sum, { solvedBy }, weight) => {
    sum.total += weight;
    if (solvedBy !== undefined) sum.weights[solvedBy] += weight;
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
      this.now = this.sum(it => it.weight);
      this.even = new Map();
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
        for (const fact of view.ready.factsOf(it.condition)) addTo(this.uses, fact, it);
      }
      [this.casesAt, this.casesSolvedBy] = [new Map(), new Map()];
      for (const it of this.cases) {
        addTo(this.casesAt, it.place, it);
        addTo(this.casesSolvedBy, it.solvedBy, it);
      }
    }

    /** The weight of all cases, and of those that each remedy solves; of each case as much as `weightOf` says. */
    sum(weightOf) {
      const sum = { total: this.of(0), weights: this.view.remedies.map(() => this.of(0)) };
      this.cases.forEach(it => add(sum, it, weightOf(it)));
      return sum;
    }

    /** What there is for each of so many cells of a fact, when every case is possible with all of them. */
    evenly(count) {
      if (!this.even.has(count)) {
        const nth = at => this.sum(it => part(it.weight, this.of(count), this.of(at)));
        this.even.set(count, Array.from({ length: count }, (_, at) => nth(at)));
      }
      return this.even.get(count);
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
      return this.now.total * this.questionSeconds[question] + this.afterAnswer(fact);
    }

    /** The score of trying a remedy first, and asking when it did not help. */
    tryThenAsk(remedy, question, fact) {
      const left = this.now.total - this.now.weights[remedy];
      const trying = this.now.total * this.seconds[remedy];
      return trying + left * this.questionSeconds[question] + this.afterAnswer(fact, remedy);
    }

    /**
     * The sum over the answers, each with its share of the weight of every case that allows it; without a remedy, if one is given, and
     * the cases that it solves.
     */
    afterAnswer(fact, without) {
      const worlds = this.view.possible[fact].map(cell => this.world(fact, cell));
      const sums = this.evenly(worlds.length).map(({ total, weights }) => ({ total, weights: weights.slice() }));
      const gone = without === undefined ? [] : this.casesSolvedBy.get(without) ?? [];
      for (const it of new Set([...this.casesNaming(fact), ...gone])) {
        this.take(it, sums);
        if (!gone.includes(it)) this.share(it, worlds, sums);
      }
      return worlds.reduce((score, world, at) => score + this.planFor(sums[at], world.verdicts, without), this.of(0));
    }

    /** The cases whose entry or remedy an answer may exclude. */
    casesNaming(fact) {
      const uses = this.uses.get(fact) ?? [];
      const at = uses.flatMap(it => it.places).flatMap(place => this.casesAt.get(place) ?? []);
      return [...at, ...uses.flatMap(it => it.remedies).flatMap(remedy => this.casesSolvedBy.get(remedy) ?? [])];
    }

    /** Takes away what a case has when it is shared evenly. */
    take(it, sums) {
      sums.forEach((sum, at) => add(sum, it, -part(it.weight, this.of(sums.length), this.of(at))));
    }

    /** Shares a case among the cells with which neither its entry nor its remedy is excluded; among all, if there is none. */
    share(it, worlds, sums) {
      const allows = ({ excluded, verdicts }) => !excluded.has(it.place) && verdicts[it.solvedBy] !== "excluded";
      const allowing = sums.filter((_, at) => allows(worlds[at]));
      const among = allowing.length > 0 ? allowing : sums;
      among.forEach((sum, nth) => add(sum, it, part(it.weight, this.of(among.length), this.of(nth))));
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

    /** Once a fact is known to be in a cell: the remedies' verdicts, and the places of entries that are excluded by that. */
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
      const places = uses.filter(it => changed.get(it.condition) === "excluded").flatMap(it => it.places);
      return { verdicts, excluded: new Set(places) };
    }
  }

  inner.Scales = Scales;
})(globalThis.faqc ??= {});
