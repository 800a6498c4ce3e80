using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.Web.Access;

/// <summary>Puts the access rule into a host.</summary>
public static class AccessHosting
{
    /// <summary>Adds the rule.</summary>
    /// <exception cref="AccessSettingsException">The server would be open by accident, or a setting is malformed.</exception>
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessSettings settings)
    {
        var rule = new AccessRule(settings);
        services.AddSingleton(rule);
        if (rule.TokensRequired)
        {
            services.AddSingleton(provider => new TokenValidator(rule, settings.KeyFolder, provider.GetRequiredService<ILogger<TokenValidator>>()));
        }
        return services;
    }

    /// <summary>Whether requests need a token.</summary>
    public static bool AsksForTokens(this WebApplication app) => app.Services.GetRequiredService<AccessRule>().TokensRequired;

    /// <summary>Applies the rule to every request; before anything that answers one. Maps the log-in of people where tokens are asked for.</summary>
    /// <exception cref="AccessSettingsException">The key of own tokens cannot be used.</exception>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<AccessMiddleware>();
        if (app.Services.GetService<TokenValidator>() is { } tokens)
        {
            LoginEndpoints.Map(app, tokens);
        }
    }
}
