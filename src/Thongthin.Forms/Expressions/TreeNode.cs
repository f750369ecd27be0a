namespace Thongthin.Forms.Expressions;

/// <summary>
/// A node that paths walk: of the answers (the form, its groups, rows and questions) or of a list of choices. The same node
/// is the same object as long as one evaluation lasts.
/// </summary>
public abstract class TreeNode
{
    /// <summary>What a step is compared with; empty for a document.</summary>
    public abstract string Name { get; }

    /// <summary>null above the document.</summary>
    public abstract TreeNode? Parent { get; }

    /// <summary>In order; without what is not relevant.</summary>
    public abstract IEnumerable<TreeNode> Children { get; }

    /// <summary>Empty where there is no answer, and for what only holds others.</summary>
    public abstract FormValue Value { get; }

    /// <summary>What random values of the node are drawn from: the same for the same answer, also when rows around it go.</summary>
    internal virtual string Key => Name;

    /// <summary>The topmost node above it.</summary>
    public TreeNode Document
    {
        get
        {
            var node = this;
            while (node.Parent is { } parent)
            {
                node = parent;
            }
            return node;
        }
    }

    /// <summary>Its place among its siblings of the same name, from 1.</summary>
    public int Place =>
        Parent is { } parent ? parent.Children.Where(n => n.Name == Name).TakeWhile(n => n != this).Count() + 1 : 1;

    /// <summary>Every node of the name at any depth below, outermost first.</summary>
    public IEnumerable<TreeNode> Below(string name) =>
        Children.SelectMany(child => child.Name == name ? [child] : child.Below(name));
}

/// <summary>A tree that is known from the beginning: a list of choices as a document.</summary>
internal sealed class FixedNode : TreeNode
{
    private readonly List<TreeNode> children = [];

    public FixedNode(string name, FormValue value, FixedNode? parent)
    {
        Name = name;
        Value = value;
        Parent = parent;
        parent?.children.Add(this);
    }

    public override string Name { get; }

    public override TreeNode? Parent { get; }

    public override IEnumerable<TreeNode> Children => children;

    public override FormValue Value { get; }
}
