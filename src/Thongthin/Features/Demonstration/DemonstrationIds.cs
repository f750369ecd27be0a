namespace Thongthin.Features.Demonstration;

/// <summary>Permanent ids of invented rows and records: the same in every round and year that carries them.</summary>
internal static class DemonstrationIds
{
    public static string Row(params ReadOnlySpan<object> words) => Of(words).ToString("D");

    public static Guid Of(params ReadOnlySpan<object> words)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Chance.Of(["id", .. words]));
        BitConverter.TryWriteBytes(bytes[8..], Chance.Of([.. words, "id"]));
        // version 7, variant 1, so that readers of ids accept it
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
