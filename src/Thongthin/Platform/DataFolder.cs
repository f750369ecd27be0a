namespace Thongthin.Platform;

/// <summary>
/// Where the program keeps what must survive it. <c>THONGTHIN_DATA</c> names the folder. Without it: a service run by
/// root uses /var/lib/thongthin, because the user that PostgreSQL is given to cannot enter root's home; anybody else a
/// folder of their own.
/// </summary>
internal static class DataFolder
{
    public const string Variable = "THONGTHIN_DATA";

    public static string FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
        }
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            return "/var/lib/thongthin";
        }
        var perUser = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify
        );
        if (perUser.Length == 0)
        {
            throw new OperatorException(
                $"ผู้ใช้นี้ไม่มีโฟลเดอร์ประจำตัว โปรดกำหนดโฟลเดอร์เก็บข้อมูลด้วย {Variable}",
                $"This user has no home folder: name a data folder with {Variable}."
            );
        }
        return Path.Combine(perUser, OperatingSystem.IsWindows() ? "Thongthin" : "thongthin");
    }
}
