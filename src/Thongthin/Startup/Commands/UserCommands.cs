using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Thongthin.Data;
using Thongthin.Features.Accounts;
using Thongthin.Platform.Security;
using Thongthin.Platform.Thai;
using Thongthin.Platform.Web;

namespace Thongthin.Startup.Commands;

/// <summary>
/// <c>user add</c>, <c>user password</c>, <c>user list</c>: accounts without the pages. A password is read from standard input with
/// <c>--password-stdin</c> (never an argument, which other users of the machine could read), else invented and printed once.
/// </summary>
internal static class UserCommands
{
    private static readonly Argument<string> UserName = new("user-name");
    private static readonly Option<bool> PasswordStdin = new("--password-stdin")
    {
        Description = "Read the password from standard input",
    };

    public static Command Create(CommandServices services) =>
        new("user", "Accounts") { Add(services), Password(services), List(services) };

    private static Command Add(CommandServices services)
    {
        var name = new Option<string>("--name") { Description = "Full name", Required = true };
        var role = new Option<Role>("--role") { Description = "What the person may do", Required = true };
        var unit = new Option<string>("--unit")
        {
            Description = "Code or name of the unit; 'department'",
            Required = true,
        };
        var position = new Option<string>("--position") { DefaultValueFactory = _ => "" };
        var email = new Option<string?>("--email");
        var command = new Command("add", "Make an account with its first membership")
        {
            UserName,
            name,
            role,
            unit,
            position,
            email,
            PasswordStdin,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var accounts = await OpenAsync(services, cancellationToken);
                var chosen = await FindUnitAsync(
                    accounts.Db,
                    parsed.GetRequiredValue(unit),
                    services,
                    cancellationToken
                );
                if (chosen is null)
                {
                    return CommandLine.Findings;
                }
                var (password, isInvented) = await ReadPasswordAsync(parsed.GetValue(PasswordStdin));
                var request = new NewUser(
                    parsed.GetRequiredValue(UserName),
                    parsed.GetRequiredValue(name),
                    password,
                    chosen.UnitId,
                    parsed.GetRequiredValue(role),
                    parsed.GetRequiredValue(position),
                    parsed.GetValue(email)
                );
                try
                {
                    var findings = await accounts
                        .Get<AddUser>()
                        .ExecuteAsync(accounts.Actor, request, cancellationToken);
                    return await TellAsync(services, findings, isInvented ? password : null);
                }
                catch (Refusal refusal)
                {
                    return await RefuseAsync(services, refusal.Code);
                }
            }
        );
        return command;
    }

    private static Command Password(CommandServices services)
    {
        var command = new Command("password", "Set an account's password and lift a lockout")
        {
            UserName,
            PasswordStdin,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var accounts = await OpenAsync(services, cancellationToken);
                var (password, isInvented) = await ReadPasswordAsync(parsed.GetValue(PasswordStdin));
                var userName = parsed.GetRequiredValue(UserName);
                var findings = await accounts
                    .Get<SetPassword>()
                    .ExecuteAsync(accounts.Actor, userName, password, cancellationToken);
                if (findings is null)
                {
                    await services.Error.WriteLineAsync($"ไม่มีบัญชี {userName} / There is no account {userName}.");
                    return CommandLine.Findings;
                }
                return await TellAsync(services, findings, isInvented ? password : null);
            }
        );
        return command;
    }

    private static Command List(CommandServices services)
    {
        var text = new Option<string?>("--search")
        {
            Description = "Part of a name, user name, e-mail address or unit",
        };
        var ended = new Option<bool>("--ended") { Description = "Also memberships that have ended" };
        var command = new Command("list", "List people and their memberships, tab-separated") { text, ended };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var accounts = await OpenAsync(services, cancellationToken);
                var filter = new PeopleFilter(parsed.GetValue(text), Role: null, UnitId: null, parsed.GetValue(ended));
                var people = PeopleQueries.Find(
                    accounts.Db,
                    filter,
                    sort: null,
                    BangkokTime.Today(services.TimeProvider)
                );
                await services.Out.WriteLineAsync("user_name\tdisplay_name\trole\tunit\tvalid_from\tvalid_to");
                await foreach (var row in people.AsAsyncEnumerable().WithCancellation(cancellationToken))
                {
                    await services.Out.WriteLineAsync(
                        FormattableString.Invariant(
                            $"{row.UserName}\t{row.DisplayName}\t{SnakeCase.Of(row.Role)}\t{row.UnitThai}\t{row.ValidFrom:yyyy-MM-dd}\t{row.ValidTo:yyyy-MM-dd}"
                        )
                    );
                }
                return CommandLine.Done;
            }
        );
        return command;
    }

    private static async Task<UnitChoice?> FindUnitAsync(
        AppDb db,
        string text,
        CommandServices services,
        CancellationToken cancellationToken
    )
    {
        var units = await UnitQueries.AllInScopeAsync(db, BangkokTime.Today(services.TimeProvider), cancellationToken);
        var named = units
            .Where(unit => text == "department" ? unit.Kind == "department" : unit.Code == text || unit.Thai == text)
            .ToList();
        if (named.Count == 1)
        {
            return named[0];
        }
        await services.Error.WriteLineAsync(
            named.Count == 0
                ? $"ไม่พบหน่วยงาน “{text}” / No unit “{text}”."
                : $"“{text}” ตรงกับหลายหน่วยงาน ให้ใช้รหัส / “{text}” matches several units: use the code."
        );
        foreach (var unit in named)
        {
            await services.Error.WriteLineAsync($"  {unit.Code}\t{unit.WithPlace}");
        }
        return null;
    }

    private static async Task<(string Password, bool IsInvented)> ReadPasswordAsync(bool fromStandardInput) =>
        fromStandardInput
            ? ((await Console.In.ReadLineAsync()) ?? "", false)
            : (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)), true);

    private static async Task<int> TellAsync(
        CommandServices services,
        IReadOnlyList<IdentityError> findings,
        string? invented
    )
    {
        var texts = TextCatalog.LoadEmbedded(missingIsAnError: false);
        foreach (var finding in findings)
        {
            var key = "accounts.finding." + finding.Code;
            await WriteTextAsync(services, texts, key, PasswordRules.MinimumLength);
        }
        if (findings.Count > 0)
        {
            return CommandLine.Findings;
        }
        await services.Out.WriteLineAsync("เรียบร้อย / Done.");
        if (invented is not null)
        {
            await services.Out.WriteLineAsync($"รหัสผ่าน / Password: {invented}");
        }
        return CommandLine.Done;
    }

    private static async Task<int> RefuseAsync(CommandServices services, string code)
    {
        await WriteTextAsync(services, TextCatalog.LoadEmbedded(missingIsAnError: false), "refusal." + code);
        return CommandLine.Findings;
    }

    private static Task WriteTextAsync(
        CommandServices services,
        TextCatalog texts,
        string key,
        params object[] arguments
    )
    {
        var pair = texts.Find(key) ?? new TextPair(key, key);
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        return services.Error.WriteLineAsync(
            $"{string.Format(invariant, pair.Th, arguments)} / {string.Format(invariant, pair.En, arguments)}"
        );
    }

    private static async Task<Accounts> OpenAsync(CommandServices services, CancellationToken cancellationToken)
    {
        var database = await services.OpenDatabaseAsync(cancellationToken);
        var key = services.LoadWrappingKey();
        var actor = Actor.Job(services.TimeProvider, "command line");
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(services.TimeProvider);
        collection.AddSingleton(_ => new AppDbFactory(database.ConnectionString));
        collection.AddAccounts(key);
        collection.AddSingleton(provider => provider.GetRequiredService<AppDbFactory>().Create(actor));
        collection.AddSingleton<IUserStore<User>>(provider => new UserOnlyStore<
            User,
            AppDb,
            Guid,
            UserClaim,
            UserLogin,
            UserToken
        >(provider.GetRequiredService<AppDb>()));
        collection.AddScoped<AddUser>();
        collection.AddScoped<SetPassword>();
        return new Accounts(database, collection.BuildServiceProvider(), actor);
    }

    /// <summary>The operations on accounts as the job, and the database they work in.</summary>
    private sealed class Accounts(RunningDatabase database, ServiceProvider provider, Actor actor) : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope = provider.CreateAsyncScope();

        public Actor Actor => actor;

        public AppDb Db => Get<AppDb>();

        public T Get<T>()
            where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

        public async ValueTask DisposeAsync()
        {
            await _scope.DisposeAsync();
            await provider.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
