using System.Globalization;
using Thongthin.Bench;

// dotnet run -c Release --project bench/Thongthin.Bench -- pages [--runs 5] [--requests 200]
// dotnet run -c Release --project bench/Thongthin.Bench -- scale [--requests 60]
// dotnet run -c Release --project bench/Thongthin.Bench -- starts
// dotnet run -c Release --project bench/Thongthin.Bench -- forms
// dotnet run -c Release --project bench/Thongthin.Bench -- sheet
// dotnet run -c Release --project bench/Thongthin.Bench -- autosaves [--seconds 10]
// dotnet run -c Release --project bench/Thongthin.Bench -- excel
switch (args)
{
    case ["pages", ..] when Option("--runs", 5) is { } runs && Option("--requests", 200) is { } requests:
        await using (var site = await BenchSite.StartAsync())
        {
            await PageBench.RunAsync(site, runs, requests);
        }
        return 0;
    case ["scale", ..] when Option("--requests", 60) is { } requests:
        await using (var site = await BenchSite.StartAsync())
        {
            await ScaleBench.RunAsync(site, requests);
        }
        return 0;
    case ["forms"]:
        await FormBench.RunAsync();
        return 0;
    case ["sheet"]:
        await using (var site = await BenchSite.StartAsync())
        {
            await SheetBench.RunAsync(site);
        }
        return 0;
    case ["autosaves", ..] when Option("--seconds", 10) is { } seconds:
        await using (var site = await BenchSite.StartAsync())
        {
            await AutosaveBench.RunAsync(site, seconds);
        }
        return 0;
    case ["excel"]:
        await using (var site = await BenchSite.StartAsync())
        {
            await ExcelBench.RunAsync(site);
        }
        return 0;
    case ["starts"]:
        await StartBench.RunAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            "usage: Thongthin.Bench pages [--runs N] [--requests N] | scale [--requests N] | starts | forms | sheet | autosaves [--seconds N] | excel"
        );
        return 2;
}

// The number after an option; the default where the option is not given; null where it is no number above 0.
int? Option(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at < 0 ? otherwise
        : int.TryParse(args.ElementAtOrDefault(at + 1), CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
        : null;
}
