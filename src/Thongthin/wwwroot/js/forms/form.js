// Evaluates a form on the entry page: what is relevant, calculated, required, wrong and missing, from the definition that
// FormDefinition.ToBrowserJson writes and the answers as stored. The same two passes as Validation/EvaluationRun.cs; the
// server computes it again and always wins.

import { calculated, contentOf, problemOf, valueOf } from "./answers.js";
import { evaluate } from "./expressions.js";
import { documentOfList } from "./nodes.js";
import { isEmpty, toBoolean, toNumber, toText, words } from "./values.js";
import { filter } from "./walk.js";

const NEVER_TYPED = new Set(["note", "calculate", "hidden"]);

const ROW_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NO_ROW_ID = "00000000-0000-0000-0000-000000000000";

/**
 * @param definition as ToBrowserJson writes it
 * @param answers as stored: {name: value, repeat: [{_id, name: value}]}
 * @param context {today: "yyyy-mm-dd", fiscalYear: number or null} and what else expressions.js knows
 * @returns {fields: Map of path → {name, relevant, required, value}, issues: [{code, severity, path, message}], content,
 *   parts: Map of top-level name → counts, completeness: counts, choices(): Map of path → names that are offered}
 */
export function evaluateForm(definition, answers, context) {
  return new Run(definition, answers, context).run();
}

class Scope {
  constructor(run, parent, repeat, path, answers) {
    Object.assign(this, { run, parent, repeat, path, answers });
    this.values = new Map();
    this.relevance = new Map();
    this.rows = new Map();
    this.nodes = new Map();
    for (const inner of run.repeatsIn(repeat)) {
      const rows = rowsOf(answers[inner]);
      const prefix = path === "" ? "" : `${path}.`;
      this.rows.set(
        inner,
        rows.map((row) => new Scope(run, this, inner, `${prefix}${inner}[${row._id.toLowerCase()}]`, row)),
      );
    }
  }

  pathOf(name) {
    return this.path === "" ? name : `${this.path}.${name}`;
  }

  /** The form or the row itself, as paths walk it. */
  get self() {
    this.ownNode ??= new AnswerNode(this.run, this, this.run.byName.get(this.repeat) ?? null);
    return this.ownNode;
  }

  nodeOf(name) {
    if (!this.nodes.has(name)) this.nodes.set(name, new AnswerNode(this.run, this, this.run.byName.get(name)));
    return this.nodes.get(name);
  }

  isRelevant(name) {
    return this.relevance.get(name) ?? true;
  }

  /** All scopes of a repeat (null: the sheet) at or below this one. */
  below(repeat) {
    if (repeat === this.repeat) return [this];
    return this.below(this.run.repeatOf(repeat)).flatMap((scope) => scope.rows.get(repeat) ?? []);
  }
}

/** The form, a group, a row or a question of one sheet, as paths walk it. */
class AnswerNode {
  constructor(run, scope, node) {
    Object.assign(this, { run, scope, node });
    this.name = node?.name ?? "data";
  }

  get parent() {
    if (this.node === null) {
      this.document ??= { name: "", parent: null, children: [this], value: "", key: "" };
      return this.document;
    }
    const scope = this.isRow ? this.scope.parent : this.scope;
    const parent = this.run.byName.get(this.node.parent);
    return parent === undefined || parent.kind === "repeat" ? scope.self : scope.nodeOf(parent.name);
  }

  get children() {
    return this.run
      .childrenOf(this.node?.name)
      .filter((child) => this.scope.isRelevant(child.name))
      .flatMap((child) =>
        child.kind === "repeat" ? this.scope.rows.get(child.name).map((row) => row.self) : [this.scope.nodeOf(child.name)],
      );
  }

  get value() {
    return this.node?.kind === "question" ? (this.scope.values.get(this.name) ?? "") : "";
  }

  get key() {
    return this.node === null || this.isRow ? this.scope.path : this.scope.pathOf(this.name);
  }

