using Thongthin.Forms.Schema;

namespace Thongthin.Forms.Expressions;

/// <summary>Why a text is not an expression.</summary>
/// <param name="Position">offset of the first character that is wrong, from 0; the length of the text when something is missing at its end</param>
public sealed record ExpressionError(int Position, LocalText Message)
{
    public override string ToString() => $"{Position}: {Message.In("en")}";
}

/// <summary>What parsing gave: exactly one of the two is null.</summary>
public sealed record ExpressionResult(Expression? Tree, ExpressionError? Error);
