// Whether to ask or to act, and what: the rule of docs/table.md. Refuses to know where to go when nothing is left.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};
  const { Status, factsThatMatter, onlyFinds } = inner;

  class Chooser {
    constructor(view) {
      this.view = view;
      this.matterWhere(() => false);
      if (!view.remedies.some(it => this.finds(it).length > 0)) return;
      const pointless = view.remedies.map(it => !this.finds(it).some(question => this.questions.has(question)));
      this.matterWhere((_, at) => pointless[at]);
    }

    /** Finds out which facts matter to which remedy, where an action that only finds things out may be for itself. */
    matterWhere(isForItself) {
      /** For each remedy the facts that matter to it. */
      this.matters = this.view.remedies.map((it, at) => this.factsFor(it, isForItself(it, at)));
      this.collectQuestions();
    }

    /**
     * The facts that matter to a remedy that is left. To an action that only finds things out none do while these matter, for they
     * can be asked for as well; where it is for itself, or hands over to entries that are not in play, all but what it finds.
     */
    factsFor(remedy, isForItself) {
      const finds = this.finds(remedy);
      const isOpen = remedy.isLeft && remedy.verdict === "possible";
      if (!isOpen || finds.length > 0 && !isForItself && !this.leadsOn(remedy)) return [];
      const { facts } = this.view.table;
      return factsThatMatter(this.view, remedy.conditions).filter(fact => !finds.includes(facts[fact].question));
    }

    /** Questions whose answers matter: their facts that do, and the places of the entries that they matter to. */
    collectQuestions() {
      const { view } = this;
      this.questions = new Map();
      view.remedies.forEach((it, at) => this.collect(it.place, this.matters[at]));
      view.entries.forEach(({ condition }, place) => {
        if (condition === undefined || !inner.isBare(view.entryAt(place)) || view.isSpent(place)) return;
        this.collect(place, factsThatMatter(view, [condition]));
      });
    }

    collect(place, facts) {
      for (const fact of facts) {
        const { question } = this.view.table.facts[fact];
        if (!this.questions.has(question)) this.questions.set(question, { facts: new Set(), places: new Set() });
        const relevance = this.questions.get(question);
        relevance.facts.add(fact);
        relevance.places.add(place);
      }
    }

    /** Actions that only find things out of which some are known and none of the others matters. */
    idle() {
      return this.view.remedies.filter(remedy => {
        const finds = this.finds(remedy);
        const open = finds.filter(question => !this.view.isSettled(question));
        const isIdle = open.length < finds.length && !open.some(question => this.questions.has(question));
        return remedy.isLeft && isIdle && !this.leadsOn(remedy);
      });
    }

    /** Whether an action hands over to an entry that is not in play, and may be entered. */
    leadsOn({ what }) {
      if (!inner.isAction(what)) return false;
      const then = this.view.ready.actionsOf(what).flatMap(it => it.then ?? []);
      return then.some(target => this.view.mayEnter(target) && !this.view.inPlay.has(target));
    }

    /** The questions that an action finds the answers to, where it does nothing else. */
    finds({ what }) {
      if (!inner.isAction(what)) return [];
      const actions = this.view.ready.actionsOf(what);
      return onlyFinds(actions) ? actions.flatMap(it => it.finds ?? []) : [];
    }

    /** The next question, action or contact of an entry; undefined when nothing is left. */
    next() {
      const found = this.view.session.found.find(question => this.questions.has(question));
      if (found !== undefined) return this.ask(found);
      this.precedence = new inner.Precedence(this.view);
      const scales = new inner.Scales(this.view, this.precedence, this.asked());
      const available = this.available(scales);
      const best = this.bestQuestion(scales);
      if (available.length > 0) {
        const asks = best && !this.isWorthDoing(available[0]) && this.isBetter(scales, available[0], best);
        return asks ? this.findOut(best.question, available) : this.propose(available[0]);
      }
      if (best) return this.ask(best.question);
      const remedy = this.possible(scales);
      return remedy === undefined ? undefined : this.propose(remedy);
    }

    /** The questions that matter, each with every fact that does. */
    asked() {
      return [...this.questions].flatMap(([question, { facts }]) => [...facts].map(fact => ({ question, fact })));
    }

    /** Whether asking now is better than trying the remedy first, whether the question is asked after it or never. */
    isBetter(scales, remedy, best) {
      return best.score < scales.plan() && best.score < scales.tryThenAsk(remedy, best);
    }

    /** The certain remedies that wait for nothing, the best first. */
    available(scales) {
      const status = (remedy, at) => {
        if (!remedy.isLeft) return Status.GONE;
        if (remedy.verdict === "certain") return this.isDear(remedy) ? Status.HOLDS : Status.RUNS;
        if (remedy.verdict !== "possible") return Status.GONE;
        return this.matters[at].length > 0 ? Status.HOLDS : Status.HOLDS_AFTER;
      };
      return this.precedence.first(this.view.remedies.map(status), scales.orderNow());
    }

    /** What is only possible, in its order; then what waits in a circle. */
    possible(scales) {
      const { remedies } = this.view;
      const statuses = remedies.map(it => it.isLeft && it.verdict === "possible" ? Status.RUNS : Status.GONE);
      const [first] = this.precedence.sequence(statuses, scales.orderNow());
      const left = verdict => remedies.findIndex(it => it.isLeft && it.verdict === verdict);
      return [first, left("certain"), left("possible")].find(at => at !== undefined && at >= 0);
    }

    /** Whether an action only finds things out, and asking for those that matter takes less time. */
    isDear(remedy) {
      const mattering = this.finds(remedy).filter(question => this.questions.has(question));
      const asking = mattering.reduce((sum, question) => sum + inner.questionSeconds(this.view, question), 0);
      return mattering.length > 0 && inner.remedySeconds(this.view, remedy) > asking;
    }

    /** Whether an action that only finds things out finds some that matter. */
    isWorthDoing(remedy) {
      return this.finds(this.view.remedies[remedy]).some(question => this.questions.has(question));
    }

    /** The question, or an action that may be done now and finds its answer. */
    findOut(question, available) {
      const finder = available.find(at => this.finds(this.view.remedies[at]).includes(question));
      return finder === undefined ? this.ask(question) : this.propose(finder);
    }

    /**
     * The question with the least score, among those that certainly make sense if there are any: with the fact that it is weighed by,
     * and the score. The lesser index of equals.
     */
    bestQuestion(scales) {
      const questions = inner.ascending(this.questions.keys());
      const applicable = questions.filter(question => this.view.isApplicable(question));
      const among = applicable.length > 0 ? applicable : questions;
      const isCertain = this.view.remedies.some(it => it.isLeft && it.verdict === "certain");
      if (among.length === 1 && !isCertain) return { question: among[0] };
      let best;
      for (const question of among) {
        for (const fact of inner.ascending(this.questions.get(question).facts)) {
          const score = scales.ask({ question, fact });
          if (best === undefined || score < best.score) best = { question, fact, score };
        }
      }
      return best;
    }

    propose(at) {
      const { what, place, verdict } = this.view.remedies[at];
      const { entry } = this.view.entries[place];
      if (!inner.isAction(what)) return { step: "contact", contact: ~what, from: { entry } };
      return { step: "do", action: what, entry, certain: verdict === "certain" };
    }

    ask(question) {
      const places = inner.ascending(this.questions.get(question).places);
      return inner.askStep(this.view, question, places.map(place => this.view.entries[place].entry));
    }
  }

  /** A question with the ways to find the answer out that are not excluded. */
  inner.askStep = (view, question, entries) => {
    const ways = view.table.questions[question].procedures ?? [];
    const isExcluded = it => it.condition !== undefined && view.judge(it.condition) === "excluded";
    const procedures = ways.flatMap((it, place) => isExcluded(it) ? [] : [place]);
    return { step: "ask", question, procedures, entries };
  };

  /** What chooses the next step of a view, whose pointless actions are not left any more: none is left after that. */
  inner.chooserOf = view => {
    const chooser = new Chooser(view);
    const idle = chooser.idle();
    idle.forEach(remedy => { remedy.isLeft = false; });
    return idle.length === 0 ? chooser : new Chooser(view);
  };
})(globalThis.faqc ??= {});
