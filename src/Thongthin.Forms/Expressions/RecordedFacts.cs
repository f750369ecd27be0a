namespace Thongthin.Forms.Expressions;

/// <summary>
/// The latest recorded values of other forms' questions, for rules that look across forms. A fact that was never recorded
/// is no answer, and a rule that reads one holds.
/// </summary>
/// <param name="Unit">code of the local authority that the answers are of: what an empty fourth argument of <c>pulldata</c> means</param>
/// <param name="Values">by name: <c>form.question</c></param>
public sealed record RecordedFacts(string Unit, IReadOnlyDictionary<string, FormValue> Values)
{
    /// <summary>Whether every one of these names was recorded.</summary>
    public bool Has(IEnumerable<string> names) =>
        names.All(name => Values.TryGetValue(name, out var value) && !value.IsEmpty);

    /// <summary>Empty when it was never recorded, and for another unit: only the own facts are at hand.</summary>
    public FormValue Of(string name, string unit) =>
        (unit.Length == 0 || unit == Unit) && Values.TryGetValue(name, out var value) ? value : FormValue.Empty;
}
