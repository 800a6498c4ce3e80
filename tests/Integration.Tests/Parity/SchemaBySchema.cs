using Xunit.Sdk;
using Xunit.v3;

namespace Discovery.Integration.Tests.Parity;

/// <summary>Puts the cases of a schema one after the other, so that it is loaded once. They pass in any order.</summary>
public sealed class SchemaBySchema : ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase => [.. testCases.OrderBy(testCase => testCase.TestCaseDisplayName, StringComparer.Ordinal)];
}
