using System.Net;
using System.Text.RegularExpressions;

namespace Discovery.Tests;

/// <summary>What a person does on Keycloak's pages. Linked into the projects whose tests log in.</summary>
internal static partial class KeycloakPages
{
    /// <summary>A browser of its own, which follows no redirect by itself.</summary>
    public static HttpClient NewBrowser() => new(new CookieJar { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } });

    /// <summary>Logs in where a client sent the browser.</summary>
    /// <param name="browser">Keeps the cookies.</param>
    /// <param name="address">Where the client sent it.</param>
    /// <param name="name">Who fills in the form; null for who is logged in already.</param>
    /// <param name="password">Their password.</param>
    /// <returns>Where Keycloak sends it back to.</returns>
    public static async Task<string> LogInAsync(HttpClient browser, string address, string? name, string password)
    {
        using var page = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        if (name is null)
        {
            return page.Headers.Location!.OriginalString;
        }
        var action = WebUtility.HtmlDecode(FormPattern().Match(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["username"] = name, ["password"] = password });
        using var answer = await browser.PostAsync(action, form, TestContext.Current.CancellationToken);
        return answer.Headers.Location!.OriginalString;
    }

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex FormPattern();

    /// <summary>Keeps cookies as browsers do, which send those marked as secure to this machine also on http.</summary>
    private sealed class CookieJar : DelegatingHandler
    {
        private readonly Dictionary<string, string> _cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var parts = cookie.Split(';')[0].Split('=', 2);
                if (cookie.Contains("Max-Age=0", StringComparison.OrdinalIgnoreCase))
                {
                    _cookies.Remove(parts[0]);
                }
                else
                {
                    _cookies[parts[0]] = parts[1];
                }
            }
            return answer;
        }
    }
}
