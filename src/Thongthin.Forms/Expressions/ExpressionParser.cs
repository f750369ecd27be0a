using System.Globalization;
using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

/// <summary>
/// Parses an XLSForm expression (XPath 1.0 as ODK uses it, the part that <c>docs/forms.md</c> lists) by precedence
/// climbing. As in XPath, <c>and or div mod *</c> are operators where an operator can stand and names elsewhere. Length
/// and nesting are bounded, so no text exhausts the stack; a text that is no expression is a result, not an exception.
/// </summary>
public sealed class ExpressionParser
{
    /// <summary>Characters of an expression at most.</summary>
    public const int MaximumLength = 20_000;

    /// <summary>How deep parentheses, calls and chains of operators may nest.</summary>
    public const int MaximumDepth = 200;

    private readonly Lexer lexer;
    private Token current;
    private ExpressionError? error;
    private int nesting;

    // Bare names have a meaning where a node is looked at: in predicates and in choice filters.
    private bool looksAtNodes;

    private ExpressionParser(string text, bool looksAtNodes)
    {
        this.looksAtNodes = looksAtNodes;
        lexer = new Lexer(text);
        current = lexer.Next();
    }

    /// <summary>The tree, or the first error with its position.</summary>
    /// <param name="ofChoice">it is a choice filter: bare names are columns of the list</param>
    public static ExpressionResult Parse(string text, bool ofChoice = false)
    {
        if (text.Length > MaximumLength)
        {
            return Failure(
                MaximumLength,
                $"สูตรยาวเกิน {MaximumLength} ตัวอักษร",
                $"The expression is longer than {MaximumLength} characters"
            );
        }
        var parser = new ExpressionParser(text, ofChoice);
        var tree = parser.ParseOperation(1);
        if (parser.lexer.Error is null && parser.error is null && parser.current.Kind != TokenKind.End)
        {
            parser.Fail($"ไม่คาดว่าจะพบ “{parser.current.Text}”", $"“{parser.current.Text}” is not expected here");
        }
        if ((parser.lexer.Error ?? parser.error) is { } error)
        {
            return new ExpressionResult(null, error);
        }
        return Depth(tree!) > MaximumDepth
            ? Failure(0, "สูตรซ้อนกันลึกเกินไป", "The expression is nested too deeply")
            : new ExpressionResult(tree, null);
    }

    private static ExpressionResult Failure(int position, string th, string en) =>
        new(null, new ExpressionError(position, new LocalText(th, en)));

    private void Move() => current = lexer.Next();

    private Expression? Fail(string th, string en)
    {
        error ??= new ExpressionError(current.Position, new LocalText(th, en));
        return null;
    }

    private Operator? CurrentOperator() =>
        current.Kind is TokenKind.Sign or TokenKind.Name ? Operators.Find(current.Text) : null;

    private Expression? ParseOperation(int minimum)
    {
        var left = ParseUnary();
        while (left is not null && CurrentOperator() is { } op && op.Precedence() >= minimum)
        {
            Move();
            var right = ParseOperation(op.Precedence() + 1);
            left = right is null ? null : Join(left, op, right);
        }
        return left;
    }

    // "a or b or c" is one operation with three operands, unless parentheses made "a or b" one of its own.
    private Operation Join(Expression left, Operator op, Expression right)
    {
        if (
            op is Operator.And or Operator.Or
            && left is Operation chain
            && chain.Operator == op
            && !closed.Contains(left)
        )
        {
            return new Operation(chain.Position, op, [.. chain.Operands, right]);
        }
        return new Operation(left.Position, op, [left, right]);
    }

    private readonly HashSet<Expression> closed = new(ReferenceEqualityComparer.Instance);

    private Expression? ParseUnary()
    {
        if (++nesting > MaximumDepth)
        {
            return Fail("สูตรซ้อนกันลึกเกินไป", "The expression is nested too deeply");
        }
        Expression? result;
        if (current is { Kind: TokenKind.Sign, Text: "-" })
        {
            var position = current.Position;
            Move();
            result = ParseUnary() is { } operand ? new Negation(position, operand) : null;
        }
        else
        {
            result = ParseUnion();
        }
        nesting--;
        return result;
    }

    private Expression? ParseUnion()
    {
        var first = ParsePath();
        if (first is null || current is not { Kind: TokenKind.Sign, Text: "|" })
        {
            return first;
        }
        var operands = new List<Expression> { first };
        while (current is { Kind: TokenKind.Sign, Text: "|" })
        {
            Move();
            if (ParsePath() is not { } next)
            {
                return null;
            }
            operands.Add(next);
        }
        return operands.TrueForAll(HasNodes)
            ? new Union(first.Position, operands)
            : Refuse(first.Position, "| ใช้ได้เฉพาะระหว่างทางไปยังคำตอบ", "| joins only paths and references");
    }

    // A primary with what follows it: predicates and steps. Steps without a primary start at the document or here.
    private Expression? ParsePath()
    {
        var position = current.Position;
        switch (current)
        {
            case { Kind: TokenKind.Sign, Text: "/" }:
                return ParseSteps(position, PathStart.Root, null, []);
            case { Kind: TokenKind.DotDot }:
            case { Kind: TokenKind.Dot } when lexer.IsNext('/'):
            case { Kind: TokenKind.Sign, Text: "*" } when looksAtNodes:
            case { Kind: TokenKind.Name } when looksAtNodes && !lexer.IsNext('('):
                return ParseSteps(position, PathStart.Here, null, []);
        }
        var primary = ParsePrimary();
        if (primary is null || current is not { Kind: TokenKind.Sign, Text: "/" or "[" })
        {
            return primary;
        }
        if (!HasNodes(primary))
        {
            return Fail($"ไม่คาดว่าจะพบ “{current.Text}”", $"“{current.Text}” is not expected here");
        }
        return ParsePredicates() is { } filters ? ParseSteps(position, PathStart.Nodes, primary, filters) : null;
    }