  get isRow() {
    return this.node?.kind === "repeat";
  }
}

const isRow = (row) =>
  typeof row === "object" && row !== null && ROW_ID.test(row._id ?? "") && row._id !== NO_ROW_ID;

// Rows with a valid id, each id once; whatever else stands in the array is not a row.
function rowsOf(stored) {
  const rows = new Map();
  for (const row of Array.isArray(stored) ? stored.filter(isRow) : []) {
    if (!rows.has(row._id.toLowerCase())) rows.set(row._id.toLowerCase(), row);
  }
  return [...rows.values()];
}

class Run {
  constructor(definition, answers, context) {
    this.context = { ...context, version: definition.version };
    this.order = definition.order;
    this.nodes = definition.nodes;
    this.lists = definition.lists;
    this.items = definition.items ?? {};
    this.documents = new Map();
    this.byName = new Map(definition.nodes.map((node) => [node.name, node]));
    this.homes = new Map(definition.nodes.map((node) => [node.name, this.findRepeat(node)]));
    this.children = groupByParent(definition.nodes);
    this.root = new Scope(this, null, null, "", answers);
    this.fields = new Map();
    this.issues = [];
    this.parts = new Map();
  }

  run() {
    for (const name of this.order) {
      const node = this.byName.get(name);
      for (const scope of this.root.below(this.repeatOf(name))) this.findValue(node, scope);
    }
    const content = {};
    for (const node of this.childrenOf(undefined)) {
      this.parts.set(node.name, noCounts());
      this.part = this.parts.get(node.name);
      this.check(node, this.root, content);
    }
    const completeness = [...this.parts.values()].reduce(addCounts, noCounts());
    return {
      fields: this.fields,
      issues: this.issues,
      content,
      parts: this.parts,
      completeness,
      choices: () => this.choices(),
    };
  }

  childrenOf(name) {
    return this.children.get(name) ?? [];
  }

  /** Name of the repeat around a node; null outside repeats. */
  repeatOf(name) {
    return this.homes.get(name);
  }

  findRepeat(node) {
    let parent = this.byName.get(node.parent);
    while (parent && parent.kind !== "repeat") parent = this.byName.get(parent.parent);
    return parent?.name ?? null;
  }

  repeatsIn(repeat) {
    return this.nodes
      .filter((node) => node.kind === "repeat" && this.repeatOf(node.name) === repeat)
      .map((node) => node.name);
  }

  evaluate(tree, node, scope, current) {
    return evaluate(tree, this.context, this.source(node, scope, current));
  }

  // How one expression, evaluated in one scope, finds the answers.
  source(node, scope, current) {
    const run = this;
    return {
      current,
      valueOf: (name) => run.valueOf(name, scope),
      get here() {
        return scope.nodeOf(node.name);
      },
      nodesOf: (name) => run.nodesOf(name, scope),
      listNamed: (name) => run.documentOf(name),
      listOf: (question) => run.items[run.byName.get(question)?.list],
    };
  }

  documentOf(list) {
    if (!this.documents.has(list)) {
      this.documents.set(list, this.items[list] ? documentOfList(this.items[list]) : null);
    }
    return this.documents.get(list);
  }

  valueOf(name, scope) {
    const node = this.byName.get(name);
    if (!node) return "";
    const home = node.kind === "repeat" ? null : this.homeOf(name, scope);
    if (home) return home.values.get(name) ?? "";
    return { nodes: this.nodesOf(name, scope).map((found) => found.value) };
  }

  nodesOf(name, scope) {
    const node = this.byName.get(name);
    if (!node) return [];
    if (node.kind === "repeat") {
      return this.nearest(name, scope)
        .below(this.repeatOf(name))
        .filter((outer) => outer.isRelevant(name))
        .flatMap((outer) => outer.rows.get(name))
        .map((row) => row.self);
    }
    const own = this.homeOf(name, scope);
    const home = this.repeatOf(name);
    const scopes = own ? [own] : this.nearest(home, scope).below(home);
    return scopes.filter((found) => found.isRelevant(name)).map((found) => found.nodeOf(name));
  }

