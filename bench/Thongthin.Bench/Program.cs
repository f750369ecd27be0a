using System.Globalization;
using Thongthin.Bench;

// dotnet run -c Release --project bench/Thongthin.Bench -- pages [--requests 400]
if (args is not ["pages", ..])
{
    Console.Error.WriteLine("usage: Thongthin.Bench pages [--requests N]");
    return 2;
}
var at = Array.IndexOf(args, "--requests");
var requests = at < 0 ? 400 : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
await using var site = await BenchSite.StartAsync();
await PageBench.RunAsync(site, requests);
return 0;
