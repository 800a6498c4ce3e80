using System.Text.RegularExpressions;

namespace Discovery.Ingestion.Recipes;

/// <summary>Finds secrets that stand in a file as they are, for files that more people read than may know them. No secret is part of what it says.</summary>
public static partial class LiteralSecrets
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // Names that hold secrets elsewhere: "options" is a block, ssl_key names a file, and addresses are looked at for their passwords.
    private static readonly string[] NotSecret = ["options", "ssl_key", "sqlalchemy_uri", "connection_string"];

    private static readonly (string What, Regex Form)[] Forms =
    [
        // https://user:password@host
        ("an address with a password", new(@"://[^/?#\s:@]*:(?<secret>[^\s""']+)@", Options)),
        ("a password", new(@"(?i:password|pwd)=(?<secret>[^\s;&""']+)", Options)),
        ("a private key", new(@"(?<secret>-----BEGIN [A-Z ]*PRIVATE KEY-----)", Options)),
        ("a signed token", new(@"(?<secret>\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)", Options)),
        ("an access token", new(@"(?<secret>\b(?:gh[opsur]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{20,}|xox[a-z]-[A-Za-z0-9-]{20,}|AKIA[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|dsc_[A-Za-z0-9_-]{20,}))", Options)),
    ];

    /// <summary>Whether a setting or variable of this name holds a secret, such as <c>SHOP_MYSQL_PASSWORD</c>.</summary>
    public static bool IsSecretName(string name) => RedactedRecipe.IsSecret(name);

    /// <summary>Settings of a recipe that hold secrets by their names, and more than a variable.</summary>
    /// <returns>The setting, with dots between its keys, and where its value begins.</returns>
    public static IEnumerable<(string Path, RecipePosition Position)> InSettings(RecipeMapping recipe) => InSettings(recipe, "", isSecret: false);

    /// <summary>Secrets that can be told by their form, anywhere in a text, comments included.</summary>
    /// <returns>What it looks like, where it begins, and the secret itself, to mask it with.</returns>
    public static IEnumerable<(string What, RecipePosition Position, Secret Secret)> InText(string text)
    {
        foreach (var (line, index) in text.Split('\n').Select((line, index) => (line, index)))
        {
            foreach (var (what, form) in Forms)
            {
                foreach (var secret in form.Matches(line).Select(match => match.Groups["secret"]).Where(secret => !IsPlaceholder(line, secret)))
                {
                    yield return (what, new RecipePosition(index + 1, secret.Index + 1), new Secret(secret.Value));
                }
            }
        }
    }

    private static IEnumerable<(string Path, RecipePosition Position)> InSettings(RecipeNode node, string path, bool isSecret) => node switch
    {
        RecipeMapping mapping => mapping.Entries.SelectMany(entry => InSettings(
            entry.Value,
            path.Length == 0 ? entry.Key : $"{path}.{entry.Key}",
            isSecret || entry.Key == "extra_env" || (RedactedRecipe.IsSecret(entry.Key) && !NotSecret.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)))),
        RecipeList list => list.Items.SelectMany(item => InSettings(item, path, isSecret)),
        RecipeScalar scalar when isSecret && IsTelling(scalar.Value) => [(path, scalar.Position)],
        _ => [],
    };

    // "Bearer ${TOKEN}" tells nothing, "${PW:-hunter2}" does.
    private static bool IsTelling(object? value) => value is string text ? text.Length > 0 && !Variables().IsMatch(text) : value is not (null or bool);

    // A variable, the port of http://host:8080/x@y, and what stands for something in a comment.
    private static bool IsPlaceholder(string line, Group secret) =>
        secret.Value.StartsWith('$') || secret.Value.StartsWith('<') || secret.Value.StartsWith("...", StringComparison.Ordinal) || secret.Value.StartsWith("***", StringComparison.Ordinal)
        || (secret.Value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && secret.Value.AsSpan(0, slash).IndexOfAnyExceptInRange('0', '9') < 0 && line.AsSpan(0, secret.Index).EndsWith(":"));

    [GeneratedRegex(@"\A(?:Bearer |Basic )?(?:\$\w+|(?:\$\{\w+\})+)\z")]
    private static partial Regex Variables();
}