  // The scope around the expression that the node stands in; null when it stands in a repeat elsewhere.
  homeOf(name, scope) {
    let around = scope;
    while (around && around.repeat !== this.repeatOf(name)) around = around.parent;
    return around;
  }

  // The innermost scope around the expression that the repeat stands in, at any depth.
  nearest(repeat, scope) {
    let around = scope;
    while (around.parent && !this.isInside(repeat, around.repeat)) around = around.parent;
    return around;
  }

  isInside(repeat, outer) {
    for (let at = this.repeatOf(repeat); at !== null; at = this.repeatOf(at)) {
      if (at === outer) return true;
    }
    return false;
  }

  findValue(node, scope) {
    const relevant =
      this.isAroundRelevant(node, scope) &&
      (node.relevant === undefined || toBoolean(this.evaluate(node.relevant, node, scope, "")));
    scope.relevance.set(node.name, relevant);
    scope.values.set(node.name, relevant && node.kind === "question" ? this.questionValue(node, scope) : "");
  }

  isAroundRelevant(node, scope) {
    const parent = this.byName.get(node.parent);
    if (!parent) return true;
    return (parent.kind === "repeat" ? scope.parent : scope).isRelevant(parent.name);
  }

  // Any name is a choice where the choices are answers of a repeat.
  namesOf(node) {
    return node.choicesFrom === undefined ? this.lists[node.list] : null;
  }

  questionValue(node, scope) {
    if (node.type === "note") return "";
    return node.calculation === undefined
      ? valueOf(node.type, scope.answers[node.name])
      : calculated(node.type, this.evaluate(node.calculation, node, scope, ""), this.namesOf(node));
  }

  check(node, scope, content) {
    if (node.kind === "question") {
      this.checkQuestion(node, scope, content);
    } else if (node.kind === "repeat") {
      this.checkRepeat(node, scope, content);
    } else {
      this.addField(node, scope.pathOf(node.name), scope.isRelevant(node.name), false, "");
      for (const child of this.childrenOf(node.name)) this.check(child, scope, content);
    }
  }

  checkRepeat(node, scope, content) {
    const path = scope.pathOf(node.name);
    const relevant = scope.isRelevant(node.name);
    const rows = scope.rows.get(node.name);
    this.addField(node, path, relevant, false, "");
    if (relevant && (node.minimumRows ?? 0) > rows.length) this.addIssue("no_rows", "block", path, node);
    if (relevant && node.count !== undefined) {
      const wanted = toNumber(this.evaluate(node.count, node, scope, ""));
      if (Number.isFinite(wanted) && Math.max(Math.trunc(wanted), 0) !== rows.length) this.addIssue("row_count", "block", path, node);
    }
    const contents = rows.map((row) => {
      const rowContent = { _id: row.answers._id.toLowerCase() };
      this.addField(node, row.path, relevant, false, "");
      for (const child of this.childrenOf(node.name)) this.check(child, row, rowContent);
      return rowContent;
    });
    if (relevant && rows.length > 0) content[node.name] = contents;
  }

  checkQuestion(node, scope, content) {
    const path = scope.pathOf(node.name);
    const relevant = scope.isRelevant(node.name);
    const value = scope.values.get(node.name);
    const required =
      relevant &&
      !NEVER_TYPED.has(node.type) &&
      node.required !== undefined &&
      toBoolean(this.evaluate(node.required, node, scope, value));
    this.addField(node, path, relevant, required, value);
    this.count(node, relevant, required, value);
    const json = contentOf(node.type, value, this.namesOf(node), scope.answers[node.name]);
    if (json !== undefined) content[node.name] = json;
    if (relevant && node.type !== "note") this.findIssues(node, scope, path, value, required);
  }

