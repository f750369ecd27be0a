using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Forms.Schema;
using Thongthin.Platform.Security;

namespace Thongthin.Features.Forms;

/// <summary>
/// Published definitions, parsed once and kept: a version never changes, so it is never looked at again. One per program.
/// A version is read by a connection of its own, as the public, which may read every published form.
/// </summary>
internal sealed class FormLibrary(AppDbFactory databases, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string FormId, int Version), Lazy<Task<FormDefinition>>> _forms = new();

    /// <summary>The definition of a version that is known to be published.</summary>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public async ValueTask<FormDefinition> GetAsync(string formId, int version, CancellationToken cancellationToken)
    {
        var form = _forms.GetOrAdd((formId, version), key => new(() => ReadAsync(key.FormId, key.Version)));
        try
        {
            return await form.Value.WaitAsync(cancellationToken);
        }
        catch when (form.Value.IsFaulted)
        {
            // the next reader tries again
            _forms.TryRemove(new((formId, version), form));
            throw;
        }
    }

    private async Task<FormDefinition> ReadAsync(string formId, int version)
    {
        await using var db = databases.Create(Actor.Public(clock));
        var definition =
            await db.Set<FormVersion>()
                .Where(v => v.FormId == formId && v.Version == version)
                .Select(v => v.Definition)
                .FirstOrDefaultAsync()
            ?? throw new InvalidOperationException($"Form {formId} has no version {version}.");
        return FormDefinition.FromJson(JsonNode.Parse(definition)!);
    }
}
