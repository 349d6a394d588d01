// A session as the reader sees it: the entries in play, what they offer, and what is left of that. Refuses to decide what comes next.
//
// What is offered is a number: an action's index, or ~index of a contact, which is negative.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};

  const isAction = what => what >= 0;

  /** Whether an entry has neither actions nor contacts. */
  const isBare = entry =>
    !(entry.actions?.length || entry.contacts?.length || entry.notes?.some(step => step.kind === "contact"));

  class View {
    /** `opened` is a session as `openSession` gives it; `extra` are entries entered besides its own, the latest last. */
    constructor(ready, opened, extra) {
      this.ready = ready;
      this.table = ready.table;
      this.session = opened;
      this.evidence = inner.evidenceOf(ready, opened.evidence);
      this.isContradictory = inner.isContradictory(ready, this.evidence);
      /** For each fact the cells that some situation inside the evidence has. */
      this.possible = this.table.facts.map((_, fact) => inner.possibleCells(ready, fact, this.evidence));
      this.verdicts = new Map();
      this.symptom = this.table.symptoms[opened.symptom];
      this.listed = new Map((this.symptom?.entries ?? []).toReversed().map(it => [it.entry, it]));
      /** In order, whatever their verdict: `{ entry, condition, verdict, group }`; those of a lesser group come first. */
      this.entries = [];
      this.inPlay = new Set();
      const groups = [...extra.map(it => [it]).toReversed(), ...opened.entered.toReversed()];
      groups.forEach((entries, group) => entries.forEach(entry => this.putInPlay(entry, group)));
      this.symptom?.entries.forEach(it => this.putInPlay(it.entry, groups.length));
      this.lookForRemedies();
      this.followSpent(groups.length + 1);
    }

    judge(condition) {
      let verdict = this.verdicts.get(condition);
      if (verdict === undefined) {
        verdict = inner.verdict(this.ready, condition, this.isContradictory, this.evidence);
        this.verdicts.set(condition, verdict);
      }
      return verdict;
    }

    /** Whether a question was asked, or its answer follows from what is known. */
    isSettled(question) {
      return this.session.asked.has(question) || this.isKnown(question);
    }

    /** Whether no fact of a question has more than one cell left. */
    isKnown(question) {
      return (this.table.questions[question]?.facts ?? []).every(fact => this.possible[fact].length < 2);
    }

    /** The possible cells of a fact that are answers: all but *not applicable*. */
    answers(fact) {
      return this.possible[fact].filter(cell => !this.table.facts[fact].cells[cell].not_applicable);
    }

    /** Whether a question certainly makes sense. */
    isApplicable(question) {
      return this.table.questions[question].facts.every(fact => this.possible[fact].length === this.answers(fact).length);
    }

    entryAt(place) {
      return this.table.entries[this.entries[place].entry];
    }

    /** Whether an entry has nothing more to offer. One that never offered anything is spent when it was told. */
    isSpent(place) {
      if (isBare(this.entryAt(place))) return this.session.told.has(this.entries[place].entry);
      return !this.offers(place).some(what => this.leftRemedy(what) !== undefined);
    }

    /** The index of the remedy that something offered is, if it is left. */
    leftRemedy(what) {
      const at = this.remedyOf.get(what);
      return at !== undefined && this.remedies[at].isLeft ? at : undefined;
    }

    /** Entries in play that offer an action, or one that it is an alternative of. */
    entriesOffering(action) {
      const lineage = this.ready.lineage(action);
      const offers = it => (this.table.entries[it.entry].actions ?? []).some(offer => lineage.includes(offer.action));
      return this.entries.filter(it => it.verdict !== "excluded" && offers(it)).map(it => it.entry);
    }

    putInPlay(entry, group) {
      if (!(entry < this.table.entries.length) || this.inPlay.has(entry)) return;
      const condition = this.conditionOf(entry);
      const verdict = condition === undefined ? "possible" : this.judge(condition);
      this.inPlay.add(entry);
      this.entries.push({ entry, condition, verdict, group });
    }

    /** In the order of their entries, each once: `{ what, place, verdict, conditions, isLeft }`. */
    lookForRemedies() {
      this.actionConditions = this.conditionsOfActions();
      this.offered = this.entries.map((_, place) => this.findOffers(place));
      this.remedies = [];
      this.remedyOf = new Map();
      this.offered.forEach((offers, place) => offers.forEach(what => {
        if (this.remedyOf.has(what)) return;
        this.remedyOf.set(what, this.remedies.length);
        this.remedies.push(this.remedy(what, place));
      }));
    }

    /** Whoever knows all that an action finds out goes on with its `then` without doing it. */
    followSpent(group) {
      for (;;) {
        const before = this.entries.length;
        const certain = this.remedies.filter(it => it.verdict === "certain" && isAction(it.what)).map(it => it.what);
        const spent = certain.filter(action => !this.isTried(action) && this.findsNothing(action));
        const targets = spent.flatMap(action => this.ready.actionsOf(action)).flatMap(it => it.then ?? []);
        targets.filter(entry => this.mayEnter(entry)).forEach(entry => this.putInPlay(entry, group));
        if (this.entries.length === before) return;
        this.lookForRemedies();
      }
    }

    /** When an entry applies: by the symptom's list, or else by itself. */
    conditionOf(entry) {
      return this.listed.get(entry)?.condition ?? this.table.entries[entry]?.alone?.condition;
    }

    /** Whether an entry, in play or not, was not visited and applies in some situation inside the evidence. */
    mayEnter(entry) {
      const condition = this.conditionOf(entry);
      const isExcluded = condition !== undefined && this.judge(condition) === "excluded";
      return !isExcluded && !inner.hasVisited(this.session, entry);
    }

    conditionsOfActions() {
      const others = this.entries.filter(it => !this.listed.has(it.entry));
      const alone = others.flatMap(it => this.table.entries[it.entry].alone?.actions ?? []);
      const conditions = new Map();
      for (const { action, condition } of [...(this.symptom?.actions ?? []), ...alone]) {
        const known = conditions.get(action) ?? [];
        if (!known.includes(condition)) known.push(condition);
        conditions.set(action, known);
      }
      return conditions;
    }

    /** What an entry in play offers, in order: an action before its alternatives, and contacts last. Nothing, when it is excluded. */
    offers(place) {
      return this.offered[place];
    }

    findOffers(place) {
      if (this.entries[place].verdict === "excluded") return [];
      const entry = this.entryAt(place);
      const actions = [];
      for (const { action, cause } of entry.actions ?? []) {
        const condition = entry.causes?.[cause]?.condition;
        const applies = condition === undefined || this.judge(condition) !== "excluded";
        if (applies) this.ready.addWithAlternatives(action, actions);
      }
      return [...actions, ...this.contacts(entry).map(contact => ~contact)];
    }

    /** The contacts that an entry names, those in its notes too where they certainly apply. */
    contacts(entry) {
      const contacts = [...(entry.contacts ?? [])];
      const open = [entry.notes ?? []];
      while (open.length > 0) {
        for (const step of open.pop()) {
          if (step.kind === "contact") contacts.push(step.contact);
          if (step.kind !== "branches") continue;
          const certain = step.branches.filter(it => this.judge(it.condition) === "certain");
          open.push(...certain.map(it => it.steps));
        }
      }
      return contacts;
    }

    remedy(what, place) {
      const { verdict, condition } = this.entries[place];
      if (isAction(what)) {
        const conditions = this.actionConditions.get(what) ?? [];
        return { what, place, verdict: this.actionVerdict(what), conditions, isLeft: this.isActionLeft(what) };
      }
      const conditions = condition === undefined ? [] : [condition];
      return { what, place, verdict, conditions, isLeft: !this.session.contacted.has(~what) };
    }

    isActionLeft(action) {
      return this.actionVerdict(action) !== "excluded"
        && !this.isTried(action) && !this.findsNothing(action) && !this.isDivided(action);
    }

    actionVerdict(action) {
      return inner.anyOf((this.actionConditions.get(action) ?? []).map(it => this.judge(it)));
    }

    /** It was tried, or what it is an alternative of was. */
    isTried(action) {
      return this.ready.lineage(action).some(it => this.session.tried.has(it));
    }

    /** It is there to find something out, and all of that is known or was asked. */
    findsNothing(action) {
      const finds = this.ready.actionsOf(action).flatMap(it => it.finds ?? []);
      return finds.length > 0 && finds.every(question => this.isSettled(question));
    }

    /** One of its alternatives is to be tried, or was. */
    isDivided(action) {
      if (!this.table.actions[action]?.alternatives?.length) return false;
      const alternatives = [];
      this.ready.addWithAlternatives(action, alternatives);
      const counts = it => this.session.tried.has(it) || this.actionVerdict(it) !== "excluded";
      return alternatives.some(it => it !== action && counts(it));
    }
  }

  Object.assign(inner, { View, isAction, isBare });
})(globalThis.faqc ??= {});