  findIssues(node, scope, path, value, required) {
    const problem =
      node.calculation === undefined
        ? problemOf(node.type, scope.answers[node.name], this.namesOf(node))
        : null;
    if (problem !== null) {
      this.addIssue(problem, "block", path, node);
    } else if (isEmpty(value)) {
      if (required) this.addIssue("required", "block", path, node);
    } else {
      if (!this.isOffered(node, scope, value)) this.addIssue("not_offered", "block", path, node);
      const [least, most] = node.bounds ?? [-Infinity, Infinity];
      if (node.bounds && !(toNumber(value) >= least && toNumber(value) <= most)) this.addIssue("out_of_range", "block", path, node);
      this.checkRule(node.constraint, "constraint", node.severity ?? "block", scope, path, value, node);
      this.checkRule(node.plausible, "plausible", "warn", scope, path, value, node);
    }
  }

  checkRule(rule, code, severity, scope, path, value, node) {
    // What another form recorded may be old or wrong: such a rule never blocks, and is silent without the facts.
    const facts = rule === undefined ? [] : factsIn(rule);
    if (rule === undefined || !facts.every((name) => !isEmpty(this.context.facts?.values[name] ?? ""))) return;
    if (!toBoolean(this.evaluate(rule, node, scope, value))) {
      this.addIssue(code, facts.length > 0 ? "warn" : severity, path, node);
    }
  }

  /** Names of the choices that go with the other answers; null where every one of the list does. */
  offered(node, scope) {
    const source = this.source(node, scope, "");
    if (node.choicesFrom !== undefined) {
      return this.nodesOf(node.choicesFrom, scope).map((found) => toText(found.value)).filter((name) => name !== "");
    }
    if (node.choiceFilter === undefined) return null;
    const items = this.documentOf(node.list)?.children[0].children ?? [];
    return filter(items, [node.choiceFilter], this.context, source).map((item) => item.children[0].value);
  }

  isOffered(node, scope, value) {
    const offered = this.offered(node, scope);
    return offered === null || words(toText(value)).every((name) => offered.includes(name));
  }

  /** Path → names, for every question whose choices depend on other answers. */
  choices() {
    const choices = new Map();
    for (const node of this.nodes.filter((n) => n.choiceFilter !== undefined || n.choicesFrom !== undefined)) {
      for (const scope of this.root.below(this.repeatOf(node.name))) {
        choices.set(scope.pathOf(node.name), this.offered(node, scope));
      }
    }
    return choices;
  }

  addField(node, path, relevant, required, value) {
    this.fields.set(path, { name: node.name, relevant, required, value });
  }

  addIssue(code, severity, path, node) {
    this.issues.push({ code, severity, path, message: node.messages?.[code] ?? { th: "", en: "" } });
    if (severity === "block") this.part.blocking++;
    else this.part.warnings++;
  }

  count(node, relevant, required, value) {
    const typed = !NEVER_TYPED.has(node.type) && node.calculation === undefined && !node.readonly;
    if (!relevant || !typed) return;
    const answered = !isEmpty(value);
    this.part.questions++;
    if (answered) this.part.answered++;
    if (required) this.part.required++;
    if (required && answered) this.part.requiredAnswered++;
  }
}

const known = new WeakMap();

// Names of the facts of other forms that a tree reads.
function factsIn(tree) {
  if (!Array.isArray(tree)) return [];
  if (!known.has(tree)) {
    const own = tree[0] === "pulldata" && tree[1] === "facts" ? [tree[2]] : [];
    known.set(tree, [...own, ...tree.flatMap(factsIn)]);
  }
  return known.get(tree);
}

function groupByParent(nodes) {
  const groups = new Map();
  for (const node of nodes) groups.set(node.parent, [...(groups.get(node.parent) ?? []), node]);
  return groups;
}

const noCounts = () => ({ answered: 0, questions: 0, requiredAnswered: 0, required: 0, blocking: 0, warnings: 0 });

const addCounts = (a, b) => Object.fromEntries(Object.keys(a).map((key) => [key, a[key] + b[key]]));
