using System.Globalization;
using Thongthin.Bench;

// dotnet run -c Release --project bench/Thongthin.Bench -- pages [--runs 5] [--requests 200]
if (args is not ["pages", ..] || Option("--runs", 5) is not { } runs || Option("--requests", 200) is not { } requests)
{
    Console.Error.WriteLine("usage: Thongthin.Bench pages [--runs N] [--requests N]");
    return 2;
}
await using var site = await BenchSite.StartAsync();
await PageBench.RunAsync(site, runs, requests);
return 0;

// The number after an option; the default where the option is not given; null where it is no number above 0.
int? Option(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at < 0 ? otherwise
        : int.TryParse(args.ElementAtOrDefault(at + 1), CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
        : null;
}
