using Thongthin.Forms.Schema;

namespace Thongthin.Forms.XlsForm;

/// <summary>
/// The choice lists of a form: those of its sheet, and others that its questions bring along. A form that is published holds
/// all of them, so that it means the same for ever.
/// </summary>
/// <param name="ofSheet">by name</param>
/// <param name="find">a list outside the form by the name of its file, e.g. <c>provinces.csv</c>; null when there is none</param>
internal sealed class ListCatalogue(IReadOnlyDictionary<string, ChoiceList> ofSheet, Func<string, ChoiceList?> find)
{
    private readonly List<ChoiceList> fromOutside = [];
    private readonly Dictionary<string, ChoiceList> lists = new(ofSheet, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ChoiceList> All => lists;

    /// <summary>Those that came from outside the form.</summary>
    public IReadOnlyList<ChoiceList> FromOutside => fromOutside;

    /// <summary>The list of that name, of the sheet or from outside; null when there is none.</summary>
    public ChoiceList? Find(string name)
    {
        var key = NameOf(name);
        if (
            !lists.TryGetValue(key, out var list)
            && find(name.Contains('.', StringComparison.Ordinal) ? name : name + ".csv") is { } found
        )
        {
            lists[key] = list = new ChoiceList(key, found.Choices);
            fromOutside.Add(list);
        }
        return list;
    }

    /// <summary>The name of a list that comes from a file: the file's without its extension.</summary>
    public static string NameOf(string file) =>
        file.Contains('.', StringComparison.Ordinal) ? file[..file.LastIndexOf('.')] : file;

    /// <summary>The name of the same list with one more choice, "other".</summary>
    public string WithOther(string name)
    {
        var key = name + "_or_other";
        if (Find(name) is { } list && list.Find(Other.Name) is null)
        {
            lists.TryAdd(key, new ChoiceList(key, [.. list.Choices, Other]));
            return key;
        }
        return NameOf(name);
    }

    private static readonly Choice Other = new("other", new LocalText("อื่น ๆ", "Other"));
}
