// Paths, predicates and the functions that look at nodes, the same as the second half of Expressions/Evaluator.cs.

import { Chance } from "./chance.js";
import { evaluate } from "./expressions.js";
import { below, documentOf, placeOf } from "./nodes.js";
import { toBoolean, toNumber, toText } from "./values.js";

/** One node stands for its value, as references do. */
export const valueOfNodes = (nodes) =>
  nodes.length === 1 ? nodes[0].value : { nodes: nodes.map((node) => node.value) };

const own = (source) => (source.here ? [source.here] : []);
const focused = (source) => (source.focus ? [source.focus.node] : own(source));
const distinct = (nodes) => [...new Set(nodes)];

/** The nodes that a tree stands for; none where it is a value. */
export function nodesOf(tree, context, source) {
  if (!Array.isArray(tree)) return [];
  const [head, ...operands] = tree;
  switch (head) {
    case ".":
      return focused(source);
    case "$":
      return source.nodesOf?.(operands[0]) ?? [];
    case "|":
      return distinct(operands.flatMap((operand) => nodesOf(operand, context, source)));
    case "/":
      return walk(operands, context, source);
    case "current":
      return own(source);
    case "instance":
      return source.listNamed?.(operands[0]) ? [source.listNamed(operands[0])] : [];
    case "indexed-repeat":
      return indexed(operands, context, source);
    case "randomize":
      return randomized(operands, context, source);
    default:
      return [];
  }
}

function walk([start, filters, ...steps], context, source) {
  const first = { root: () => own(source).map(documentOf), here: () => focused(source) }[start];
  let nodes = first ? first() : filter(nodesOf(start, context, source), filters, context, source);
  steps.forEach(([name, ...predicates], i) => {
    // The form itself may be called anything: authors write /data, or the form's name.
    const candidates = (node) => (i === 0 && start === "root" ? node.children : reached(node, name));
    nodes = distinct(nodes.flatMap((node) => filter(candidates(node), predicates, context, source)));
  });
  return nodes;
}

function reached(node, name) {
  if (name === ".") return [node];
  if (name === "..") return node.parent === null ? [] : [node.parent];
  return name === "*" ? node.children : node.children.filter((child) => child.name === name);
}

/** Those of the nodes for which every predicate holds: a number is a position, anything else a condition. */
export function filter(nodes, predicates, context, source) {
  for (const predicate of predicates) {
    const size = nodes.length;
    nodes = nodes.filter((node, i) => {
      const focus = { node, position: i + 1, size };
      const value = evaluate(predicate, context, Object.assign(Object.create(source), { focus }));
      return typeof value === "number" ? value === i + 1 : toBoolean(value);
    });
  }
  return nodes;
}

const nameOf = (tree) => (tree[0] === "$" ? tree[1] : tree.at(-1)[0]);

function indexed(operands, context, source) {
  let nodes = own(source).map(documentOf);
  for (let i = 1; i < operands.length; i += 2) {
    const index = toNumber(evaluate(operands[i + 1], context, source));
    nodes = nodes.flatMap((node) => below(node, nameOf(operands[i])).filter((_, place) => place + 1 === index));
  }
  return nodes.flatMap((node) => below(node, nameOf(operands[0])));
}

function randomized([nodes, seed], context, source) {
  const given = nodesOf(nodes, context, source);
  const chance = seed === undefined ? chanceOf(context, source) : new Chance(toText(evaluate(seed, context, source)));
  return chance.shuffle(given);
}

/** One for every evaluation of an expression, so that two calls in it differ. */
export function chanceOf(context, source) {
  const whole = source.focus ? Object.getPrototypeOf(source) : source;
  if (whole !== source) return chanceOf(context, whole);
  source.chance ??= new Chance(`${context.seed ?? ""}|${source.here?.key ?? ""}`);
  return source.chance;
}

export const positionOf = (operands, context, source) => {
  if (operands.length === 0) return source.focus?.position ?? 1;
  const [node] = nodesOf(operands[0], context, source);
  return node === undefined ? NaN : placeOf(node);
};

const textOf = (item, column) => {
  const found = item.children.find((child) => child.name === column);
  return found === undefined ? null : toText(found.value);
};

/** A column of the first item whose key column has the value; of 'facts' what another form recorded. */
export function pullData(at, [list, column], context, source) {
  const [key, wanted] = [toText(at(2)), toText(at(3))];
  if (list === "facts") {
    const { unit, values } = context.facts ?? {};
    return wanted === "" || wanted === unit ? (values?.[column] ?? "") : "";
  }
  const items = source.listNamed?.(list)?.children[0].children ?? [];
  const found = items.find((item) => textOf(item, key) === wanted);
  return found === undefined ? "" : (textOf(found, column) ?? "");
}

/** The question that jr:choice-name means. */
export const questionOf = (tree) => (Array.isArray(tree) ? nameOf(tree) : tree.trim().replace(/^\$\{\s*|\s*\}$/g, "").split("/").at(-1));
