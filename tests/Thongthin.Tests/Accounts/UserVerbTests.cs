using Thongthin.Platform.Postgres;
using Thongthin.Platform.Security;
using Thongthin.Startup;
using Thongthin.Startup.Commands;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Accounts;

/// <summary>The verbs <c>user add</c>, <c>user password</c> and <c>user list</c>, over the database that tests share.</summary>
public sealed class UserVerbTests : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Add_MakesAnAccountThatSignsInWithThePrintedPassword()
    {
        var web = await TestWeb.OpenAsync();
        await web.Data.DepartmentAsync();
        var name = $"verb{TestData.Next()}";

        (
            await RunAsync(
                "user",
                "add",
                name,
                "--name",
                "สมมติ คำสั่ง",
                "--role",
                "Administrator",
                "--unit",
                "department"
            )
        ).ShouldBe(CommandLine.Done, _error.ToString());

        using var browser = web.NewBrowser();
        var home = await browser.SignInAsync(name, PrintedPassword());
        home.TextOf(".account-menu").ShouldContain("ผู้ดูแลระบบ");
    }

    [Fact]
    public async Task Password_SetsANewOneAndListNamesTheAccount()
    {
        var web = await TestWeb.OpenAsync();
        var person = await web.Data.CreatePersonAsync(await web.Data.DepartmentAsync(), Role.Viewer);

        (await RunAsync("user", "password", person.UserName)).ShouldBe(CommandLine.Done, _error.ToString());
        using var browser = web.NewBrowser();
        (await browser.SignInAsync(person.UserName, PrintedPassword())).Path.ShouldBe("/");
        (await RunAsync("user", "list", "--search", person.UserName)).ShouldBe(CommandLine.Done);

        _out.ToString().ShouldContain($"{person.UserName}\t{person.DisplayName}\tviewer");
    }

    [Theory]
    [InlineData("user", "add", "x", "--name", "ก", "--role", "Recorder", "--unit", "department")]
    [InlineData("user", "add", "x", "--name", "ก", "--role", "Viewer", "--unit", "no such unit")]
    [InlineData("user", "password", "nobody-of-that-name")]
    public async Task Verb_ThatCannotBeDone_SaysWhyAndReturns1(params string[] arguments)
    {
        await (await TestData.OpenAsync()).DepartmentAsync();

        (await RunAsync(arguments)).ShouldBe(CommandLine.Findings);

        _error.ToString().ShouldContain(" / ");
        _out.ToString().ShouldBeEmpty();
    }

    private string PrintedPassword() => _out.ToString().Split("Password: ")[1].Split('\n')[0].Trim();

    private async Task<int> RunAsync(params string[] arguments)
    {
        var data = await TestData.OpenAsync();
        var services = new CommandServices
        {
            Out = _out,
            Error = _error,
            TimeProvider = new TestClock(TestData.Noon),
            DatabaseSettings = () =>
                new DatabaseSettings
                {
                    ConnectionString = data.Database.ConnectionString,
                    OwnerConnectionString = data.Database.OwnerConnectionString,
                    Embedded = EmbeddedPostgresSettings.FromEnvironment() with { DataFolder = _folder },
                },
        };
        return await CommandLine.RunAsync(arguments, services, CancellationToken.None);
    }
}
