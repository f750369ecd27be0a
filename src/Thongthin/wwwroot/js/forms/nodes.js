// Nodes that paths walk, the same as Thongthin.Forms/Expressions/TreeNode.cs: {name, parent, children, value, key}.

export function documentOf(node) {
  while (node.parent !== null) node = node.parent;
  return node;
}

/** Its place among its siblings of the same name, from 1. */
export const placeOf = (node) =>
  node.parent === null ? 1 : node.parent.children.filter((n) => n.name === node.name).indexOf(node) + 1;

/** Every node of the name at any depth below, outermost first. */
export const below = (node, name) =>
  node.children.flatMap((child) => (child.name === name ? [child] : below(child, name)));

const fixed = (name, value, parent) => {
  const node = { name, value, parent, children: [], key: name };
  parent?.children.push(node);
  return node;
};

/** A list of choices as instance() gives it: a document, root, and an item per choice. */
export function documentOfList(items) {
  const document = fixed("", "", null);
  const root = fixed("root", "", document);
  for (const [name, label, columns] of items) {
    const item = fixed("item", "", root);
    for (const [column, value] of Object.entries({ name, label, ...columns })) fixed(column, value, item);
  }
  return document;
}
