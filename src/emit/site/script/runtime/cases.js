// The cases that what is known and what was tried leave, and how long things take. Refuses to compare them.
(faqc => {
  "use strict";
  const inner = faqc.inner ??= {};
  const { CERTAIN, PERCENT, MOST_WEIGHT, SECONDS, seconds, part } = inner;

  /** Whether doing an action (with those that it is an alternative of) finds things out, and is not said to do anything else. */
  const onlyFinds = actions => {
    const doesNothing = it =>
      !(it.sets?.length || it.contacts?.length || it.solved?.length) && it.likely_percent === undefined;
    return actions.some(it => it.finds?.length > 0) && actions.every(doesNothing);
  };

  const questionSeconds = (view, question) => seconds(view.table.questions[question]?.seconds, SECONDS.question);
  const contactSeconds = (view, contact) => seconds(view.table.contacts?.[contact]?.seconds, SECONDS.contact);
  const sum = numbers => numbers.reduce((total, it) => total + it, 0);

  /** The seconds that a remedy takes; those of an action that only finds things out are what asking for them takes. */
  const remedySeconds = (view, { what }) => {
    if (!inner.isAction(what)) return contactSeconds(view, ~what);
    const actions = view.ready.actionsOf(what);
    const declared = actions.map(it => it.seconds).filter(it => it !== undefined);
    if (declared.length > 0) return seconds(sum(declared), SECONDS.action);
    const found = actions.flatMap(it => it.finds ?? []).map(it => questionSeconds(view, it));
    return seconds(undefined, onlyFinds(actions) ? sum(found) : SECONDS.action);
  };

  /** Whether a weight, a likelihood or an action's time is declared: else the order is the one shown. */
  const isByCost = view => {
    const entries = view.entries.map((_, place) => view.entryAt(place));
    const declares = action => {
      const all = [];
      view.ready.addWithAlternatives(action, all);
      return all.flatMap(it => view.ready.actionsOf(it)).some(it => it.likely_percent !== undefined || it.seconds !== undefined);
    };
    return entries.some(it => it.weight !== 1) || entries.some(it => (it.actions ?? []).some(offer => declares(offer.action)));
  };

  /** The seconds of the first contact that is there for when nothing is left. */
  const lastResort = view => {
    const counting = view.entries.filter(it => it.verdict !== "excluded").map(it => view.table.entries[it.entry]);
    const contact = counting.flatMap(it => it.otherwise ?? []).find(it => it.contact !== undefined)?.contact;
    const last = contact ?? view.table.default_contact;
    return last === undefined ? SECONDS.contact : contactSeconds(view, last);
  };

  /**
   * Shares a whole among actions and as many others: declared shares first, and what they leave in equal parts. `give` is called
   * with each action and its share. Returns what the first of the others gets.
   */
  const shareAmong = (view, actions, whole, others, give) => {
    const known = actions.filter(it => view.table.actions[it] !== undefined);
    const declared = it => view.table.actions[it].likely_percent;
    const shares = it => declared(it) === undefined && !onlyFinds([view.table.actions[it]]);
    const taken = sum(known.map(it => (declared(it) ?? 0) * PERCENT));
    const count = Math.max(known.filter(shares).length + others, 1);
    const rest = Math.max(whole - taken, 0);
    let at = 0;
    for (const it of known) {
      if (declared(it) !== undefined) give(it, declared(it) * PERCENT);
      else give(it, shares(it) ? part(rest, count, at++) : 0);
    }
    return at < count ? part(rest, count, at) : 0;
  };

  /**
   * How an entry's cases are shared out, in parts of a million: the shares of actions without alternatives, and what no action solves.
   * What an action with alternatives has is shared among these in the same way, without *none does*.
   */
  const sharesOf = (view, entry) => {
    const actions = new Map();
    const offered = [...new Set((entry.actions ?? []).map(it => it.action))];
    const open = [];
    const give = (action, share) => {
      const alternatives = view.table.actions[action].alternatives ?? [];
      if (alternatives.length > 0 && !actions.has(action)) {
        actions.set(action, 0);
        open.push({ among: alternatives, whole: share });
      } else if (!actions.has(action)) {
        actions.set(action, share);
      }
    };
    const none = shareAmong(view, offered, CERTAIN, 1, give);
    while (open.length > 0) {
      const { among, whole } = open.pop();
      shareAmong(view, among, whole, 0, give);
    }
    return { actions, none };
  };

  /**
   * Of each entry that is not excluded those cases that a remedy solves which is left, and the one that none solves, or its contact:
   * `{ place, solvedBy, weight }`, where `solvedBy` is the index of the remedy, or undefined.
   */
  const casesOf = view => view.entries.flatMap(({ entry: index, verdict }, place) => {
    if (verdict === "excluded") return [];
    const entry = view.table.entries[index];
    const factor = Math.min(entry.weight, MOST_WEIGHT);
    const { actions, none } = sharesOf(view, entry);
    const offers = view.offers(place);
    const left = offers.filter(what => view.leftRemedy(what) !== undefined);
    const solved = left.filter(what => inner.isAction(what) && actions.has(what));
    const contact = left.find(what => !inner.isAction(what));
    return [
      ...solved.map(what => ({ place, solvedBy: view.leftRemedy(what), weight: actions.get(what) * factor })),
      { place, solvedBy: contact === undefined ? undefined : view.leftRemedy(contact), weight: none * factor },
    ];
  });

  Object.assign(inner, { onlyFinds, questionSeconds, remedySeconds, isByCost, lastResort, casesOf });
})(globalThis.faqc ??= {});
