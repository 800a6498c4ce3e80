using System.Text;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Documents;
using Discovery.Ingestion.Recipes.Expansion;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class RecipeVariablesTests
{
    [Theory]
    [InlineData("${A}", "A")]
    [InlineData("$A", "A")]
    [InlineData("${A}:${B}", "A B")]
    [InlineData("${A:-x}", "(A)")]
    [InlineData("${A-x}", "(A)")]
    [InlineData("${A:-${B}}", "(B) (A)")]
    [InlineData("${A:=x}${A}", "(A)")]
    [InlineData("${A:+x}", "(A)")]
    [InlineData("${A:?needed}", "A")]
    [InlineData("${A:0:3}", "(A)")]
    [InlineData("^orders$", "")]
    [InlineData(@"\${A}", "")]
    [InlineData("${A", "")]
    [InlineData("x$A", "")]
    [InlineData("${$}", "")]
    public void A_text_asks_for(string text, string expected)
    {
        var mapping = new RecipeMapping(default, [new RecipeEntry("key", default, new RecipeScalar(default, text))]);

        Assert.Equal(expected, string.Join(' ', RecipeVariables.Of(mapping).Select(variable => variable.IsRequired ? variable.Name : $"({variable.Name})")));
    }

    [Fact]
    public void Each_text_of_a_recipe_is_looked_at_and_keys_are_not()
    {
        var document = RecipeDocument.Read(Encoding.UTF8.GetBytes("a: ['${A}', {b: '${B}'}]\n'${C}': 1"), RecipeFormat.Yaml, DocumentKind.Recipe, new ProblemList())!;

        Assert.Equal([("A", 5), ("B", 17)], RecipeVariables.Of(document).Select(variable => (variable.Name, variable.Position.Column)));
    }
}
