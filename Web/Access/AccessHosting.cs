using Discovery.Web.Access.Login;
using Discovery.Web.Access.Oidc;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(rule);
        if (!rule.TokensRequired)
        {
            return services;
        }
        if (settings.TokenFile is { } file)
        {
            services.AddSingleton(provider => new StaticTokens(file, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<StaticTokens>>()));
        }
        if (rule.Oidc is { } oidc)
        {
            services.AddSingleton(oidc).AddSingleton<OidcProvider>();
        }
        if (rule.Oidc?.ClientId is not null)
        {
            services.AddSingleton<PendingLogins>().AddSingleton<OidcLogin>().AddSingleton<OidcEndpoints>();
        }
        services.AddSingleton(provider => new TokenValidator(
            settings.KeyFolder, provider.GetService<OidcProvider>(), provider.GetService<StaticTokens>(), provider.GetRequiredService<ILogger<TokenValidator>>()));
        services.AddSingleton(provider => new Sessions(provider.GetRequiredService<TimeProvider>(), rule.SessionLife));
        services.AddSingleton<Authentication>();
        services.AddSingleton(provider => new LoginEndpoints(
            provider.GetRequiredService<TokenValidator>(), provider.GetRequiredService<Sessions>(), LoginChoices.Of(settings, rule), provider.GetService<OidcLogin>()));
        return services;
    }

    /// <summary>Whether requests need a token.</summary>
    public static bool AsksForTokens(this WebApplication app) => app.Services.GetRequiredService<AccessRule>().TokensRequired;

    /// <summary>Applies the rule to every request; before anything that answers one. Maps the log-in of people where tokens are asked for.</summary>
    /// <exception cref="AccessSettingsException">The key of own tokens or the file of static ones cannot be used.</exception>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<AccessMiddleware>();
        app.Services.GetService<LoginEndpoints>()?.Map(app);
        app.Services.GetService<OidcEndpoints>()?.Map(app);
    }
}
