using System.CommandLine;
using Discovery.ServiceDefaults;

namespace Discovery.Ingestion.Worker.Api;

/// <summary>The options that say which API, and with which token: the file that is named, or a variable. A token never stands on the command line, which others can see.</summary>
internal sealed class ApiOptions(string tokenVariable)
{
    private const string Service = "api";
    private static readonly Uri Usual = new("http://127.0.0.1:8090");

    /// <summary><c>--api URL</c></summary>
    public Option<string?> Api { get; } = new("--api")
    {
        Description = $"Address of the API; else that of the variable services__{Service}__http__0, else {Usual.AbsoluteUri.TrimEnd('/')}.",
        HelpName = "URL",
    };

    /// <summary><c>--token-file FILE</c></summary>
    public Option<string?> TokenFile { get; } = new("--token-file") { Description = $"File that holds the token; else the variable {tokenVariable}, else none.", HelpName = "FILE" };

    /// <summary>The address that counts.</summary>
    /// <exception cref="ApiException">It is no address.</exception>
    public Uri AddressOf(ParseResult parsed)
    {
        if (parsed.GetValue(Api) is not { } text)
        {
            try
            {
                return ServiceAddress.Find(Service, Environment.GetEnvironmentVariable) ?? Usual;
            }
            catch (FormatException e)
            {
                throw new ApiException(e.Message, status: null, e);
            }
        }
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw new ApiException("--api takes an http or https address without an account, such as http://127.0.0.1:8090", status: null);
    }

    /// <summary>The token that counts; null for none.</summary>
    /// <exception cref="ApiException">The file cannot be read, or holds no token.</exception>
    public string? TokenOf(ParseResult parsed)
    {
        var file = parsed.GetValue(TokenFile);
        string? text;
        try
        {
            text = (file is null ? Environment.GetEnvironmentVariable(tokenVariable) : File.ReadAllText(file))?.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ApiException($"The token cannot be read: {e.Message}", status: null, e);
        }
        if (string.IsNullOrEmpty(text))
        {
            return file is null ? null : throw new ApiException($"{file} holds no token", status: null);
        }
        return text.All(character => character is > ' ' and <= '~')
            ? text
            : throw new ApiException($"{file ?? tokenVariable} holds something that is no token: a token is one word", status: null);
    }
}
