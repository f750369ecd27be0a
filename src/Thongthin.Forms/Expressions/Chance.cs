namespace Thongthin.Forms.Expressions;

/// <summary>Numbers that look random and are the same for the same seed, in C# and in the browser (<c>chance.js</c>).</summary>
internal sealed class Chance
{
    private uint state;

    public Chance(string seed)
    {
        // FNV-1a over UTF-16 units: short, and the same in every engine.
        state = 2166136261;
        foreach (var unit in seed)
        {
            state = unchecked((state ^ unit) * 16777619);
        }
    }

    /// <summary>From 0 to below 1 (mulberry32).</summary>
    public double Next()
    {
        unchecked
        {
            state += 0x6D2B79F5;
            var z = (state ^ (state >> 15)) * (state | 1);
            z ^= z + ((z ^ (z >> 7)) * (z | 61));
            return (z ^ (z >> 14)) / 4294967296.0;
        }
    }

    /// <summary>A whole number from 0 to below another.</summary>
    public int Next(int below) => (int)(Next() * below);

    /// <summary>An UUID of version 4.</summary>
    public string NextUuid() =>
        string.Concat(
            "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".Select(sign =>
                sign switch
                {
                    'x' => "0123456789abcdef"[Next(16)],
                    'y' => "89ab"[Next(4)],
                    _ => sign,
                }
            )
        );

    /// <summary>So many letters and digits.</summary>
    public string NextText(int length) =>
        string.Concat(
            Enumerable
                .Range(0, length)
                .Select(_ => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[Next(62)])
        );

    /// <summary>The same things in another order (Fisher and Yates).</summary>
    public IReadOnlyList<T> Shuffle<T>(IReadOnlyList<T> things)
    {
        var shuffled = things.ToArray();
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }
        return shuffled;
    }
}
