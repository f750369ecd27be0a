// Evaluates a form on the entry page: what is relevant, calculated, required, wrong and missing, from the definition that
// FormDefinition.ToBrowserJson writes and the answers as stored. The same two passes as Validation/EvaluationRun.cs; the
// server computes it again and always wins.

import { calculated, contentOf, problemOf, valueOf } from "./answers.js";
import { evaluate } from "./expressions.js";
import { isEmpty, toBoolean } from "./values.js";

const NEVER_TYPED = new Set(["note", "calculate", "hidden"]);

const ROW_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NO_ROW_ID = "00000000-0000-0000-0000-000000000000";

/**
 * @param definition as ToBrowserJson writes it
 * @param answers as stored: {name: value, repeat: [{_id, name: value}]}
 * @param context {today: "yyyy-mm-dd", fiscalYear: number or null}
 * @returns {fields: Map of path → {name, relevant, required, value}, issues: [{code, severity, path, message}], content,
 *   parts: Map of top-level name → counts, completeness: counts}
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

  isRelevant(name) {
    return this.relevance.get(name) ?? true;
  }

  /** All scopes of a repeat (null: the sheet) at or below this one. */
  below(repeat) {
    if (repeat === this.repeat) return [this];
    return this.below(this.run.repeatOf(repeat)).flatMap((scope) => scope.rows.get(repeat) ?? []);
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
    this.context = context;
    this.order = definition.order;
    this.nodes = definition.nodes;
    this.lists = definition.lists;
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
    return { fields: this.fields, issues: this.issues, content, parts: this.parts, completeness };
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

  evaluate(tree, scope, current) {
    return evaluate(tree, this.context, { current, valueOf: (name) => this.valueOf(name, scope) });
  }

  valueOf(name, scope) {
    const node = this.byName.get(name);
    if (!node) return "";
    if (node.kind === "repeat") {
      const rows = this.nearest(name, scope)
        .below(this.repeatOf(name))
        .filter((outer) => outer.isRelevant(name))
        .flatMap((outer) => outer.rows.get(name));
      return { nodes: rows.map(() => "") };
    }
    const home = this.repeatOf(name);
    for (let around = scope; around; around = around.parent) {
      if (around.repeat === home) return around.values.get(name) ?? "";
    }
    const rows = this.nearest(home, scope).below(home);
    return { nodes: rows.filter((row) => row.isRelevant(name)).map((row) => row.values.get(name) ?? "") };
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
      (node.relevant === undefined || toBoolean(this.evaluate(node.relevant, scope, "")));
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
      : calculated(node.type, this.evaluate(node.calculation, scope, ""), this.namesOf(node));
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
      toBoolean(this.evaluate(node.required, scope, value));
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
      this.checkRule(node.constraint, "constraint", node.severity ?? "block", scope, path, value, node);
      this.checkRule(node.plausible, "plausible", "warn", scope, path, value, node);
    }
  }

  checkRule(rule, code, severity, scope, path, value, node) {
    if (rule !== undefined && !toBoolean(this.evaluate(rule, scope, value))) {
      this.addIssue(code, severity, path, node);
    }
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

function groupByParent(nodes) {
  const groups = new Map();
  for (const node of nodes) groups.set(node.parent, [...(groups.get(node.parent) ?? []), node]);
  return groups;
}

const noCounts = () => ({ answered: 0, questions: 0, requiredAnswered: 0, required: 0, blocking: 0, warnings: 0 });

const addCounts = (a, b) => Object.fromEntries(Object.keys(a).map((key) => [key, a[key] + b[key]]));
