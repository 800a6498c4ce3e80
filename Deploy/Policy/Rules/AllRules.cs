namespace Discovery.Deploy.Policy.Rules;

/// <summary>Every rule.</summary>
internal static class AllRules
{
    /// <summary>Every rule, in the order of the documentation.</summary>
    public static IReadOnlyList<Rule> List { get; } =
    [
        .. StructureRules.All, .. ContainerRules.All, .. PodSecurityRules.All, .. SecretRules.All, .. ReferenceRules.All,
        .. WorkloadRules.All, .. ScheduleRules.All, .. EdgeRules.All, .. ArgoRules.All, .. RightsRules.All,
    ];
}
