using System.Globalization;

namespace Discovery.Web.Shell;

/// <summary>Distances in time in words: <c>5 minutes ago</c>, <c>in 2 hours</c>.</summary>
public static class RelativeTime
{
    private static readonly (TimeSpan Length, string Name)[] Units =
        [(TimeSpan.FromDays(1), "day"), (TimeSpan.FromHours(1), "hour"), (TimeSpan.FromMinutes(1), "minute"), (TimeSpan.FromSeconds(1), "second")];

    /// <summary>How far a time is from now, in its largest whole unit.</summary>
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        var distance = (time - now).Duration();
        if (distance < TimeSpan.FromSeconds(1))
        {
            return "now";
        }
        var (length, name) = Units.First(unit => distance >= unit.Length);
        var count = (long)(distance / length);
        var words = string.Create(CultureInfo.InvariantCulture, $"{count:N0} {name}{(count == 1 ? "" : "s")}");
        return time > now ? $"in {words}" : $"{words} ago";
    }
}
