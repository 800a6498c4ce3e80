using System.CommandLine;
using Discovery.Ingestion.Recipes;
using Discovery.Terminal;

namespace Discovery.Deploy.Commands;

/// <summary>A question of <c>deploy init</c>, answered by an option or on the terminal.</summary>
/// <param name="name">Name of the option, such as <c>--region</c>.</param>
/// <param name="text">The question.</param>
/// <param name="usual">The answer where nobody gives one; <c>{env}</c> in an answer stands for the name of the environment.</param>
/// <param name="form">Which answers are taken.</param>
internal sealed class InitQuestion(string name, string text, string usual, TextFormAttribute form)
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new(name) { Description = $"{text}; asked for on a terminal, else {usual}.", HelpName = "TEXT" };

    /// <summary>The answer.</summary>
    public async Task<string> AnswerAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(Option) ?? await Question.AskAsync(text, usual, cancellationToken);

    /// <summary>Why an answer is refused; null where it is fine for all environments.</summary>
    public string? Fault(string answer, IEnumerable<string> environments) =>
        environments.Select(environment => For(answer, environment)).FirstOrDefault(one => !form.Takes(one)) is { } bad
            ? $"{Option.Name} must be {form.Expected}, not '{bad}'{form.Advice(bad)}."
            : null;

    /// <summary>An answer for one environment.</summary>
    public static string For(string answer, string environment) => answer.Replace("{env}", environment, StringComparison.Ordinal);
}
