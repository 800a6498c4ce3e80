using System.CommandLine;

namespace Discovery.Web.Access;

/// <summary>The options of every server that say where it listens and who may reach it.</summary>
public sealed class AccessOptions
{
    private const string SecretVariable = "DISCOVERY_OIDC_CLIENT_SECRET";

    private readonly Option<string> _urls;

    private readonly Option<string?> _auth = new("--auth")
    {
        Description = "Whether a token is asked for. Without it: on, unless only this machine can reach the server and nothing is said of tokens.",
    };

    private readonly Option<string[]> _hosts = new("--allow-host") { Description = "A name that clients call the server by, as behind a proxy; may be given several times.", HelpName = "NAME" };

    private readonly Option<FileInfo?> _tokens = new("--tokens") { Description = "The file of static tokens (name, role, hash a line), which are taken beside others.", HelpName = "FILE" };

    private readonly Option<string?> _issuer = new("--oidc-issuer") { Description = "Take tokens of this OpenID Connect issuer, instead of own ones.", HelpName = "URL" };

    private readonly Option<string?> _audience = new("--oidc-audience") { Description = "The audience that its tokens must be for which programs send.", HelpName = "NAME" };

    private readonly Option<string?> _client = new("--oidc-client-id") { Description = "What the issuer knows this server by: people log in there.", HelpName = "NAME" };

    private readonly Option<FileInfo?> _secret = new("--oidc-client-secret-file")
    {
        Description = $"The file with the secret of that client. Without it, the variable {SecretVariable}; without both, it is a public client.",
        HelpName = "FILE",
    };

    private readonly Option<string> _groups = new("--groups-claim") { Description = "The claim of its tokens that lists groups.", HelpName = "NAME", DefaultValueFactory = _ => "groups" };

    private readonly Option<string[]> _operators = new("--operators") { Description = "A group whose members may read and change; may be given several times.", HelpName = "GROUP" };

    private readonly Option<string[]> _viewers = new("--viewers") { Description = "A group whose members may read; may be given several times.", HelpName = "GROUP" };

    /// <summary>Declares the options.</summary>
    /// <param name="urls">Where the server listens unless it is said, such as <c>http://127.0.0.1:8080</c>.</param>
    public AccessOptions(string urls)
    {
        _urls = new Option<string>("--urls")
        {
            Description = "Where to listen; several with ; between them. Everything but loopback turns tokens on.",
            HelpName = "URL",
            DefaultValueFactory = _ => urls,
        };
        _auth.AcceptOnlyFromAmong("on", "off");
    }

    /// <summary>Adds them to the command of the server.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_urls, _auth, _hosts, _tokens, _issuer, _audience, _client, _secret, _groups, _operators, _viewers])
        {
            command.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="keyFolder">The folder that keeps the key of own tokens.</param>
    /// <exception cref="AccessSettingsException">The file with the secret cannot be read.</exception>
    public AccessSettings Read(ParseResult arguments, string keyFolder) => new()
    {
        Urls = arguments.GetRequiredValue(_urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        KeyFolder = keyFolder,
        AllowedHosts = arguments.GetValue(_hosts) ?? [],
        Tokens = arguments.GetValue(_auth) switch { "on" => true, "off" => false, _ => null },
        TokenFile = arguments.GetValue(_tokens)?.FullName,
        OidcIssuer = arguments.GetValue(_issuer),
        OidcAudience = arguments.GetValue(_audience),
        OidcClientId = arguments.GetValue(_client),
        OidcClientSecret = ReadSecret(arguments),
        GroupsClaim = arguments.GetRequiredValue(_groups),
        OperatorGroups = arguments.GetValue(_operators) ?? [],
        ViewerGroups = arguments.GetValue(_viewers) ?? [],
    };

    private ClientSecret? ReadSecret(ParseResult arguments)
    {
        if (arguments.GetValue(_secret) is { } file)
        {
            try
            {
                return File.ReadAllText(file.FullName).TrimEnd('\r', '\n') is { Length: > 0 } text ? new ClientSecret(text) : throw new AccessSettingsException($"--oidc-client-secret-file {file} is empty.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new AccessSettingsException($"--oidc-client-secret-file cannot be read: {e.Message}");
            }
        }
        // For other servers of this machine the variable may be set.
        return arguments.GetValue(_client) is not null && Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } value ? new ClientSecret(value) : null;
    }
}
