using System.Security.Cryptography;
using System.Text;

namespace Thongthin.Tests.Support;

internal sealed partial class TestData
{
    /// <summary>A published form without questions, for tests that never open it. Returns its id.</summary>
    public async Task<string> PublishEmptyFormAsync(string shape = "annual")
    {
        var n = Next();
        var id = "form-" + Text(n);
        await ExecuteAsync(
            JobActor(),
            "insert into form (form_id, sector, shape, title_th, title_en) values ($1, 6, $2, $3, $4)",
            id,
            shape,
            "แบบสมมติ " + Text(n),
            "Invented form " + Text(n)
        );
        await ExecuteAsync(
            JobActor(),
            """
            insert into form_version (form_id, version, first_fiscal_year, definition, source, sha256, published_at)
            values ($1, 1, 2560, '{}', $2, $3, $4)
            """,
            id,
            id,
            SHA256.HashData(Encoding.UTF8.GetBytes(id)),
            Noon
        );
        return id;
    }
}
