using System.Globalization;
using System.Text.Json;
using Thongthin.Features.Submissions.Attachments;
using Thongthin.Forms.Answers;

namespace Thongthin.Features.Submissions.Entry;

/// <summary>
/// What the entry page's form sent, read without trusting it: the texts of the fields, the texts that the page had shown,
/// the revision and key of the save, the row to add or remove, and how conflicts were decided. Pure.
/// </summary>
internal sealed class PostedSheet
{
    private const string ChoicePrefix = "c.";
    private static readonly HashSet<string> OurNames = new(StringComparer.Ordinal)
    {
        "_token",
        "_author",
        "_kept",
        "_sheet",
        "_revision",
        "_key",
        "_follows",
        "_known",
        "_added",
        "_removed",
        "_partial",
        "_shown",
        "_add",
        "_remove",
        "_same",
        "_do",
        "_end",
    };

    private PostedSheet(IFormCollection form)
    {
        Fields = form.Where(pair => IsField(pair.Key))
            .ToDictionary(pair => PathOf(pair.Key), pair => Typed(pair.Value));
        Shown = ReadMap<string>(form["_shown"]);
        Known = ReadMap<int>(form["_known"]);
        Added = RowsOf(form["_added"]);
        Removed = RowsOf(form["_removed"]);
        IsPartial = form["_partial"] == "true";
        if (!IsPartial)
        {
            // A box or a list without a choice is not sent: what the page showed and did not come back is empty.
            foreach (var path in Shown.Keys.Where(path => !Fields.ContainsKey(path)))
            {
                Fields[path] = "";
            }
        }
        SheetId = Guid.TryParse(form["_sheet"], out var sheet) ? sheet : null;
        Revision = int.TryParse(form["_revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : 0;
        SaveKey = Guid.TryParse(form["_key"], out var key) ? key : null;
        Follows = Guid.TryParse(form["_follows"], out var follows) ? follows : null;
        Add = form["_add"].ToString() is { Length: > 0 } add ? add : null;
        Remove = form["_remove"].ToString() is { Length: > 0 } remove ? remove : null;
        Same = form["_same"].ToString() is { Length: > 0 } same ? same : null;
        Do = form["_do"].ToString();
        IsWhole = form.ContainsKey("_end");
        Decided = form.Where(pair => pair.Key.StartsWith(ChoicePrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[ChoicePrefix.Length..], pair => pair.Value == "mine");
        Unknown =
        [
            .. form.Keys.Where(name =>
                !IsField(name)
                && !OurNames.Contains(name)
                && !name.StartsWith(ChoicePrefix, StringComparison.Ordinal)
                // a field for a file in which none was chosen
                && !name.StartsWith(AttachPostedFiles.NamePrefix, StringComparison.Ordinal)
            ),
        ];
    }

    public static PostedSheet Read(IFormCollection form) => new(form);

    /// <summary>path → what was typed; several choices joined by a space.</summary>
    public Dictionary<string, string> Fields { get; }

    /// <summary>path → what the page showed.</summary>
    public IReadOnlyDictionary<string, string> Shown { get; }

    /// <summary>Sent by a script with the changed fields alone.</summary>
    public bool IsPartial { get; }

    public Guid? SheetId { get; }

    public int Revision { get; }

    /// <summary>null: not one of our pages.</summary>
    public Guid? SaveKey { get; }

    /// <summary>The key of an own save that may still be on its way.</summary>
    public Guid? Follows { get; }

    /// <summary>path → the revision at which the page saw it last, where that is later than its own.</summary>
    public IReadOnlyDictionary<string, int> Known { get; }

    /// <summary>Rows that a script added, with the ids that it made.</summary>
    public IReadOnlyList<AnswerPath> Added { get; }

    /// <summary>Rows that a script removed.</summary>
    public IReadOnlyList<AnswerPath> Removed { get; }

    /// <summary>The repeat that gets a row: its name, inside a row behind the row's path.</summary>
    public string? Add { get; }

    /// <summary>Path of the row to remove.</summary>
    public string? Remove { get; }

    /// <summary>Name of the part of the form whose answers are all as they were last year.</summary>
    public string? Same { get; }

    /// <summary>Which button: save, confirm or submit.</summary>
    public string Do { get; }

    /// <summary>The last field of the form arrived: nothing was cut off on the way.</summary>
    public bool IsWhole { get; }

    /// <summary>Changed fields and rows of a script and nothing else: no button was pressed that needs the page.</summary>
    public bool MayBeStoredAlone =>
        IsWhole && SaveKey is not null && Unknown.Count == 0 && Add is null && Remove is null && Same is null;

    /// <summary>Conflicts that the person decided: path → own value (true) or the other's.</summary>
    public IReadOnlyDictionary<string, bool> Decided { get; }

    /// <summary>Names that no page of ours sends.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Fields whose text differs from what the page showed, those decided for the other's value left out.</summary>
    public Dictionary<string, string> Changed =>
        Fields
            .Where(pair => !Shown.TryGetValue(pair.Key, out var shown) || shown != pair.Value)
            .Where(pair => !IsTheirs(pair.Key))
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>Rows of the own side that somebody else removed and that the person keeps: they are added again.</summary>
    public IEnumerable<AnswerPath> KeptRows =>
        Decided
            .Where(d => d.Value)
            .Select(d => AnswerPath.Parse(d.Key))
            .OfType<AnswerPath>()
            .Where(p => p.Name is null);

    private bool IsTheirs(string path) =>
        Decided.Any(d => !d.Value && (path == d.Key || path.StartsWith(d.Key + ".", StringComparison.Ordinal)));

    private static bool IsField(string name) => name.StartsWith(FieldView.NamePrefix, StringComparison.Ordinal);

    private static string PathOf(string name) => name[FieldView.NamePrefix.Length..];

    private static string Typed(Microsoft.Extensions.Primitives.StringValues values) =>
        string.Join(' ', values.Where(value => !string.IsNullOrEmpty(value))).ReplaceLineEndings("\n");

    private static IReadOnlyList<AnswerPath> RowsOf(Microsoft.Extensions.Primitives.StringValues paths) =>
        [
            .. paths
                .Select(path => AnswerPath.Parse(path ?? ""))
                .OfType<AnswerPath>()
                .Where(path => path is { Name: null, Rows.Count: > 0 }),
        ];

    private static Dictionary<string, T> ReadMap<T>(string? json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, T>>(json ?? "{}") ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