    private static bool HasNodes(Expression expression) =>
        expression
            is Reference
                or PathExpression
                or Union
                or FunctionCall { Name: "instance" or "current" or "indexed-repeat" or "randomize" };

    private PathExpression? ParseSteps(
        int position,
        PathStart start,
        Expression? from,
        IReadOnlyList<Expression> filters
    )
    {
        var steps = new List<Step>();
        if (start == PathStart.Here && !AddStep(steps))
        {
            return null;
        }
        while (current is { Kind: TokenKind.Sign, Text: "/" })
        {
            Move();
            if (!AddStep(steps))
            {
                return null;
            }
        }
        return new PathExpression(position, start, from, filters, steps);
    }

    private bool AddStep(List<Step> steps)
    {
        var kind = current switch
        {
            { Kind: TokenKind.Name } => StepKind.Child,
            { Kind: TokenKind.Dot } => StepKind.Self,
            { Kind: TokenKind.DotDot } => StepKind.Parent,
            { Kind: TokenKind.Sign, Text: "*" } => StepKind.AnyChild,
            _ => (StepKind?)null,
        };
        if (kind is null || (kind == StepKind.Child && !Names.IsValid(current.Text)))
        {
            Fail("ต้องเป็นชื่อของขั้นถัดไป", "The name of the next step is expected here");
            return false;
        }
        var name = kind == StepKind.Child ? current.Text : "";
        Move();
        if (ParsePredicates() is not { } predicates)
        {
            return false;
        }
        steps.Add(new Step(kind.Value, name, predicates));
        return true;
    }

    private List<Expression>? ParsePredicates()
    {
        var predicates = new List<Expression>();
        var outside = looksAtNodes;
        while (current is { Kind: TokenKind.Sign, Text: "[" })
        {
            looksAtNodes = true;
            Move();
            if (ParseOperation(1) is not { } predicate || !Expect("]"))
            {
                return null;
            }
            predicates.Add(predicate);
        }
        looksAtNodes = outside;
        return predicates;
    }

    private Expression? Refuse(int position, string th, string en) => Refuse(position, new LocalText(th, en));

    private Expression? Refuse(int position, LocalText message)
    {
        error ??= new ExpressionError(position, message);
        return null;
    }

    private Expression? ParsePrimary()
    {
        var token = current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Move();
                return new NumberLiteral(
                    token.Position,
                    double.Parse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                );
            case TokenKind.Text:
                Move();
                return new StringLiteral(token.Position, token.Text);
            case TokenKind.Reference:
                Move();
                return new Reference(token.Position, token.Text);
            case TokenKind.Dot:
                Move();
                return new CurrentValue(token.Position);
            case TokenKind.Name:
                return ParseCall();
            case TokenKind.Sign when token.Text == "(":
                return ParseParentheses();
            case TokenKind.End:
                return Fail("สูตรจบก่อนจะครบ", "The expression ends too early");
            default:
                return Fail($"ไม่คาดว่าจะพบ “{token.Text}”", $"“{token.Text}” is not expected here");
        }
    }

    private Expression? ParseParentheses()
    {
        Move();
        var inner = ParseOperation(1);
        if (inner is null || !Expect(")"))
        {
            return null;
        }
        closed.Add(inner);
        return inner;
    }

    private Expression? ParseCall()
    {
        var name = current;
        if (Functions.Find(name.Text) is not { } function)
        {
            return Fail($"ไม่มีฟังก์ชันหรือคำชื่อ “{name.Text}”", $"There is no function or word “{name.Text}”");
        }
        Move();
        if (!Expect("("))
        {
            return null;
        }
        var arguments = new List<Expression>();
        while (current is not { Kind: TokenKind.Sign, Text: ")" })
        {
            if (arguments.Count > 0 && !Expect(current.Kind == TokenKind.End ? ")" : ","))
            {
                return null;
            }
            if (ParseOperation(1) is not { } argument)
            {
                return null;
            }
            arguments.Add(argument);
        }
        Move();
        if (arguments.Count >= function.Minimum && arguments.Count <= function.Maximum)
        {
            var call = new FunctionCall(name.Position, name.Text, arguments);
            return NodeFunctions.WhatIsWrong(call) is { } problem ? Refuse(name.Position, problem) : call;
        }
        return Refuse(name.Position, function.WrongCount(arguments.Count));
    }

    private bool Expect(string sign)
    {
        if (current.Kind == TokenKind.Sign && current.Text == sign)
        {
            Move();
            return true;
        }
        if (current.Kind == TokenKind.End)
        {
            Fail($"สูตรจบก่อนจะครบ ขาด “{sign}”", $"The expression ends too early: “{sign}” is missing");
        }
        else
        {
            Fail($"คาดว่าจะพบ “{sign}” ไม่ใช่ “{current.Text}”", $"“{sign}” is expected here, not “{current.Text}”");
        }
        return false;
    }

    // Iterative: a chain like 1+1+1… nests to the left without using the parser's own stack.
    private static int Depth(Expression tree)
    {
        var deepest = 0;
        var stack = new Stack<(Expression Node, int Depth)>();
        stack.Push((tree, 1));
        while (stack.TryPop(out var top) && deepest <= MaximumDepth)
        {
            deepest = Math.Max(deepest, top.Depth);
            foreach (var child in top.Node.Children)
            {
                stack.Push((child, top.Depth + 1));
            }
        }
        return deepest;
    }
}
