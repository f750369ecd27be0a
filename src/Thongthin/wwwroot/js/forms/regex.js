// Regular expressions of the form language: the subset that Thongthin.Forms/Expressions/RegexSubset.cs accepts, run on an
// automaton of our own that visits every character once. So no pattern can hang the page, and both sides agree.

const MAXIMUM_LENGTH = 500;
const MAXIMUM_SIZE = 2000;
const known = new Map();

/** Whether the whole text matches; a pattern outside the subset matches nothing. */
export function matchesWhole(text, pattern) {
  if (!known.has(pattern)) {
    if (known.size > 1000) known.clear();
    known.set(pattern, compile(pattern));
  }
  const machine = known.get(pattern);
  return machine !== null && run(machine, text);
}

// Reading: the pattern becomes a tree {kind, ...}; what is outside the subset throws a PatternError.

class PatternError extends Error {}

class Reader {
  constructor(pattern) {
    this.pattern = pattern;
    this.at = 0;
    this.depth = 0;
  }

  peek() {
    return this.pattern[this.at];
  }

  take(character) {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  alternatives() {
    if (++this.depth > 50) throw new PatternError();
    const choices = [[]];
    let size = 1;
    while (this.at < this.pattern.length && this.peek() !== ")") {
      if (this.take("|")) {
        choices.push([]);
        size++;
      } else {
        const piece = this.piece();
        choices[choices.length - 1].push(piece);
        size += piece.size;
      }
    }
    this.depth--;
    return { kind: "choices", choices, size };
  }

  piece() {
    const c = this.peek();
    if (c === "^" || c === "$") {
      this.at++;
      return { kind: c === "^" ? "start" : "end", size: 1 };
    }
    return this.quantified(this.atom(c));
  }

  atom(c) {
    if (c === "(") return this.group();
    if (c === "[") return { kind: "set", test: this.set(), size: 1 };
    if (c === "\\") return { kind: "set", test: this.escape().test, size: 1 };
    if (c === ".") {
      this.at++;
      return { kind: "set", test: (x) => x !== "\n" && x !== "\r", size: 1 };
    }
    if ("*+?{}]".includes(c)) throw new PatternError();
    this.at++;
    return { kind: "set", test: (x) => x === c, size: 1 };
  }

  group() {
    this.at++;
    if (this.take("?") && !this.take(":")) throw new PatternError();
    const inner = this.alternatives();
    if (!this.take(")")) throw new PatternError();
    return inner;
  }

  quantified(atom) {
    const c = this.peek();
    if (c === undefined || !"*+?{".includes(c)) return atom;
    this.at++;
    const [least, most] = c === "{" ? this.count() : { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] }[c];
    if (this.at < this.pattern.length && "*+?{".includes(this.peek())) throw new PatternError();
    const copies = Math.max(most === Infinity ? least : most, 1) + (most === Infinity ? 1 : 0);
    const size = c === "{" ? Math.min((atom.size + 1) * copies, MAXIMUM_SIZE + 1) : atom.size + 1;
    return { kind: "repeat", atom, least, most, size };
  }

  count() {
    const least = this.number();
    let most = least;
    if (this.take(",")) most = this.peek() === "}" ? Infinity : this.number();
    if (!this.take("}") || most < least) throw new PatternError();
    return [least, most];
  }

  number() {
    const start = this.at;
    while (this.at < this.pattern.length && this.peek() >= "0" && this.peek() <= "9") this.at++;
    const digits = this.pattern.slice(start, this.at);
    if (digits === "" || digits.length > 9 || Number(digits) > 1000) throw new PatternError();
    return Number(digits);
  }

  set() {
    this.at++;
    const isNegated = this.take("^");
    const tests = [];
    while (!this.take("]")) {
      if (this.at >= this.pattern.length) throw new PatternError();
      tests.push(this.setItem());
    }
    if (tests.length === 0) throw new PatternError();
    return (x) => tests.some((test) => test(x)) !== isNegated;
  }

  setItem() {
    const first = this.setCharacter();
    if (this.peek() !== "-" || this.at + 1 >= this.pattern.length || this.pattern[this.at + 1] === "]") return first.test;
    this.at++;
    const last = this.setCharacter();
    if (first.single === null || last.single === null || last.single < first.single) throw new PatternError();
    return (x) => x >= first.single && x <= last.single;
  }

  setCharacter() {
    const c = this.peek();
    if (c === "\\") return this.escape();
    if (c === "[") throw new PatternError();
    this.at++;
    return { single: c, test: (x) => x === c };
  }

  escape() {
    this.at++;
    const c = this.peek();
    if (c === undefined) throw new PatternError();
    this.at++;
    if (c === "d") return { single: null, test: (x) => x >= "0" && x <= "9" };
    if (c === "s") return { single: null, test: (x) => x === " " || x === "\t" || x === "\r" || x === "\n" };
    if (c === "w") return { single: null, test: (x) => /^[A-Za-z0-9_]$/.test(x) };
    const single = { n: "\n", r: "\r", t: "\t" }[c] ?? c;
    if (single === c && /^[A-Za-z0-9]$/.test(c)) throw new PatternError();
    return { single, test: (x) => x === single };
  }
}

// Building: states of a nondeterministic automaton. A state is {test, next} or {empty: [...], condition}.

function compile(pattern) {
  if (pattern.length > MAXIMUM_LENGTH) return null;
  try {
    const reader = new Reader(pattern);
    const tree = reader.alternatives();
    if (reader.at < pattern.length || tree.size > MAXIMUM_SIZE) return null;
    const states = [{ accept: true }];
    return { states, first: build(tree, 0, states) };
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
}

const add = (states, state) => states.push(state) - 1;

function build(node, next, states) {
  switch (node.kind) {
    case "set":
      return add(states, { test: node.test, next });
    case "start":
    case "end":
      return add(states, { empty: [next], condition: node.kind });
    case "choices":
      return add(states, {
        empty: node.choices.map((pieces) => pieces.reduceRight((after, piece) => build(piece, after, states), next)),
      });
    default:
      return buildRepeat(node, next, states);
  }
}

function buildRepeat({ atom, least, most }, next, states) {
  let first = next;
  if (most === Infinity) {
    const loop = add(states, { empty: [next] });
    states[loop].empty.push(build(atom, loop, states));
    first = loop;
  } else {
    for (let i = least; i < most; i++) first = add(states, { empty: [build(atom, first, states), next] });
  }
  for (let i = 0; i < least; i++) first = build(atom, first, states);
  return first;
}

// Running: all states that can be reached, one character after the other.

function run({ states, first }, text) {
  let current = closure(states, [first], 0, text.length);
  for (let i = 0; i < text.length && current.length > 0; i++) {
    const reached = current.filter((s) => states[s].test?.(text[i])).map((s) => states[s].next);
    current = closure(states, reached, i + 1, text.length);
  }
  return current.some((s) => states[s].accept);
}

function closure(states, from, at, length) {
  const seen = new Set();
  const stack = [...from];
  while (stack.length > 0) {
    const s = stack.pop();
    if (seen.has(s)) continue;
    const { empty, condition } = states[s];
    if ((condition === "start" && at > 0) || (condition === "end" && at < length)) continue;
    seen.add(s);
    if (empty) stack.push(...empty);
  }
  return [...seen];
}
