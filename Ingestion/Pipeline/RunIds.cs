using System.Globalization;
using System.Security.Cryptography;

namespace Discovery.Ingestion.Pipeline;

/// <summary>Ids of runs.</summary>
internal static class RunIds
{
    /// <summary>A new id in DataHub's form, <c>mysql-2026_01_31-08_15_00-k3x9qa</c>, with local time.</summary>
    public static string New(string sourceType, TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{sourceType}-{time.GetLocalNow():yyyy_MM_dd-HH_mm_ss}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 6)}");
}
